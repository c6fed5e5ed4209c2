import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.charts.scale import (
    Scale,
    drawable,
    free_domain,
    nice_step,
    percentage_domain,
    summer_position,
    ticks,
    with_unit,
)


def test_a_scale_puts_values_where_a_ruler_would() -> None:
    scale = Scale(low=0, high=100, start=300, end=100)
    assert [scale(0), scale(25), scale(100)] == [300, 250, 100]


def test_values_outside_the_axis_stay_at_its_ends() -> None:
    scale = Scale(low=0, high=10, start=0, end=50)
    assert [scale(-5), scale(15)] == [0, 50]


def test_an_axis_of_no_length_draws_in_its_middle() -> None:
    assert Scale(low=2006, high=2006, start=20, end=40)(2006) == 30


@pytest.mark.parametrize(
    ("span", "most", "step"),
    [
        (100, 10, 10),
        (70, 10, 10),
        (100, 7, 20),
        (1.2, 10, 0.2),
        (7, 10, 1),
        (0.3, 3, 0.1),
    ],
)
def test_steps_are_one_two_or_five_times_a_power_of_ten(
    span: float, most: int, step: float
) -> None:
    assert nice_step(span, most) == pytest.approx(step)


def test_ticks_are_multiples_of_the_step_within_the_axis() -> None:
    assert ticks(-0.25, 0.45, 0.2) == [-0.2, 0.0, 0.2, 0.4]


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([], (0, 70)),
        ([12.0, 68.0], (0, 70)),
        ([12.0, 68.1], (0, 100)),
        ([0.0, 100.0], (0, 100)),
    ],
)
def test_percentages_have_two_axes_only(
    values: list[float], axis: tuple[float, float]
) -> None:
    assert percentage_domain(values, 10) == axis


def test_percentages_below_zero_get_the_axis_they_need() -> None:
    low, high = percentage_domain([-5.0, 20.0], 10)
    assert low <= -5
    assert high >= 20


def test_no_values_give_nought_to_one() -> None:
    assert free_domain([], 5) == (0, 1)


@pytest.mark.parametrize("values", [[0.3, 0.5], [2.0, 6.0]])
def test_zero_joins_an_axis_that_is_near_it(values: list[float]) -> None:
    assert free_domain(values, 5)[0] == 0


def test_zero_joins_an_axis_that_is_just_below_it() -> None:
    assert free_domain([-6.0, -2.0], 5)[1] == 0


def test_scores_about_a_thousand_do_not_start_at_zero() -> None:
    low, high = free_domain([985.0, 1015.0], 10)
    assert 900 <= low <= 985
    assert 1015 <= high <= 1100


@given(
    st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=6),
    st.integers(min_value=3, max_value=12),
)
def test_every_value_lies_on_its_axis(values: list[float], most: int) -> None:
    low, high = free_domain(values, most)
    slack = (high - low) * 1e-6
    assert low < high
    assert low - slack <= min(values)
    assert max(values) <= high + slack


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (46.0, "%", "46.0%"),
        (46.25, "%", "46.3%"),
        (46.0, "points", "46.0 points"),
        (-0.42, "", "\u22120.4"),
    ],
)
def test_figures_carry_their_unit(value: float, unit: str, words: str) -> None:
    assert with_unit(value, unit) == words


def test_exam_years_turn_on_the_first_of_may() -> None:
    assert summer_position(date(2003, 5, 1)) == 2003
    assert summer_position(date(2003, 4, 30)) == pytest.approx(2003 - 1 / 365)
    # 1 May to 1 September is 123 days, of 366 to 1 May 2004.
    assert summer_position(date(2003, 9, 1)) == pytest.approx(2003 + 123 / 366)


def test_a_flat_line_far_from_zero_stands_in_the_middle() -> None:
    # A twentieth of 1,000 is 50, so 975 to 1,025 is shown, on steps of 10.
    assert free_domain([1000.0], 7) == (970, 1030)


def test_what_is_not_a_number_is_a_gap() -> None:
    assert [drawable(value) for value in (None, math.nan, math.inf)] == [None] * 3
    assert drawable(-1e300) == -1e12
