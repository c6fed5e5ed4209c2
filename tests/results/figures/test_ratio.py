import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.ratio import (
    ratio_interval,
    ratio_range,
    ratio_to_national,
    ratio_words,
    rounding_range,
)
from results.figures.reasons import Reason


def test_seven_against_one_point_four_is_five_times() -> None:
    found = ratio_to_national(7.0, 1.4)
    assert found.value == pytest.approx(5.0)
    assert found.difference == pytest.approx(5.6)
    assert found.status == "ok"


@pytest.mark.parametrize(
    ("programme", "national", "reason"),
    [
        (7.0, 0.49, Reason.NATIONAL_NEAR_ZERO),
        (-1.0, 0.49, Reason.NATIONAL_NEAR_ZERO),
        (-1.0, -0.5, Reason.NATIONAL_NOT_POSITIVE),
        (0.0, 1.4, Reason.PROGRAMME_NOT_POSITIVE),
    ],
)
def test_a_ratio_that_would_mislead_gives_its_reason_and_the_difference(
    programme: float, national: float, reason: Reason
) -> None:
    found = ratio_to_national(programme, national)
    assert (found.value, found.reason) == (None, reason)
    assert found.status == reason.value
    assert found.difference == programme - national


def test_half_a_point_is_enough_even_when_binary_makes_it_less() -> None:
    national = 0.1 + 0.1 + 0.1 + 0.1 + 0.1 - 1e-16
    assert national < 0.5
    assert ratio_to_national(1.0, national).value == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (5.0, "about 5 times the national average"),
        (3.0, "about 3 times the national average"),
        (4.5, "about 5 times the national average"),
        (2.96, "about 3 times the national average"),
        (2.94, "about 2.9 times the national average"),
        (1.0, "about 1.0 times the national average"),
        (0.99, "less than the national average"),
    ],
)
def test_a_ratio_is_put_into_words(ratio: float, words: str) -> None:
    assert ratio_words(ratio) == words


def test_there_are_no_words_for_a_ratio_of_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        ratio_words(0.0)


def test_published_rounding_alone_allows_four_and_a_half_to_five_and_a_half() -> None:
    low, high = ratio_range(rounding_range(7, 0), rounding_range(1.4, 1))
    assert (round(low, 2), round(high, 2)) == (4.48, 5.56)


@given(st.floats(-5, 5), st.floats(0, 3), st.floats(0.1, 5), st.floats(0, 3))
def test_the_range_of_ratios_holds_every_corner(
    ours: float, wider: float, theirs: float, more: float
) -> None:
    low, high = ratio_range((ours, ours + wider), (theirs, theirs + more))
    assert low <= ours / theirs <= high
    assert low <= (ours + wider) / (theirs + more) <= high


def test_england_must_have_risen_for_a_range_or_an_interval() -> None:
    with pytest.raises(ValueError, match="above 0"):
        ratio_range((6.5, 7.5), (-0.1, 0.4))
    with pytest.raises(ValueError, match="above 0"):
        ratio_interval(7.0, 0.45, 0.0, 1.96)


def test_the_interval_of_the_headline_ratio() -> None:
    # 7.0 less and more 1.96 x 0.45 = 0.882, over 1.4.
    low, high = ratio_interval(7.0, 0.45, 1.4, 1.96)
    assert low == pytest.approx(6.118 / 1.4)
    assert high == pytest.approx(7.882 / 1.4)
