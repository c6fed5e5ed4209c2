"""England beside the programme: the same years, and the same release if there is one.

Two sides of a comparison are like for like when, in each year, both stand in the same
release. Choosing goes in two steps. `like_for_like` picks which of a school's releases
of one year to use, given the releases England has; `england_gain` then takes England's
figure of the release each school's window names. Where no pair exists, the strongest of
each side is used, the pair is listed in `mismatches`, and `label` is the weaker.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from results.figures.breaks import (
    Break,
    caution_sentences,
    touching,
)
from results.figures.figure import Basis, Figure, NationalFigure, Release, weaker
from results.figures.pooling import pooled_value
from results.figures.reasons import Reason
from results.figures.spans import Gain, NoGain


@dataclass(frozen=True, slots=True)
class Window:
    """The years over which one school is measured, and its releases at the two ends."""

    base: int
    last: int
    base_release: Release
    last_release: Release


@dataclass(frozen=True, slots=True, order=True)
class ReleasePair:
    """The releases the two sides stand in for one year."""

    year: int
    programme: Release
    england: Release

    @property
    def is_same(self) -> bool:
        """Return whether the pair is like for like."""
        return self.programme == self.england

    @property
    def label(self) -> Release:
        """Return the weaker of the two."""
        return weaker(self.programme, self.england)


@dataclass(frozen=True, slots=True)
class EnglandGain:
    """England's mean gain over the schools' windows, percentage points a year.

    Each school counts once. `pairs` lists the releases compared, by year; `label` is
    the word for the whole comparison. `cautions` are sentences; empty for none.
    """

    per_year: float
    n_windows: int
    first_base: int
    last: int
    release: Release
    pairs: tuple[ReleasePair, ...]
    cautions: tuple[str, ...] = ()
    has_derived: bool = False

    @property
    def mismatches(self) -> tuple[ReleasePair, ...]:
        """Return the pairs to be named on the page; empty when like for like."""
        return tuple(pair for pair in self.pairs if not pair.is_same)

    @property
    def label(self) -> Release:
        """Return the weakest release on either side."""
        return weaker(*(pair.label for pair in self.pairs))


def window_of(gain: Gain) -> Window:
    """Return the window of a school's gain."""
    return Window(gain.base.year, gain.last.year, gain.base.release, gain.last.release)


def like_for_like(
    held: Mapping[Release, Figure], england: Collection[Release]
) -> Figure:
    """Return the school's figure to compare with England, of those held for a year.

    The strongest release that England has too, else the school's strongest. When the
    strongest says there is no value, that stands: an older release never brings back
    what a later one took away. Raises ValueError when nothing is held.
    """
    newest = held[max(held)]
    shared = [each for each in held if each in england and held[each].value is not None]
    if newest.value is None or not shared:
        return newest
    return held[max(shared)]


def england_gain(
    figures: Iterable[NationalFigure],
    windows: Sequence[Window],
    breaks: Sequence[Break] = (),
) -> EnglandGain | NoGain:
    """Return England's gain over the same windows as the schools, weighed by schools.

    `figures` are of one measure, population and coverage, else ValueError. A window
    that England has no figure for, or that meets a refusing break, leaves no gain:
    a mean over fewer windows would not be the same comparison.
    """
    every = list(figures)
    if len({(each.measure, each.population, each.coverage) for each in every}) > 1:
        raise ValueError("England's figures must be of one measure and population.")
    if not windows:
        return NoGain(Reason.TOO_FEW_SCHOOLS)
    counted = Counter(windows)
    ends: dict[Window, tuple[NationalFigure, NationalFigure]] = {}
    met: list[Break] = []
    for window in counted:
        found = _ends(every, window)
        if found is None:
            return NoGain(Reason.NATIONAL_UNKNOWN)
        ends[window] = found
        met += _met(*found, breaks)
    refusal = next((each for each in met if each.kind == "refuse"), None)
    if refusal:
        return NoGain(Reason.DEFINITION_BREAK, refusal)
    return _mean_over(counted, ends, caution_sentences(met))


def rest_of_england(
    national: float, pooled_programme: float, pupil_share: float
) -> float:
    """Return the gain of England without programme schools, points a year.

    (g_national - w x g_programme) / (1 - w), with the programme's pooled gain and w
    its share of England's pupils in the base year. Raises ValueError unless
    0 <= w < 1.
    """
    if not 0 <= pupil_share < 1:
        raise ValueError("The programme's share of pupils lies from 0 up to 1.")
    return (national - pupil_share * pooled_programme) / (1 - pupil_share)


def rest_from_counts(
    base: Sequence[Figure], last: Sequence[Figure], years: int
) -> float | None:
    """Return the pooled gain of the schools outside, in percentage points a year.

    `base` and `last` are the figures of all schools outside the programme in the two
    years. None when either year has no pupils.
    """
    start, end = pooled_value(base), pooled_value(last)
    return None if start is None or end is None else (end - start) / years


def _mean_over(
    windows: Counter[Window],
    ends: Mapping[Window, tuple[NationalFigure, NationalFigure]],
    cautions: tuple[str, ...],
) -> EnglandGain:
    total, pairs = 0.0, set()
    for window, (start, end) in ends.items():
        years = window.last - window.base
        total += windows[window] * (end.value - start.value) / years
        pairs.add(ReleasePair(window.base, window.base_release, start.release))
        pairs.add(ReleasePair(window.last, window.last_release, end.release))
    used = [figure for pair in ends.values() for figure in pair]
    return EnglandGain(
        per_year=total / windows.total(),
        n_windows=windows.total(),
        first_base=min(window.base for window in windows),
        last=max(window.last for window in windows),
        release=weaker(*(each.release for each in used)),
        pairs=tuple(sorted(pairs)),
        cautions=cautions,
        has_derived=any(each.basis is not Basis.PUBLISHED for each in used),
    )


def _ends(
    figures: Sequence[NationalFigure], window: Window
) -> tuple[NationalFigure, NationalFigure] | None:
    """Return England's two figures; a shadow only as the base of the next year."""
    plain = [each for each in figures if each.basis is not Basis.SHADOW]
    shadows = [each for each in figures if each.basis is Basis.SHADOW]
    end = _of(plain, window.last, window.last_release)
    start = _of(plain, window.base, window.base_release)
    if window.last == window.base + 1:
        start = _of(shadows, window.base, window.base_release) or start
    return None if start is None or end is None else (start, end)


def _of(
    figures: Iterable[NationalFigure], year: int, release: Release
) -> NationalFigure | None:
    """Return the figure of `release`, else the strongest; published before derived."""
    found = [each for each in figures if each.year == year]
    return max(
        found,
        key=lambda each: (
            each.release == release,
            each.release,
            each.basis is Basis.PUBLISHED,
        ),
        default=None,
    )


def _met(
    start: NationalFigure, end: NationalFigure, breaks: Sequence[Break]
) -> tuple[Break, ...]:
    """Return the breaks met; a shadow base is already on the rules of the next year."""
    met = touching(breaks, end.measure, start.year, end.year)
    if start.basis is not Basis.SHADOW:
        return met
    return tuple(each for each in met if each.applies != "crossing")
