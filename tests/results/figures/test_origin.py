"""Where a mean gain comes from, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.origin import origin_of

POINTS = st.floats(-50, 50)


def test_the_parts_are_england_a_low_start_and_what_is_left() -> None:
    # 7.0 in all; schools that started as low would have gained 7.0 - 4.3 = 2.7, which
    # is 1.3 more than England's 1.4.
    found = origin_of(7.0, 1.4, (4.3, 3.8, 4.8))
    assert found.england == 1.4
    assert found.similar == pytest.approx(1.3)
    assert found.beyond == 4.3
    assert found.is_told_apart


def test_a_part_may_be_below_zero() -> None:
    # Similar schools would have gained 3.0 + 0.5 = 3.5: 2.1 more than England.
    found = origin_of(3.0, 1.4, (-0.5, -1.2, 0.2))
    assert found.similar == pytest.approx(2.1)
    assert not found.is_told_apart


@pytest.mark.parametrize(
    ("low", "high", "is_apart"),
    [(0.1, 2.0, True), (0.0, 2.0, False), (-2.0, 0.0, False), (-2.0, -0.1, True)],
)
def test_a_range_that_touches_none_is_not_told_apart(
    low: float, high: float, *, is_apart: bool
) -> None:
    assert origin_of(5.0, 1.0, ((low + high) / 2, low, high)).is_told_apart == is_apart


@given(POINTS, POINTS, POINTS)
def test_the_parts_add_up_to_the_gain(gain: float, england: float, more: float) -> None:
    assert origin_of(gain, england, (more, more, more)).total == pytest.approx(
        gain, abs=1e-9
    )
