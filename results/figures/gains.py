"""How much a school's results rose, in percentage points a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from results.figures.breaks import (
    Break,
    caution_sentences,
    first_refusal,
    touching,
)
from results.figures.figure import Figure, Missing, Release, weaker
from results.figures.reasons import Reason

MIN_ANALYSE = 11
"""Pupils below which a school's gain is left out of every mean."""

MIN_RANK = 30
"""Pupils below which a gain counts but is flagged as small."""


@dataclass(frozen=True, slots=True)
class Gain:
    """A change between two summers.

    `per_year` is in percentage points a year (or the measure's own unit a year),
    `change` the whole difference, `years` the length of the span. `base` and `last`
    are the figures compared. `cautions` are sentences to show beside the number;
    empty when there is nothing to say. `is_small` marks a cohort under 30 at either
    end. `is_base_earlier` and `is_latest_earlier` mark a span that had to use another
    year than the one asked for.
    """

    per_year: float
    change: float
    years: int
    base: Figure
    last: Figure
    cautions: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    is_small: bool = False
    is_base_earlier: bool = False
    is_latest_earlier: bool = False

    @property
    def release(self) -> Release:
        """Return the weaker release of the two figures."""
        return weaker(self.base.release, self.last.release)


@dataclass(frozen=True, slots=True)
class NoGain:
    """The reason there is no gain; `broken_by` is the break when that was why."""

    reason: Reason
    broken_by: Break | None = None

    @property
    def sentence(self) -> str:
        """Return the sentence to show in place of the number."""
        return self.broken_by.sentence if self.broken_by else self.reason.sentence


def gain(
    series: Mapping[int, Figure],
    base: int,
    last: int,
    breaks: Sequence[Break] = (),
    min_analyse: int = MIN_ANALYSE,
    *,
    may_use_year_before: bool = False,
) -> Gain | NoGain:
    """Return the change from `base` to `last`, as the difference of the end points.

    `series` maps the year of the exams to a figure of one measure. Years between the
    ends may be missing. A missing `last` gives way to the latest year after `base`
    that has a value; a missing `base` gives way to the year before it, and only when
    `may_use_year_before`.
    """
    if last <= base:
        return NoGain(Reason.JOINED_TOO_RECENTLY)
    start = series.get(base)
    if may_use_year_before and not _has_value(start):
        earlier = series.get(base - 1)
        start = earlier if _has_value(earlier) else start
    if start is None or start.value is None:
        return _no_base(start, series, base, last, breaks)
    end = _latest(series, base, last)
    if end is None:
        return _no_last(start, series, last, breaks)
    span = _Span(start, end, asked_base=base, asked_last=last)
    return span.gain(start.year, (start, end), breaks, min_analyse)


def three_year_base_gain(
    series: Mapping[int, Figure],
    base: int,
    last: int,
    breaks: Sequence[Break] = (),
    min_analyse: int = MIN_ANALYSE,
) -> Gain | NoGain:
    """Return the gain from the mean of `base` and the two years before it.

    The mean stands at its middle year, `base` - 1, so the span is a year longer than
    that of `gain`; it removes most of the rebound of schools chosen in a bad year.
    The result's `base` carries the mean and no counts. All three years are needed.
    """
    if last <= base:
        return NoGain(Reason.JOINED_TOO_RECENTLY)
    found = [series.get(year) for year in (base - 2, base - 1, base)]
    for figure in found:
        if figure is None or figure.value is None:
            return _no_base(figure, series, base, last, breaks)
    figures = [figure for figure in found if figure is not None]
    end = _latest(series, base, last)
    if end is None:
        return _no_last(figures[-1], series, last, breaks)
    if len({_kind(figure) for figure in figures}) > 1:
        return NoGain(Reason.DEFINITION_BREAK)
    start = Figure(
        year=base - 1,
        measure=end.measure if _kind(figures[0]) == _kind(end) else figures[0].measure,
        population=figures[0].population,
        release=weaker(*(figure.release for figure in figures)),
        value=sum(figure.value or 0.0 for figure in figures) / 3,
    )
    span = _Span(start, end, asked_base=base - 1, asked_last=last)
    return span.gain(base - 2, (*figures, end), breaks, min_analyse)


def slope(series: Mapping[int, Figure], base: int, last: int) -> float | None:
    """Return the least-squares slope over `base` to `last`, in points a year.

    Uses every year that has a value; None with fewer than two. It does not look for
    breaks: show it only beside a `Gain` over the same years. Source: ordinary least
    squares, sum((t - mean t)(p - mean p)) / sum((t - mean t)^2).
    """
    points = [
        (year, figure.value)
        for year, figure in series.items()
        if base <= year <= last and figure.value is not None
    ]
    if len(points) < 2:
        return None
    middle = sum(year for year, _ in points) / len(points)
    spread = sum((year - middle) ** 2 for year, _ in points)
    return sum((year - middle) * value for year, value in points) / spread


def _kind(figure: Figure) -> tuple[str, str, str | None]:
    return figure.measure, figure.population, figure.coverage


def _has_value(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None


def _latest(series: Mapping[int, Figure], base: int, last: int) -> Figure | None:
    found = [
        year
        for year, figure in series.items()
        if base < year <= last and figure.value is not None
    ]
    return series[max(found)] if found else None


def _is_suppressed(figure: Figure | None) -> bool:
    return figure is not None and figure.reason is Missing.SUPPRESSED


def _no_base(
    start: Figure | None,
    series: Mapping[int, Figure],
    base: int,
    last: int,
    breaks: Iterable[Break],
) -> NoGain:
    """Say why there is no base; a year without tables comes before all else."""
    for measure in {figure.measure for figure in series.values()}:
        closed = [each for each in breaks if each.applies == "endpoint"]
        refusal = first_refusal(closed, measure, base, last)
        if refusal and refusal.year == base:
            return NoGain(Reason.DEFINITION_BREAK, refusal)
    if _is_suppressed(start):
        return NoGain(Reason.BASELINE_SUPPRESSED)
    return NoGain(Reason.NO_BASELINE)


def _no_last(
    start: Figure, series: Mapping[int, Figure], last: int, breaks: Iterable[Break]
) -> NoGain:
    """Say why there is no later value; a break would refuse one in any case."""
    refusal = first_refusal(breaks, start.measure, start.year, last)
    if refusal:
        return NoGain(Reason.DEFINITION_BREAK, refusal)
    if _is_suppressed(series.get(last)):
        return NoGain(Reason.LATEST_SUPPRESSED)
    return NoGain(Reason.NOT_ENOUGH_YEARS)
