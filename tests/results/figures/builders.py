"""The smallest figures the tests of arithmetic need."""

from results.figures.breaks import Break
from results.figures.figure import Figure, Missing, Release


def figure(
    year: int,
    value: float | None,
    *,
    cohort: int | None = 100,
    number: int | None = None,
    reason: Missing | None = None,
    measure: str = "5AC",
    population: str = "15-year-olds",
    release: Release = Release.FINAL,
) -> Figure:
    """Return a figure; without a value or a reason it was not published."""
    if value is None and reason is None:
        reason = Missing.NOT_PUBLISHED
    return Figure(
        year, measure, population, release, value, number, cohort, reason=reason
    )


def series(values: dict[int, float | None]) -> dict[int, Figure]:
    """Return figures of 100 pupils by year."""
    return {year: figure(year, value) for year, value in values.items()}


def broken(year: int, kind: str = "refuse", applies: str = "crossing") -> Break:
    """Return a break of every measure."""
    return Break(year, f"change of {year}", frozenset(), kind, applies, f"Of {year}.")  # type: ignore[arg-type]
