"""Keeps figures of authorities and regions, from their rows in files of results."""

from collections.abc import Iterable
from typing import Any

from results.imports.figures import Area
from results.models import AreaFigure
from schools.imports.outcome import Outcome
from schools.models import LocalAuthority
from schools.naming import counted

Key = tuple[str, str, str, int, str, str, int]


def apply_areas(rows: Iterable[Area], outcome: Outcome) -> int:
    """Add the figures of `rows` that are not held; return how many were held before.

    A figure already held stays as it is, and is reported where it differs: which of
    two sources is right is for a person. An authority that the register does not know
    is set aside. Call it in the import's transaction.
    """
    wanted: dict[Key, Area] = {}
    differing: list[str] = []
    for row in rows:
        first = wanted.setdefault(_key(row), row)
        if first.value != row.value:
            differing.append(_words(row, first.value))
    if not wanted:
        return 0
    known = set(LocalAuthority.objects.values_list("code", flat=True))
    held = {_held_key(each): each for each in AreaFigure.objects.all()}
    new, strangers = [], set()
    same = other = 0
    for key, row in wanted.items():
        before = held.get(key)
        if row.authority and row.authority not in known:
            strangers.add(row.authority)
        elif before is None:
            new.append(_figure(row))
        elif before.value == row.value:
            same += 1
        else:
            other += 1
            differing.append(_words(row, before.value))
    AreaFigure.objects.bulk_create(new, batch_size=500)
    outcome.moves_figures |= bool(new)
    outcome.notes.append(
        f"Areas: {counted(len(new), 'figure', 'figures')} added, {same:,} already held."
    )
    outcome.notes += differing
    if strangers:
        outcome.notes.append(
            f"{counted(len(strangers), 'authority is', 'authorities are')} not in the "
            "register and set aside: "
            f"{', '.join(sorted(strangers))}."
        )
    return same + other


def _key(row: Area) -> Key:
    group = row.group
    return (
        *(row.authority, row.region, group.measure, group.year),
        *(group.population, row.coverage.value, group.release),
    )


def _held_key(each: AreaFigure) -> Key:
    return (
        *(each.authority_id or "", each.region, each.measure_id, each.year),
        *(each.population, each.coverage, each.release),
    )


def _figure(row: Area) -> AreaFigure:
    columns: dict[str, Any] = {
        "authority_id": row.authority or None,
        "region": row.region,
        "measure_id": row.group.measure,
        "year": row.group.year,
        "population": row.group.population,
        "coverage": row.coverage.value,
        "release": row.group.release,
        "value": row.value,
        "pupils": row.pupils,
        "source": row.source,
    }
    return AreaFigure(**columns)


def _words(row: Area, held: float) -> str:
    area = row.region or f"authority {row.authority}"
    return (
        f"Line {row.line}: {row.group.measure} of {row.group.year} in {area} is "
        f"{row.value:g} here and {held:g} as held; it was left as held."
    )
