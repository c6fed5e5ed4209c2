"""Keeps England's rows of a results file as national figures, overwriting none."""

from collections.abc import Sequence
from itertools import groupby

from results.imports.figures import England
from results.models import NationalFigure
from schools.imports.outcome import Outcome
from schools.naming import counted

PUBLISHED = NationalFigure.Basis.PUBLISHED


def apply_england(rows: Sequence[England], outcome: Outcome) -> None:
    """Add the figures of `rows` that are not held; report those held otherwise.

    A figure already held stays as it is, and learns only how many pupils it counts:
    which of two sources is right is for a person, who corrects it with
    import_national.
    """
    new: list[NationalFigure] = []
    same = 0
    for row in _once(rows, outcome):
        key = {
            "measure_id": row.group.measure,
            "year": row.group.year,
            "population": row.group.population,
            "coverage": row.coverage.value,
            "release": row.group.release,
            "basis": PUBLISHED.value,
        }
        held = NationalFigure.objects.filter(**key).first()
        if held is None:
            new.append(
                NationalFigure(
                    **key,
                    value=row.value,
                    pupils=row.pupils,
                    source=row.source,
                    confidence="high",
                )
            )
        elif held.value == row.value:
            same += 1
            if held.pupils is None and row.pupils:
                held.pupils = row.pupils
                held.save(update_fields=["pupils"])
                outcome.moves_figures = True
        else:
            outcome.notes.append(
                f"Line {row.line}: England's {row.group.measure} of {row.group.year} "
                f"({row.coverage.label}) is {row.value:g} here and {held.value:g} as "
                f"held, from {held.source}; it was left as held."
            )
    NationalFigure.objects.bulk_create(new)
    outcome.moves_figures |= bool(new)
    if rows:
        outcome.notes.append(
            f"England's rows: {counted(len(new), 'figure', 'figures')} added, "
            f"{same:,} already held."
        )


def _once(rows: Sequence[England], outcome: Outcome) -> list[England]:
    """Return one row for each figure; none where the file gives it two values."""

    def key(row: England) -> tuple[object, ...]:
        return (*row.group, row.coverage.value)

    kept = []
    for _, found in groupby(sorted(rows, key=key), key=key):
        same = list(found)
        if len({row.value for row in same}) == 1:
            kept.append(same[0])
            continue
        where = " and ".join(str(row.line) for row in same)
        outcome.notes.append(
            f"Lines {where} give England's {same[0].group.measure} twice, differently; "
            "neither was taken."
        )
    return kept
