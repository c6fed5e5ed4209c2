import pytest

from results.figures.dispersion import (
    phi_from_changes,
    phi_from_sd,
    phi_from_variances,
)
from results.figures.intervals import Counts


def test_real_changes_of_mid_sized_schools_have_phi_of_two_and_a_half() -> None:
    assert phi_from_sd(7.88, 4.91) == pytest.approx((7.88 / 4.91) ** 2)


def test_phi_is_at_least_one_and_two_when_it_cannot_be_had() -> None:
    assert phi_from_variances(10.0, 20.0) == 1.0
    assert phi_from_variances(10.0, 0.0) == 2.0
    assert phi_from_changes([]) == 2.0


def test_phi_is_the_variance_of_changes_over_the_binomial() -> None:
    # Changes of +30 and -30 points: variance 1800. Binomial variance of 50% to 80%
    # (or 20%) of 100 pupils: 100^2 x (0.25 + 0.16) / 100 = 41.
    half = Counts(50, 100)
    pairs = [(half, Counts(80, 100)), (half, Counts(20, 100))]
    assert phi_from_changes(pairs, min_schools=2) == pytest.approx(1800 / 41)
    assert phi_from_changes(pairs) == 2.0


def test_a_single_school_never_has_a_phi_of_its_own() -> None:
    assert phi_from_changes([(Counts(5, 10), Counts(6, 10))], min_schools=1) == 2.0
