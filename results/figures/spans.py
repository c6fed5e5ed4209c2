"""The two ends of a gain: finding them, and refusing pairs that do not compare."""

from collections.abc import Iterable, Mapping
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
    empty when there is nothing to say. `cautioned_by` are the breaks behind them.
    `is_small` marks a cohort at either end under 30, or under what was asked.
    `is_base_earlier` and `is_latest_earlier` mark a span that had to use another year
    than the one asked for.
    """

    per_year: float
    change: float
    years: int
    base: Figure
    last: Figure
    cautions: tuple[str, ...] = ()
    cautioned_by: tuple[Break, ...] = ()
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


def measured(base: Figure, last: Figure) -> float:
    """Return last minus base. Raises ValueError when either has no value."""
    if base.value is None or last.value is None:
        raise ValueError("A change needs a value at both ends.")
    return last.value - base.value


def gain_between(
    base: Figure,
    last: Figure,
    *,
    rests_on: tuple[Figure, ...],
    breaks: Iterable[Break],
    min_analyse: int,
    min_rank: int = MIN_RANK,
) -> Gain | NoGain:
    """Return the gain from `base` to `last`, or why they do not compare.

    `rests_on` are the published figures behind `base`, earliest first: one, or three
    for a three-year base. Breaks are looked for from the earliest of them.
    """
    used = (*rests_on, last)
    if len({_counted(figure) for figure in used}) > 1:
        return NoGain(Reason.DEFINITION_BREAK)
    met = touching(breaks, last.measure, used[0].year, last.year)
    refusal = first_refusal(met, last.measure, used[0].year, last.year)
    if refusal:
        return NoGain(Reason.DEFINITION_BREAK, refusal)
    cohorts = [figure.cohort for figure in used if figure.cohort is not None]
    if min(cohorts, default=min_analyse) < min_analyse:
        return NoGain(Reason.SMALL_COHORT)
    years, change = last.year - base.year, measured(base, last)
    return Gain(
        per_year=change / years,
        change=change,
        years=years,
        base=base,
        last=last,
        cautions=caution_sentences(met),
        cautioned_by=met,
        is_small=min(cohorts, default=min_rank) < min_rank,
    )


def latest_value(series: Mapping[int, Figure], base: int, last: int) -> Figure | None:
    """Return the latest figure with a value after `base` and up to `last`."""
    found = [
        year
        for year, figure in series.items()
        if base < year <= last and figure.value is not None
    ]
    return series[max(found)] if found else None


def no_base(
    start: Figure | None,
    series: Mapping[int, Figure],
    base: int,
    breaks: Iterable[Break],
) -> NoGain:
    """Say why there is no base; a year without usable tables comes before all else."""
    closed = [each for each in breaks if each.applies == "endpoint"]
    for measure in sorted({figure.measure for figure in series.values()}):
        refusal = first_refusal(closed, measure, base, base)
        if refusal:
            return NoGain(Reason.DEFINITION_BREAK, refusal)
    if start is not None and start.reason is Missing.SUPPRESSED:
        return NoGain(Reason.BASELINE_SUPPRESSED)
    return NoGain(Reason.NO_BASELINE)


def no_last(
    start: Figure, series: Mapping[int, Figure], last: int, breaks: Iterable[Break]
) -> NoGain:
    """Say why there is no later value; a break would refuse one in any case."""
    refusal = first_refusal(breaks, start.measure, start.year, last)
    if refusal:
        return NoGain(Reason.DEFINITION_BREAK, refusal)
    end = series.get(last)
    if end is not None and end.reason is Missing.SUPPRESSED:
        return NoGain(Reason.LATEST_SUPPRESSED)
    return NoGain(Reason.NOT_ENOUGH_YEARS)


def _counted(figure: Figure) -> tuple[str, str, str | None]:
    return figure.measure, figure.population, figure.coverage
