import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
)
from statsmodels.stats.weightstats import DescrStatsW

from results.figures.intervals import (
    Counts,
    Interval,
    change_interval,
    change_standard_error,
    clustered_mean_interval,
    counts_of,
    mean_interval,
    newcombe,
    normal_quantile,
    t_quantile,
    wilson,
)
from tests.results.figures.builders import figure


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    cohort = draw(st.integers(1, 400))
    return Counts(draw(st.integers(0, cohort)), cohort)


gains = st.lists(st.floats(-30, 30), min_size=2, max_size=40)


def holds(found: Interval) -> bool:
    return found.low <= found.estimate <= found.high


def width(found: Interval) -> float:
    return found.high - found.low


@given(counts())
def test_wilson_agrees_with_statsmodels(of: Counts) -> None:
    low, high = proportion_confint(of.number, of.cohort, method="wilson")
    found = wilson(of)
    assert found.low == pytest.approx(100 * low, abs=1e-9)
    assert found.high == pytest.approx(100 * high, abs=1e-9)


@given(counts(), counts())
def test_newcombe_agrees_with_statsmodels(base: Counts, last: Counts) -> None:
    low, high = confint_proportions_2indep(
        *(last.number, last.cohort, base.number, base.cohort),
        method="newcomb",
        compare="diff",
    )
    found = newcombe(base, last)
    assert found.low == pytest.approx(100 * low, abs=1e-6)
    assert found.high == pytest.approx(100 * high, abs=1e-6)


@given(counts(), st.floats(0.5, 0.999))
def test_a_share_lies_in_its_interval_and_within_all_pupils(
    of: Counts, confidence: float
) -> None:
    found = wilson(of, confidence)
    assert holds(found)
    assert found.low >= 0
    assert found.high <= 100


@given(counts(), counts(), st.integers(1, 6), st.floats(1, 4))
def test_a_change_lies_in_its_interval_and_phi_widens_it(
    base: Counts, last: Counts, years: int, phi: float
) -> None:
    plain, wide = (
        change_interval(base, last, years),
        change_interval(base, last, years, phi),
    )
    assert holds(plain)
    assert holds(wide)
    assert width(wide) == pytest.approx(width(plain) * phi**0.5)


@given(counts(), counts(), st.integers(2, 9))
def test_more_pupils_with_the_same_share_narrow_an_interval(
    base: Counts, last: Counts, times: int
) -> None:
    first, second = (
        Counts(of.number * times, of.cohort * times) for of in (base, last)
    )
    assert width(wilson(first)) < width(wilson(base))
    assert width(newcombe(first, second)) < width(newcombe(base, last))


@given(counts(), counts())
def test_turning_the_years_round_mirrors_the_interval(
    base: Counts, last: Counts
) -> None:
    there, back = newcombe(base, last), newcombe(last, base)
    assert there.low == pytest.approx(-back.high)
    assert there.high == pytest.approx(-back.low)


@pytest.mark.parametrize(("years", "phi"), [(0, 1.0), (2, 0.9)])
def test_a_change_needs_a_year_and_phi_of_at_least_one(years: int, phi: float) -> None:
    with pytest.raises(ValueError, match="at least"):
        change_interval(Counts(30, 100), Counts(44, 100), years, phi)


@pytest.mark.parametrize(("number", "cohort"), [(0, 0), (3, 2), (-1, 4)])
def test_counts_lie_within_at_least_one_pupil(number: int, cohort: int) -> None:
    with pytest.raises(ValueError, match="at least one pupil"):
        Counts(number, cohort)


def test_counts_are_rebuilt_from_a_whole_percentage() -> None:
    # 42% of 151 pupils is 63.42, so 63 of them; 50% of 151 is 75.5, so 76.
    assert counts_of(figure(2003, 42.0, cohort=151)) == Counts(63, 151)
    assert counts_of(figure(2003, 50.0, cohort=151)) == Counts(76, 151)
    assert counts_of(figure(2003, 42.0, cohort=151, number=64)) == Counts(64, 151)


def test_no_counts_without_a_value_or_pupils() -> None:
    assert counts_of(figure(2003, None)) is None
    assert counts_of(figure(2003, 42.0, cohort=None)) is None
    assert counts_of(figure(2003, 0.0, cohort=0)) is None


def test_the_standard_error_of_a_change_is_binomial() -> None:
    # sqrt(0.3 x 0.7 / 100 + 0.44 x 0.56 / 100) = sqrt(0.004564) = 0.0675574
    error = change_standard_error(Counts(30, 100), Counts(44, 100))
    assert error == pytest.approx(6.75574, abs=1e-5)


@pytest.mark.parametrize("df", [1, 2, 5, 59, 349])
def test_quantiles_agree_with_scipy(df: int) -> None:
    assert t_quantile(df) == pytest.approx(stats.t.ppf(0.975, df))
    assert normal_quantile() == pytest.approx(1.959963985)


@given(gains)
def test_the_interval_of_a_mean_agrees_with_statsmodels(values: list[float]) -> None:
    found = mean_interval(values)
    assert holds(found)
    spread = DescrStatsW(values)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy on equal values
        low, high = spread.tconfint_mean()
    if np.isfinite(low):
        assert found.low == pytest.approx(low, abs=1e-6)
        assert found.high == pytest.approx(high, abs=1e-6)
    assert found.df == len(values) - 1


@settings(max_examples=40)
@given(st.data(), gains)
def test_the_clustered_interval_agrees_with_statsmodels(
    data: st.DataObject, values: list[float]
) -> None:
    mentor = st.lists(st.integers(0, 5), min_size=len(values), max_size=len(values))
    mentors = [0, 1, *data.draw(mentor)[2:]]
    found = clustered_mean_interval(values, mentors)
    fitted = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="cluster", cov_kwds={"groups": np.array(mentors)}, use_t=True
    )
    assert holds(found)
    assert found.standard_error == pytest.approx(float(fitted.bse[0]), abs=1e-6)
    assert found.df == len(set(mentors)) - 1


def test_one_school_to_a_mentor_gives_the_plain_interval() -> None:
    values = [8.0, 6, 10, 12, 3, 3]
    clustered, plain = (
        clustered_mean_interval(values, list("abcdef")),
        mean_interval(values),
    )
    assert clustered.low == pytest.approx(plain.low)
    assert clustered.high == pytest.approx(plain.high)


def test_a_mean_needs_two_values_and_two_clusters() -> None:
    with pytest.raises(ValueError, match="two values"):
        mean_interval([7.0])
    with pytest.raises(ValueError, match="two clusters"):
        clustered_mean_interval([7.0, 8.0], ["a", "a"])
    with pytest.raises(ValueError, match="argument 2"):
        clustered_mean_interval([7.0, 8.0], ["a"])
