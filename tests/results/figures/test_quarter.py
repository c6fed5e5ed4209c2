import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.quarter import (
    Candidate,
    Exclusion,
    bottom_quarter,
    eligibility,
    is_clearly_below_average,
)


def schools(values: list[float]) -> list[Candidate]:
    return [
        Candidate(place, value, 150, "maintained") for place, value in enumerate(values)
    ]


scores = st.lists(st.integers(900, 1100).map(float), min_size=1, max_size=60)


@given(scores)
def test_the_cut_is_a_score_that_some_school_has(values: list[float]) -> None:
    found = bottom_quarter(values)
    assert found is not None
    assert found.cut in values
    assert found.cut == np.percentile(values, 25, method="inverted_cdf")
    assert found.n_eligible >= found.k >= len(values) / 4
    assert sum(value < found.cut for value in values) < found.k


def test_no_schools_have_no_quarter() -> None:
    assert bottom_quarter([]) is None
    found = eligibility([])
    assert found.quarter is None
    assert found.counted == found.eligible == found.near_misses == ()


def test_ties_at_the_cut_are_inside_and_the_share_says_so() -> None:
    found = eligibility(schools([96, 98, 96, 99, 96, 100, 101, 102]))
    assert found.quarter is not None
    assert found.eligible == (0, 2, 4)
    assert found.quarter.share == 0.375


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    found = eligibility(schools([98, 96, 96, 97]))
    assert found.ranks == {1: 1, 2: 1, 3: 3, 0: 4}


@pytest.mark.parametrize(
    ("school", "why"),
    [
        (Candidate(1, 90.0, 150, None), Exclusion.TYPE_UNKNOWN),
        (Candidate(1, 90.0, 150, "independent"), Exclusion.SCHOOL_TYPE),
        (Candidate(1, None, None, "academy", is_open=False), Exclusion.CLOSED),
        (Candidate(1, 90.0, 10, "academy"), Exclusion.COHORT_BELOW_11),
        (Candidate(1, None, 4, "academy"), Exclusion.COHORT_BELOW_11),
        (Candidate(1, None, 150, "academy"), Exclusion.NO_VALUE_ADDED),
        (Candidate(1, None, None, "academy"), Exclusion.NO_VALUE_ADDED),
        (Candidate(1, 90.0, None, "academy"), Exclusion.COHORT_UNKNOWN),
        (Candidate(1, 90.0, 11, "ctc"), None),
        (Candidate(1, 90.0, 150, "academy", is_open=False), None),
    ],
)
def test_a_school_that_is_not_counted_says_why(
    school: Candidate, why: Exclusion | None
) -> None:
    found = eligibility([school])
    assert found.excluded.get(1) is why
    assert bool(found.counted) is (why is None)


def test_a_school_is_considered_once() -> None:
    twice = schools([95.0]) * 2
    with pytest.raises(ValueError, match="more than once"):
        eligibility(twice)
    unknown = [Candidate(1, None, None, None)] * 2
    with pytest.raises(ValueError, match="more than once"):
        eligibility(unknown)


def test_the_near_misses_are_the_next_ten_with_those_tied_last() -> None:
    found = eligibility(schools([float(each) for each in range(40)]))
    assert found.near_misses == tuple(range(10, 20))
    tied = [float(each) for each in range(40)]
    tied[20] = 19.0
    assert eligibility(schools(tied)).near_misses == tuple(range(10, 21))


def test_the_near_misses_are_a_twentieth_of_many_schools() -> None:
    found = eligibility(schools([float(each) for each in range(400)]))
    assert found.near_misses == tuple(range(100, 120))


def test_there_are_no_more_near_misses_than_schools_above_the_cut() -> None:
    assert eligibility(schools([1.0, 2, 3, 4])).near_misses == (1, 2, 3)


@given(scores)
def test_every_school_has_one_outcome(values: list[float]) -> None:
    found = eligibility(schools(values))
    assert set(found.counted) == set(range(len(values))) == set(found.ranks)
    assert not set(found.eligible) & set(found.near_misses)
    assert all(
        values[low] <= values[high]
        for low, high in zip(found.counted, found.counted[1:], strict=False)
        if isinstance(low, int) and isinstance(high, int)
    )


def test_clearly_below_average_needs_an_upper_limit_under_it() -> None:
    assert is_clearly_below_average(-0.01, 0)
    assert not is_clearly_below_average(1000.0, 1000)
    assert not is_clearly_below_average(None, 1000)


@pytest.mark.parametrize("why", Exclusion)
def test_every_exclusion_has_a_plain_sentence(why: Exclusion) -> None:
    assert why.sentence.endswith(".")
    assert "_" not in why.sentence
