"""Gains as a swarm or as bars."""

import math
import re
from itertools import combinations, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from results.charts.swarm import (
    Bin,
    Dot,
    Level,
    bars_chart,
    bin_words,
    bins_of,
    layout,
    swarm_chart,
)

LEVELS = [
    Level(7.0, "Mean of programme schools", "programme", "Mean"),
    Level(1.4, "England", "england", "England"),
]
WORDS: dict[str, Any] = {
    "title": "Gains",
    "description": "Each dot is a school.",
    "chart_id": "gains",
}
CIRCLE = re.compile(r'<circle cx="([\d.-]+)" cy="([\d.-]+)" r="([\d.]+)"')


def circles(picture: str) -> list[tuple[float, float, float]]:
    return [(float(x), float(y), float(r)) for x, y, r in CIRCLE.findall(picture)]


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=80), st.sampled_from([1.0, 5.0])
)
def test_no_two_dots_overlap(places: list[float], radius: float) -> None:
    rising = sorted(places)
    offsets = layout(rising, radius)
    for one, other in combinations(zip(rising, offsets, strict=True), 2):
        assert math.dist(one, other) >= 2 * radius


def test_dots_that_do_not_meet_stand_in_the_middle() -> None:
    # Dots of radius 2 stand 5 apart: the third meets none of the others.
    assert layout([0, 10, 20], 2) == [0, 0, 0]


def test_dots_at_one_place_stand_above_and_below_in_turn() -> None:
    assert layout([10, 10, 10], 2) == [0, 5, -5]


def test_drawn_dots_stay_apart_inside_the_picture() -> None:
    dots = [Dot(at % 17 / 2, f"School {at}") for at in range(350)]
    picture = swarm_chart(dots, LEVELS, **WORDS)
    drawn = circles(picture)
    assert len(drawn) == 350
    (height,) = re.findall(r'viewBox="0 0 1000 ([\d.]+)"', picture)
    for x, y, radius in drawn:
        assert x - radius >= 0
        assert x + radius <= 1000
        assert y - radius >= 0
        assert y + radius <= float(height)
    # Coordinates are rounded to a tenth, dots stand a whole unit apart.
    for (x, y, radius), (x2, y2, _) in combinations(drawn, 2):
        assert math.dist((x, y), (x2, y2)) >= 2 * radius


def test_the_same_schools_in_any_order_make_the_same_picture() -> None:
    dots = [Dot(at * 7 % 11, f"School {at}") for at in range(40)]
    assert swarm_chart(dots, LEVELS, **WORDS) == swarm_chart(
        dots[::-1], LEVELS, **WORDS
    )


def test_a_larger_gain_stands_further_right() -> None:
    dots = [Dot(-4.0, "A"), Dot(0.0, "B"), Dot(12.0, "C")]
    places = [x for x, _, _ in circles(swarm_chart(dots, LEVELS, **WORDS))]
    assert places == sorted(places)
    # -4 to 12 makes an axis of -4 to 12 in steps of 2 from 12 to 988: 61 a point
    assert places == [12, 256, 988]


def test_a_dot_leads_to_its_school_by_mouse_only() -> None:
    picture = swarm_chart([Dot(7.04, 'St "A" & B', "/schools/7/")], LEVELS, **WORDS)
    assert '<a href="/schools/7/" tabindex="-1">' in picture
    assert "<title>St &quot;A&quot; &amp; B: +7.0</title>" in picture
    assert 'role="group"' in picture
    assert 'aria-hidden="true"' in picture


def test_the_lines_are_named_with_their_values() -> None:
    dots = [Dot(5.0, "A"), Dot(9.0, "B")]
    wide = swarm_chart(dots, LEVELS, **WORDS)
    assert "Mean of programme schools +7.0" in wide
    assert "England +1.4" in wide
    narrow = swarm_chart(dots, LEVELS, **WORDS, narrow=True)
    assert ">Mean +7.0<" in narrow
    assert narrow.count("h0") == 2  # a point of the path for each school


def test_bins_count_every_school_once_and_zero_is_an_edge() -> None:
    # a span of 11 in at most 30 steps: bins of 1 point
    found = bins_of([-1.0, -0.2, 0.0, 0.9, 1.0, 10.0])
    counts = {each.low: each.n_schools for each in found if each.n_schools}
    assert counts == {-1.0: 2, 0.0: 2, 1.0: 1, 10.0: 1}
    assert [each.low for each in found] == list(range(-1, 11))
    assert all(one.high == other.low for one, other in pairwise(found))
    assert bins_of([]) == []


def test_a_bin_says_what_it_holds() -> None:
    assert bin_words(Bin(-2.0, 0.0, 4)) == "\u22122 to under 0"


def test_bars_are_as_high_as_their_schools_are_many() -> None:
    picture = bars_chart([Bin(0, 2, 50), Bin(2, 4, 100)], LEVELS, **WORDS)
    low, high = (float(one) for one in re.findall(r' height="([\d.]+)" fill', picture))
    assert high == 2 * low
    assert "<title>+2 to under +4: 100</title>" in picture
