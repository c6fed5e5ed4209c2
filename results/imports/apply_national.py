"""Writes a file of national figures into the database, in the caller's transaction."""

from collections.abc import Iterable
from typing import Any

from results.imports.reference import NationalRow
from results.models import Measure, NationalFigure
from schools.imports.changes import Watch
from schools.imports.outcome import Outcome, close_run, open_run
from schools.imports.table_file import FileRefusedError, TableFile
from schools.models import ImportRun, User

LAYOUT = "national figures"
KEY = ("measure_id", "year", "population", "coverage", "release", "basis")
CARRIED = ("value", "source", "confidence", "note")


def apply_national(
    file: TableFile, rows: Iterable[NationalRow], *, by: User | None = None
) -> Outcome:
    """Add figures that are new and change those that differ, saying old and new.

    Call it in a transaction. Raises FileRefusedError for a measure that is not held.
    """
    run = open_run(file, ImportRun.Kind.NATIONAL, LAYOUT, by=by)
    outcome = Outcome(ImportRun.Kind.NATIONAL, LAYOUT, "national figures")
    wanted = {_key(row): _carried(row) for row in rows}
    unknown = {key[0] for key in wanted} - set(
        Measure.objects.values_list("code", flat=True)
    )
    if unknown:
        raise FileRefusedError(
            f"The measures {', '.join(sorted(unknown))} are not known here. Correct "
            "the column measure."
        )
    watched = Watch(NationalFigure.objects.all(), CARRIED)
    held = {
        tuple(getattr(figure, name) for name in KEY): figure
        for figure in NationalFigure.objects.all()
    }
    new = []
    for key, values in wanted.items():
        figure = held.get(key)
        if figure is None:
            new.append(
                NationalFigure(
                    **dict(zip(KEY, key, strict=True)),
                    **dict(zip(CARRIED, values, strict=True)),
                )
            )
        elif tuple(getattr(figure, name) for name in CARRIED) == values:
            outcome.unchanged += 1
        else:
            _change(figure, values, outcome)
    NationalFigure.objects.bulk_create(new)
    watched.record(run)
    outcome.added = len(new)
    outcome.moves_figures = bool(outcome.added or outcome.changed)
    close_run(run, outcome)
    return outcome


def _key(row: NationalRow) -> tuple[Any, ...]:
    figure = row.figure
    return (
        *(figure.measure, figure.year, str(figure.population), str(figure.coverage)),
        *(int(figure.release), str(figure.basis.value)),
    )


def _carried(row: NationalRow) -> tuple[Any, ...]:
    return (row.figure.value, row.source, row.confidence, row.note)


def _change(figure: NationalFigure, values: tuple[Any, ...], outcome: Outcome) -> None:
    named = (
        f"England's {figure.measure_id} of {figure.year}, {figure.population}, "
        f"{figure.coverage}, {figure.get_release_display()}, {figure.basis}"
    )
    for name, value in zip(CARRIED, values, strict=True):
        was = getattr(figure, name)
        if was != value:
            outcome.notes.append(f"{named}: {name} {was!r} -> {value!r}.")
            setattr(figure, name, value)
    figure.save()
    outcome.changed += 1
