import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from results.charts.spark import sparkline


def test_a_trend_runs_from_corner_to_corner() -> None:
    # 88 by 24 with 4 all round, values 40 apart: from (4, 20) to (84, 4).
    assert 'd="M4.0 20.0L44.0 12.0L84.0 4.0"' in sparkline([10, 30, 50])


def test_a_small_change_is_not_drawn_as_a_large_one() -> None:
    # A rise of 2 in a height of 20 covers a tenth of the 16 between the edges.
    assert 'd="M4.0 12.8L84.0 11.2"' in sparkline([40, 42])


def test_a_gap_breaks_the_trend_and_a_lone_year_is_a_dot() -> None:
    drawn = sparkline([10, 20, None, 30, None, 40, 50])
    assert drawn.count("M") == 2
    assert drawn.count("<circle") == 2


def test_no_values_keep_their_place() -> None:
    drawn = sparkline([None, None])
    assert "<path" not in drawn
    assert 'viewBox="0 0 88 24"' in drawn


def test_a_trend_without_a_name_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in sparkline([1, 2])
    named = sparkline([1, 2], label='Rose from "1" to <2>')
    assert 'role="img" aria-label="Rose from &quot;1&quot; to &lt;2&gt;"' in named


@given(st.lists(st.none() | st.floats(), max_size=8))
def test_any_numbers_stay_inside_the_picture(values: list[float | None]) -> None:
    drawn = sparkline(values)
    ET.fromstring(drawn)  # noqa: S314 - our own text
    for x, y in re.findall(r"([\d.-]+) ([\d.-]+)(?=[L\"M])", drawn.split(">", 1)[1]):
        assert 0 <= float(x) <= 88
        assert 0 <= float(y) <= 24
