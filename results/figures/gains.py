"""How much a school's results rose, in percentage points a year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from results.figures.breaks import Break
from results.figures.figure import Figure, weaker
from results.figures.reasons import Reason
from results.figures.spans import (
    MIN_ANALYSE,
    MIN_RANK,
    Gain,
    NoGain,
    gain_between,
    latest_value,
    no_base,
    no_last,
)

__all__ = [
    "MIN_ANALYSE",
    "MIN_RANK",
    "Gain",
    "NoGain",
    "gain",
    "slope",
    "three_year_base_gain",
]


def gain(
    series: Mapping[int, Figure],
    base: int,
    last: int,
    breaks: Sequence[Break] = (),
    min_analyse: int = MIN_ANALYSE,
    *,
    min_rank: int = MIN_RANK,
    may_use_year_before: bool = False,
) -> Gain | NoGain:
    """Return the change from `base` to `last`: the difference of the end points.

    `series` maps the year of the exams to a figure of one measure; years between the
    ends may be missing. A missing `last` gives way to the latest year after `base`
    that has a value. A missing `base` gives way to the year before it, and only when
    `may_use_year_before`. `min_analyse` is the smallest cohort at either end, and one
    under `min_rank` is flagged as small; a cohort that is not known is not held
    against the school.
    """
    if last <= base:
        return NoGain(Reason.JOINED_TOO_RECENTLY)
    start = series.get(base)
    if may_use_year_before and (start is None or start.value is None):
        start = latest_value(series, base - 2, base - 1) or start
    if start is None or start.value is None:
        return no_base(start, series, base, breaks)
    end = latest_value(series, base, last)
    if end is None:
        return no_last(start, series, last, breaks)
    found = gain_between(
        start,
        end,
        rests_on=(start,),
        breaks=breaks,
        min_analyse=min_analyse,
        min_rank=min_rank,
    )
    return _say_which_years(found, base, last)


def three_year_base_gain(
    series: Mapping[int, Figure],
    base: int,
    last: int,
    breaks: Sequence[Break] = (),
    min_analyse: int = MIN_ANALYSE,
) -> Gain | NoGain:
    """Return the gain from the mean of `base` and the two years before it.

    The mean stands at its middle year, `base` - 1, so the span is a year longer than
    that of `gain`; this removes most of the rebound of schools chosen in a bad year.
    The result's `base` carries the mean and no counts. All three years are needed, on
    one side of any break.
    """
    if last <= base:
        return NoGain(Reason.JOINED_TOO_RECENTLY)
    trio: list[Figure] = []
    for year in (base - 2, base - 1, base):
        figure = series.get(year)
        if figure is None or figure.value is None:
            return no_base(figure, series, year, breaks)
        trio.append(figure)
    end = latest_value(series, base, last)
    if end is None:
        return no_last(trio[-1], series, last, breaks)
    centre = replace(
        trio[1],
        release=weaker(*(figure.release for figure in trio)),
        value=sum(figure.value or 0.0 for figure in trio) / len(trio),
        number=None,
        cohort=None,
    )
    found = gain_between(
        centre, end, rests_on=tuple(trio), breaks=breaks, min_analyse=min_analyse
    )
    return _say_which_years(found, base - 1, last)


def slope(series: Mapping[int, Figure], base: int, last: int) -> float | None:
    """Return the least-squares slope over `base` to `last`, in points a year.

    Uses every year that has a value; None with fewer than two. It does not look for
    breaks: show it only beside a `Gain` over the same years. Source: ordinary least
    squares, sum((t - mean t) p) / sum((t - mean t)^2).
    """
    points = [
        (year, figure.value)
        for year, figure in series.items()
        if base <= year <= last and figure.value is not None
    ]
    if not points:
        return None
    middle = sum(year for year, _ in points) / len(points)
    spread = sum((year - middle) ** 2 for year, _ in points)
    if not spread:
        return None
    return sum((year - middle) * value for year, value in points) / spread


def _say_which_years(found: Gain | NoGain, base: int, last: int) -> Gain | NoGain:
    """Add a sentence for each end that is not the year asked for."""
    if isinstance(found, NoGain):
        return found
    first, latest = found.base.year, found.last.year
    said = found.cautions
    if first != base:
        said += (f"There is no result for {base}, so this starts from {first}.",)
    if latest != last:
        said += (f"There is no result for {last}, so this runs to {latest}.",)
    return replace(
        found,
        cautions=said,
        is_base_earlier=first != base,
        is_latest_earlier=latest != last,
    )
