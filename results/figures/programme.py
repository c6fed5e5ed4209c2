"""The programme's mean gain: the schools it rests on, and three ways to weigh them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from results.figures.figure import Release, weaker
from results.figures.pooling import pooled_value
from results.figures.reasons import Reason
from results.figures.spans import Gain, NoGain

MIN_SCHOOLS = 3
"""No mean of fewer schools is ever shown."""

WIDE = 1.0
"""Points a year by which the three means may differ before both are shown."""


@dataclass(frozen=True, slots=True)
class Member:
    """A school that joined: its gain or the reason it has none."""

    gain: Gain | NoGain
    is_in_programme: bool


@dataclass(frozen=True, slots=True)
class ProgrammeGain:
    """The mean gain of `n_schools` schools, in percentage points a year.

    `per_year` is the headline: every school counts once. `pupil_weighted` weighs
    schools by their base-year cohort and `pooled` treats all pupils as one school;
    both rest on the `n_weighted` schools whose cohorts are known at both ends and are
    None when these are fewer than three. `n_pupils` sums their last cohorts. The span
    runs from the earliest `first_base` to the latest `last`. `left_out` counts the
    schools without a gain, by reason.
    """

    per_year: float
    pupil_weighted: float | None
    pooled: float | None
    n_schools: int
    n_weighted: int
    n_pupils: int
    n_small: int
    first_base: int
    last: int
    release: Release
    left_out: Mapping[Reason, int]

    @property
    def is_weighing_important(self) -> bool:
        """Return whether two of the means differ by more than a point a year."""
        means = [self.per_year, self.pupil_weighted, self.pooled]
        known = [mean for mean in means if mean is not None]
        return max(known) - min(known) > WIDE


def programme_gain(
    gains: Iterable[Gain | NoGain], min_schools: int = MIN_SCHOOLS
) -> ProgrammeGain | NoGain:
    """Return the mean of the gains there are, or too few schools."""
    all_of_them = list(gains)
    found = [each for each in all_of_them if isinstance(each, Gain)]
    if len(found) < max(1, min_schools):
        return NoGain(Reason.TOO_FEW_SCHOOLS)
    sized = [each for each in found if each.base.cohort and each.last.cohort]
    is_weighed = len(sized) >= max(1, min_schools)
    return ProgrammeGain(
        per_year=fmean(each.per_year for each in found),
        pupil_weighted=pupil_weighted_gain(sized) if is_weighed else None,
        pooled=pooled_gain(sized) if is_weighed else None,
        n_schools=len(found),
        n_weighted=len(sized),
        n_pupils=sum(each.last.cohort or 0 for each in sized),
        n_small=sum(each.is_small for each in found),
        first_base=min(each.base.year for each in found),
        last=max(each.last.year for each in found),
        release=weaker(*(each.release for each in found)),
        left_out=Counter(
            each.reason for each in all_of_them if isinstance(each, NoGain)
        ),
    )


@dataclass(frozen=True, slots=True)
class ProgrammeHeadline:
    """The mean of all who ever joined, and of those still in the programme.

    The first is the headline: leaving schools out would flatter the programme.
    """

    all_who_joined: ProgrammeGain | NoGain
    still_in_programme: ProgrammeGain | NoGain


def programme_headline(
    members: Sequence[Member], min_schools: int = MIN_SCHOOLS
) -> ProgrammeHeadline:
    """Return the mean gain of all members and of those who have not left."""
    staying = [each.gain for each in members if each.is_in_programme]
    return ProgrammeHeadline(
        all_who_joined=programme_gain([each.gain for each in members], min_schools),
        still_in_programme=programme_gain(staying, min_schools),
    )


def pupil_weighted_gain(gains: Sequence[Gain]) -> float | None:
    """Return the mean gain weighed by base-year cohort; None without pupils."""
    weights = [each.base.cohort or 0 for each in gains]
    if not sum(weights):
        return None
    return fmean((each.per_year for each in gains), weights=weights)


def pooled_gain(gains: Sequence[Gain]) -> float | None:
    """Return the gain of all schools taken as one, in percentage points a year.

    Sums of pupils at the base and at the last year, for each span of years by itself;
    several spans are weighed by their base-year pupils. Schools without cohorts are
    left out; None without pupils.
    """
    spans: dict[tuple[int, int], list[Gain]] = {}
    for each in gains:
        if each.base.cohort and each.last.cohort:
            spans.setdefault((each.base.year, each.last.year), []).append(each)
    rises, pupils = [], []
    for (base, last), group in spans.items():
        start = pooled_value(each.base for each in group) or 0.0
        end = pooled_value(each.last for each in group) or 0.0
        rises.append((end - start) / (last - base))
        pupils.append(sum(each.base.cohort or 0 for each in group))
    return fmean(rises, weights=pupils) if rises else None
