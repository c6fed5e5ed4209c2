import numpy as np
import pytest
from scipy import stats

from results.figures.intervals import clustered_mean_interval, mean_interval
from results.figures.resampling import bootstrap_mean_interval, mean_intervals

GAINS = [7, 4, 12.5, 9, 5.5, 8, 10, 6, 3, 7.5, 11, 2]


def test_the_bootstrap_agrees_with_scipy() -> None:
    found = bootstrap_mean_interval(GAINS)
    theirs = stats.bootstrap(
        (GAINS,),
        np.mean,
        method="percentile",
        n_resamples=10_000,
        random_state=np.random.default_rng(1),
    ).confidence_interval
    assert found.estimate == pytest.approx(7.125)
    assert found.low == pytest.approx(theirs.low, abs=0.15)
    assert found.high == pytest.approx(theirs.high, abs=0.15)


def test_the_same_seed_gives_the_same_limits_and_another_seed_others() -> None:
    first = bootstrap_mean_interval(GAINS, replications=500, seed=1)
    assert first == bootstrap_mean_interval(GAINS, replications=500, seed=1)
    assert first != bootstrap_mean_interval(GAINS, replications=500, seed=2)


def test_whole_mentors_are_drawn_together() -> None:
    # Two mentors with means 0 and 10: only 0, 5 and 10 can be drawn.
    found = bootstrap_mean_interval([0, 0, 10, 10], ["a", "a", "b", "b"])
    assert (found.low, found.estimate, found.high) == (0.0, 5.0, 10.0)


def test_equal_values_have_no_spread() -> None:
    found = bootstrap_mean_interval([0.1] * 7, replications=200)
    assert found.low <= found.estimate <= found.high
    assert found.high - found.low < 1e-12


def test_a_bootstrap_needs_values_and_a_mentor_for_each() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        bootstrap_mean_interval([])
    with pytest.raises(ValueError, match="argument 2"):
        bootstrap_mean_interval([1.0, 2.0], ["a"])


def test_few_mentors_get_a_bootstrap_beside_the_clustered_interval() -> None:
    mentors = [place // 2 for place in range(len(GAINS))]
    found = mean_intervals(GAINS, mentors)
    assert found.headline == clustered_mean_interval(GAINS, mentors)
    assert found.plain == mean_interval(GAINS)
    assert found.bootstrap == bootstrap_mean_interval(GAINS, mentors)
    assert found.n_clusters == 6


def test_twenty_mentors_need_no_bootstrap() -> None:
    found = mean_intervals([float(each) for each in range(40)], [*range(20)] * 2)
    assert found.bootstrap is None
    assert found.n_clusters == 20


def test_a_single_mentor_leaves_only_the_plain_interval() -> None:
    found = mean_intervals(GAINS, ["a"] * len(GAINS))
    assert found.headline == found.plain == mean_interval(GAINS)
    assert found.bootstrap is None
