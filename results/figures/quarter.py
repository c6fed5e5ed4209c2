"""Which schools are in the bottom quarter by value added, and which only just not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

COUNTED_TYPES = frozenset({"maintained", "academy", "ctc"})
"""Type groups that count: maintained mainstream, academies and CTCs."""

MIN_COHORT = 11
MIN_NEAR_MISSES = 10
NEAR_MISS_SHARE = 20
"""Near misses are one counted school in this many."""

SchoolId = int | str


class Exclusion(StrEnum):
    """Why a school is not counted."""

    TYPE_UNKNOWN = "type_unknown"
    SCHOOL_TYPE = "school_type"
    CLOSED = "closed"
    COHORT_BELOW_11 = "cohort_below_11"
    NO_VALUE_ADDED = "no_value_added"
    COHORT_UNKNOWN = "cohort_unknown"

    @property
    def sentence(self) -> str:
        """Return the reason as a sentence for a page."""
        return _SENTENCES[self]


_SENTENCES = {
    Exclusion.TYPE_UNKNOWN: "The kind of school is not known.",
    Exclusion.SCHOOL_TYPE: "Only mainstream state-funded schools are counted.",
    Exclusion.CLOSED: "The school was closed that year.",
    Exclusion.COHORT_BELOW_11: "Too few pupils took the exams to judge by.",
    Exclusion.NO_VALUE_ADDED: "No value-added figure was published.",
    Exclusion.COHORT_UNKNOWN: "It is not known how many pupils took the exams.",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school to be considered, with its value added in one year and measure.

    `type_group` is the results file's own, else the register's, else None. A school
    with a value counts as open whatever `is_open` says.
    """

    id: SchoolId
    value: float | None
    cohort: int | None
    type_group: str | None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Quarter:
    """A cut and how many schools are at or below it.

    `cut` is the k-th smallest score, k a quarter of `n_counted` rounded up, so some
    school has it. Ties are inside, so `share` (0 to 1) can pass a quarter.
    """

    cut: float
    k: int
    n_eligible: int
    n_counted: int

    @property
    def share(self) -> float:
        """Return the share of counted schools that is eligible, 0 to 1."""
        return self.n_eligible / self.n_counted


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The outcome for every candidate; ids in order of score, then of input.

    `quarter` is None and the tuples empty when no school is counted. `ranks` gives
    each counted school the place of its score from the lowest, 1 first; equal scores
    share a place and the next place is skipped. `near_misses` are the schools just
    above the cut.
    """

    quarter: Quarter | None
    counted: tuple[SchoolId, ...]
    eligible: tuple[SchoolId, ...]
    near_misses: tuple[SchoolId, ...]
    ranks: Mapping[SchoolId, int]
    excluded: Mapping[SchoolId, Exclusion]


def bottom_quarter(values: Sequence[float]) -> Quarter | None:
    """Return the cut that takes in the lowest quarter of `values`, ties included.

    None without values. This is the inverse of the empirical distribution function
    (numpy's "inverted_cdf"), not an interpolated quantile.
    """
    if not values:
        return None
    k = -(-len(values) // 4)
    cut = sorted(values)[k - 1]
    inside = sum(value <= cut for value in values)
    return Quarter(cut=cut, k=k, n_eligible=inside, n_counted=len(values))


def eligibility(
    candidates: Sequence[Candidate],
    *,
    types: Collection[str] = COUNTED_TYPES,
    min_cohort: int = MIN_COHORT,
) -> Eligibility:
    """Return who is counted, eligible, just not eligible, and excluded with why.

    Raises ValueError when a school is given twice.
    """
    excluded: dict[SchoolId, Exclusion] = {}
    scores: dict[SchoolId, float] = {}
    for school in candidates:
        if school.id in excluded or school.id in scores:
            raise ValueError(f"School {school.id} is given more than once.")
        outcome = _outcome(school, types, min_cohort)
        if isinstance(outcome, Exclusion):
            excluded[school.id] = outcome
        else:
            scores[school.id] = outcome
    counted = tuple(sorted(scores, key=lambda each: scores[each]))
    quarter = bottom_quarter(list(scores.values()))
    eligible = counted[: quarter.n_eligible] if quarter else ()
    return Eligibility(
        quarter=quarter,
        counted=counted,
        eligible=eligible,
        near_misses=_near_misses(counted, len(eligible), scores),
        ranks=_ranks(counted, scores),
        excluded=excluded,
    )


def is_clearly_below_average(upper_limit: float | None, average: float) -> bool:
    """Return whether the upper confidence limit lies below the national average.

    `average` is 1,000 for contextual value added and 0 for Progress 8. False when no
    limit is published.
    """
    return upper_limit is not None and upper_limit < average


def _outcome(
    school: Candidate, types: Collection[str], min_cohort: int
) -> float | Exclusion:
    """Return the score, or the first reason that applies: the school's own first."""
    tests = (
        (school.type_group is None, Exclusion.TYPE_UNKNOWN),
        (school.type_group not in types, Exclusion.SCHOOL_TYPE),
        (school.value is None and not school.is_open, Exclusion.CLOSED),
        (
            school.cohort is not None and school.cohort < min_cohort,
            Exclusion.COHORT_BELOW_11,
        ),
    )
    why = next((why for applies, why in tests if applies), None)
    if why is None and school.value is not None:
        return Exclusion.COHORT_UNKNOWN if school.cohort is None else school.value
    return why or Exclusion.NO_VALUE_ADDED


def _near_misses(
    counted: tuple[SchoolId, ...], inside: int, scores: Mapping[SchoolId, float]
) -> tuple[SchoolId, ...]:
    """Return the next twentieth of counted schools, at least ten, far ties included.

    Enough to look at on one page and close enough to the cut to be alike.
    """
    wanted = max(MIN_NEAR_MISSES, -(-len(counted) // NEAR_MISS_SHARE))
    above = counted[inside:]
    if len(above) <= wanted:
        return above
    furthest = scores[above[wanted - 1]]
    return tuple(each for each in above if scores[each] <= furthest)


def _ranks(
    counted: tuple[SchoolId, ...], scores: Mapping[SchoolId, float]
) -> dict[SchoolId, int]:
    first_place: dict[float, int] = {}
    for place, school in enumerate(counted, start=1):
        first_place.setdefault(scores[school], place)
    return {school: first_place[scores[school]] for school in counted}
