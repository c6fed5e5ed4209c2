from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.display import (
    percent,
    points,
    publish,
    publish_groups,
    rounded,
    signed,
)
from results.figures.figure import Missing


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.0, "+7.0"), (-0.5, "\u22120.5"), (0.04, "0.0"), (-0.04, "0.0"), (2.25, "+2.3")],
)
def test_a_gain_shows_its_sign_and_never_minus_nothing(value: float, text: str) -> None:
    assert signed(value) == text


def test_a_level_has_no_plus_and_a_true_minus() -> None:
    assert points(46.25) == "46.3"
    assert points(-0.025, 2) == "\u22120.03"
    assert percent(46.25) == "46.3%"
    assert percent(46.5, 0) == "47%"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_only_a_finite_number_can_be_shown(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        rounded(value)


@given(st.integers(-100_000, 100_000), st.integers(0, 3))
def test_a_half_goes_away_from_zero(tens: int, decimals: int) -> None:
    half = Decimal(tens).scaleb(-decimals) + Decimal(5).scaleb(-decimals - 1)
    up = Decimal(tens + 1 if half > 0 else tens).scaleb(-decimals)
    assert rounded(float(half), decimals) == up


@given(st.floats(-1000, 1000))
def test_rounding_moves_a_number_by_half_a_tenth_at_most(value: float) -> None:
    short = rounded(value)
    assert abs(short - Decimal(str(value))) <= Decimal("0.05")
    assert not str(short).startswith("-0.0")


@pytest.mark.parametrize("cohort", [1, 5])
def test_under_six_pupils_are_hidden(cohort: int) -> None:
    found = publish(1, cohort)
    assert (found.text, found.value, found.reason) == (
        "hidden",
        None,
        Missing.SUPPRESSED,
    )
    assert found.is_hidden


def test_six_to_ten_pupils_are_shown_and_flagged() -> None:
    assert publish(3, 6).is_very_small
    assert publish(3, 10).is_very_small
    assert not publish(3, 11).is_very_small


@pytest.mark.parametrize("number", [0, 10])
def test_all_or_none_of_a_very_small_group_is_hidden_on_public_pages(
    number: int,
) -> None:
    assert publish(number, 10).is_hidden
    assert publish(number, 10, is_public=False).value == 10 * number
    assert publish(0, 11).text == "0%"
    assert publish(11, 11).text == "100%"


def test_no_pupils_are_no_entries_and_not_hidden() -> None:
    found = publish(0, 0)
    assert (found.text, found.reason) == ("no entries", Missing.NO_ENTRIES)
    assert not found.is_hidden


@pytest.mark.parametrize(("number", "cohort"), [(-1, 5), (6, 5)])
def test_pupils_counted_lie_within_the_cohort(number: int, cohort: int) -> None:
    with pytest.raises(ValueError, match="between 0 and the cohort"):
        publish(number, cohort)


def test_two_groups_that_are_large_enough_are_shown() -> None:
    found = publish_groups((17, 30), {"girls": (9, 16), "boys": (8, 14)})
    assert [part.text for part in found.groups.values()] == ["56%", "57%"]


def test_the_smallest_group_shown_is_hidden_with_a_single_hidden_one() -> None:
    groups = {"a": (20, 40), "b": (9, 16), "c": (1, 4)}
    found = publish_groups((30, 60), groups)
    assert found.total.text == "50%"
    hidden = [name for name, part in found.groups.items() if part.is_hidden]
    assert hidden == ["b", "c"]


def test_a_second_group_hidden_to_protect_the_first_is_not_called_very_small() -> None:
    found = publish_groups((5, 12), {"girls": (4, 8), "boys": (1, 4)})
    assert found.groups["girls"].is_hidden
    assert not found.groups["girls"].is_very_small


def test_a_hidden_total_hides_every_group() -> None:
    found = publish_groups((5, 5), {"girls": (5, 5), "boys": (0, 0)})
    assert found.total.is_hidden
    assert found.groups["girls"].is_hidden
    all_passed = publish_groups((8, 8), {"girls": (6, 6), "boys": (2, 2)})
    assert all(part.is_hidden for part in all_passed.groups.values())


def test_shown_groups_are_hidden_under_a_hidden_total() -> None:
    limits = {"a": (3, 6), "b": (1, 3)}
    found = publish_groups((4, 9), limits, min_publish=10)
    assert found.total.is_hidden
    assert all(part.is_hidden for part in found.groups.values())
    inconsistent = publish_groups((10, 10), {"a": (3, 10), "b": (4, 7)})
    assert all(part.is_hidden for part in inconsistent.groups.values())


@given(st.data())
def test_no_group_is_ever_left_hidden_alone(data: st.DataObject) -> None:
    cohorts = data.draw(st.lists(st.integers(1, 30), min_size=2, max_size=5))
    groups = {
        str(place): (data.draw(st.integers(0, cohort)), cohort)
        for place, cohort in enumerate(cohorts)
    }
    total = (sum(k for k, _ in groups.values()), sum(n for _, n in groups.values()))
    found = publish_groups(total, groups)
    assert sum(part.is_hidden for part in found.groups.values()) != 1
