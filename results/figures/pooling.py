"""Several schools' figures as one: sums of pupils, never means of percentages."""

from collections.abc import Iterable, Sequence

from results.figures.figure import Figure, Missing, weaker


def reached(figure: Figure) -> float:
    """Return the pupils who reached the threshold, from 0 to the cohort.

    The published count when there is one, else cohort x value / 100, which need not
    be whole. For measures in points it is a sum of points over 100. Raises ValueError
    when the value or the cohort is not known.
    """
    if figure.number is not None:
        return figure.number
    if figure.value is None or figure.cohort is None:
        raise ValueError("Pooling needs the value and the cohort of every figure.")
    return figure.value * figure.cohort / 100


def pooled_value(figures: Iterable[Figure]) -> float | None:
    """Return 100 x sum of pupils who reached the threshold / sum of cohorts.

    Figures without a value or a cohort are left out; None when no pupil remains.
    """
    known = [
        figure
        for figure in figures
        if figure.value is not None and figure.cohort is not None
    ]
    pupils = sum(figure.cohort or 0 for figure in known)
    return 100 * sum(map(reached, known)) / pupils if pupils else None


def pooled(figures: Sequence[Figure]) -> Figure:
    """Return one figure for all predecessors of a merged school in one year.

    Predecessors with a cohort of 0 are left out. If any other has no value, neither
    has the whole: suppression first, else the first reason given; without every
    cohort it is not available. Raises ValueError when there is no figure or when they
    differ in year, measure, population or coverage.
    """
    kinds = {(f.year, f.measure, f.population, f.coverage) for f in figures}
    if len(kinds) != 1:
        raise ValueError("Figures pooled must be of one year, measure and population.")
    counted = [figure for figure in figures if figure.cohort != 0] or list(figures)
    if len(counted) == 1:
        return counted[0]
    reason, cohorts = _reason(counted), [figure.cohort for figure in counted]
    numbers = [figure.number for figure in counted if figure.number is not None]
    is_counted = len(numbers) == len(counted)
    return Figure(
        year=counted[0].year,
        measure=counted[0].measure,
        population=counted[0].population,
        release=weaker(*(figure.release for figure in counted)),
        value=None if reason else pooled_value(counted),
        number=sum(numbers) if is_counted and not reason else None,
        cohort=sum(cohort or 0 for cohort in cohorts) if None not in cohorts else None,
        reason=reason,
        coverage=counted[0].coverage,
    )


def _reason(figures: Sequence[Figure]) -> Missing | None:
    reasons = [figure.reason for figure in figures if figure.reason is not None]
    if reasons:
        return Missing.SUPPRESSED if Missing.SUPPRESSED in reasons else reasons[0]
    if any(not figure.cohort for figure in figures):
        return Missing.NOT_AVAILABLE
    return None
