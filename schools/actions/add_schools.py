"""Adds schools, each for one establishment that is new."""

from collections.abc import Iterable
from typing import NamedTuple

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
        (
            (
                *school[:6],
                status_of(school.status),
                search_text(
                    [school.name],
                    school.town,
                    school.postcode,
                    [school.urn],
                    [laestab(school.authority, school.number)],
                ),
            )
            for school in schools
        ),
        total,
        progress,
    )
    return dict(School.objects.standing().values_list("urn", "pk").iterator())
