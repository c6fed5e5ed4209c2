"""Adds schools, each for one establishment that is new."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from schools.imports.outcome import Progress, silent
from schools.imports.writing import insert_rows
from schools.models import School
from schools.models.school import laestab, search_text, status_of


class NewSchool(NamedTuple):
    """What a school copies of its first establishment."""

    urn: int
    name: str
    town: str = ""
    authority: str | None = None
    phase: str = ""
    type_group: str = ""
    status: str = ""
    postcode: str = ""
    number: str = ""


def add_schools(
    schools: Iterable[NewSchool], total: int, progress: Progress = silent
) -> dict[int, int]:
    """Insert `schools`, `total` in all, and return the key of each URN's school.

    Call it in the transaction that adds their establishments.
    """
    if not total:
        return {}
    insert_rows(
        School,
        ("urn", "name", "town", "authority", "phase", "type_group", "status", "search"),
        schools,
        total,
        progress,
        values=_columns,
    )
    return dict(School.objects.standing().values_list("urn", "pk").iterator())


def _columns(school: NewSchool) -> tuple[Any, ...]:
    """Return the columns of `school` as they are inserted."""
    own_laestab = laestab(school.authority, school.number)
    found_by = search_text(
        [school.name], school.town, school.postcode, [school.urn], [own_laestab]
    )
    return (*school[:6], status_of(school.status), found_by)
