"""The comparison with similar schools worked out in other ways, to see if it holds.

None of them is the headline. A way that too few schools have the figures for is told
with its reason, not left away.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any

from mentoring.models import Programme
from mentoring.summary.held import Held
from results.figures.adjusted import (
    COVARIATES,
    Adjusted,
    Compared,
    adjusted_difference,
)
from results.figures.gains import Gain, NoGain, three_year_base_gain
from results.figures.programme import MIN_SCHOOLS
from results.models import Result

Values = dict[tuple[int, int], float]
"""A value by school and year."""

WITHOUT_EQUIVALENTS = {"5AC": "5AC_GCSE_only"}
"""The measure that counts GCSEs alone, by the one that counts equivalents too."""


def checks(
    programme: Programme, held: Held, rows: Sequence[Compared], measure: str
) -> list[dict[str, Any]]:
    """Return each other way's difference with its range, or the reason for none.

    `rows` are those of the headline estimate, `measure` theirs.
    """
    further = (*COVARIATES, "further")
    prior = [replace(each, further=_mean_before(held, each)) for each in rows]
    found = [
        _facts("three_years", adjusted_difference(_from_mean(programme, held, rows))),
        _facts("before", adjusted_difference(prior, covariates=further)),
    ]
    if measure in WITHOUT_EQUIVALENTS:
        plain = _values(programme, WITHOUT_EQUIVALENTS[measure])
        other = [replace(each, further=_beside(held, plain, each)) for each in rows]
        estimate = adjusted_difference(other, covariates=further)
        found.append(_facts("equivalents", estimate) | _rises(other))
    return found


def _facts(way: str, estimate: Adjusted | NoGain) -> dict[str, Any]:
    """Return what is stored of one way; one whose own covariate went has no figure."""
    if not isinstance(estimate, Adjusted):
        return {"way": way, "sentence": estimate.sentence}
    if "further" in estimate.dropped:
        return {"way": way, "sentence": "Fewer than 90% of the schools have the years."}
    return {
        "way": way,
        "difference": estimate.difference,
        "low": estimate.likely.low,
        "high": estimate.likely.high,
        "is_told_apart": estimate.is_told_apart,
        "n_programme": estimate.n_programme,
        "n_comparison": estimate.n_comparison,
    }


def _from_mean(
    programme: Programme, held: Held, rows: Sequence[Compared]
) -> list[Compared]:
    """Return the rows whose gain can start from the mean of three years."""
    found = []
    for row in rows:
        series = held.schools.get(int(str(row.school)), {})
        gain = three_year_base_gain(
            series, row.wave, held.latest_year or 0, held.breaks, programme.min_analyse
        )
        if isinstance(gain, Gain) and gain.base.value is not None:
            found.append(replace(row, gain=gain.per_year, base=gain.base.value))
    return found


def _mean_before(held: Held, row: Compared) -> float | None:
    """Return the mean result of the two years before the base, of the same measure."""
    series = held.schools.get(int(str(row.school)), {})
    base = series.get(row.wave)
    years = [series.get(row.wave - 2), series.get(row.wave - 1)]
    values = [
        each.value
        for each in years
        if base and each and each.value is not None and each.measure == base.measure
    ]
    return fmean(values) if len(values) == len(years) else None


def _values(programme: Programme, measure: str) -> Values:
    """Return the current values of a measure; of two URNs the later stands."""
    rows = (
        Result.objects.current()
        .filter(measure=measure, population=programme.population, value__isnull=False)
        .order_by("establishment_id")
    )
    columns = ("establishment__school_id", "year", "value")
    return {
        (school, year): value
        for school, year, value in rows.values_list(*columns)
        if value is not None
    }


def _beside(held: Held, plain: Values, row: Compared) -> float | None:
    """Return the yearly change in what equivalents add to the result."""
    school, last = int(str(row.school)), held.latest_year or 0
    series = held.schools.get(school, {})
    added = []
    for year in (row.wave, last):
        both, own = series.get(year), plain.get((school, year))
        if both is None or both.value is None or own is None:
            return None
        added.append(both.value - own)
    return (added[1] - added[0]) / (last - row.wave)


def _rises(rows: Sequence[Compared]) -> dict[str, Any]:
    """Return the mean change in what equivalents add, inside and outside."""
    known = [each for each in rows if each.further is not None]
    ours = [each.further or 0.0 for each in known if each.is_programme]
    theirs = [each.further or 0.0 for each in known if not each.is_programme]
    if min(len(ours), len(theirs)) < MIN_SCHOOLS:
        return {}
    return {"added": [fmean(ours), fmean(theirs)]}
