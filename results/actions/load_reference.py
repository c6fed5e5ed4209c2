"""Loads the measures, breaks and national figures that ship with the project."""

from pathlib import Path
from typing import Any

from results.imports.reference import read_breaks, read_measures, read_national

SHIPPED = Path(__file__).resolve().parent.parent / "data"


def load_reference(measure: Any, measure_break: Any, national_figure: Any) -> None:
    """Fill three empty tables from `results/data`.

    The models are passed in, because a migration has its own of that time.
    """
    measures = read_measures(SHIPPED / "measures.csv")
    measure.objects.bulk_create(
        measure(**{name: getattr(each, name) for name in each.__slots__})
        for each in measures
    )
    for each in read_breaks(SHIPPED / "breaks.csv"):
        row = measure_break.objects.create(
            year=each.year,
            name=each.name,
            kind=each.kind,
            applies=each.applies,
            sentence=each.sentence,
        )
        row.measures.set(measure.objects.filter(code__in=each.measures))
    national_figure.objects.bulk_create(
        national_figure(
            measure_id=each.figure.measure,
            year=each.figure.year,
            population=each.figure.population,
            coverage=each.figure.coverage,
            release=int(each.figure.release),
            basis=str(each.figure.basis),
            value=each.figure.value,
            source=each.source,
            confidence=each.confidence,
            note=each.note,
        )
        for each in read_national(SHIPPED / "national.csv")
    )
