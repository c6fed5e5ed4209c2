"""Copies to schools the name and place of their current establishments."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from schools.imports.writing import update_rows
from schools.models import Establishment, School
from schools.models.school import laestab, search_text, status_of

COPIED = (
    *("name", "town", "authority", "urn"),
    *("phase", "type_group", "status", "search"),
)


def refresh_schools(
    ids: Collection[int], current: dict[int, int] | None = None
) -> None:
    """Copy name, place, URN, phase, kind, status and search text to the schools `ids`.

    `current` gives the URN of the current establishment of a school for which it is
    no longer the one the school names. Call it in the transaction that moved them.
    """
    if not ids:
        return
    named = current or {}
    schools = School.objects.values_list("pk", *COPIED)
    lines = Establishment.objects.values_list(
        *("school_id", "urn", "name", "town", "authority_id", "postcode"),
        *("phase", "type_group", "status", "number"),
    ).order_by("urn")
    owned: dict[int, dict[int, list[Any]]] = defaultdict(dict)
    for school, urn, *line in lines.iterator():
        if school in ids:
            owned[school][urn] = line
    changed = []
    for pk, *copies in schools.iterator():
        if pk not in owned:
            continue
        urn = named.get(pk, copies[3])
        name, town, authority, postcode, phase, kind, status, _ = owned[pk][urn]
        names = [name, *(line[0] for line in owned[pk].values())]
        numbers = [laestab(line[2], line[7]) for line in owned[pk].values()]
        search = search_text(names, town, postcode, owned[pk], numbers)
        fresh = [name, town, authority, urn, phase, kind, status_of(status), search]
        if fresh != copies:
            changed.append((pk, *fresh))
    update_rows(School, COPIED, changed)
