"""A sum as steps: each bar starts where the one above it ends."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from results.charts.steps import Step, steps_chart

SPACE = "{http://www.w3.org/2000/svg}"
ENGLAND = Step("England", 1.5, "england")
SIMILAR = Step("Similar schools", 2.5, "similar")
OURS = Step("Beyond <those>", 4.0, "programme", 3.0, 5.0)


def picture(*steps: Step, narrow: bool = False) -> ET.Element:
    return ET.fromstring(  # noqa: S314 -- our own picture
        steps_chart(
            steps,
            "All",
            title="Where",
            description="What",
            chart_id="origin",
            narrow=narrow,
        )
    )


def bars(drawn: ET.Element) -> list[tuple[float, float]]:
    """Return the two ends of each bar, in SVG units."""
    found = drawn.iter(f"{SPACE}rect")
    return [
        (
            float(each.get("x", "")),
            float(each.get("x", "")) + float(each.get("width", "")),
        )
        for each in found
    ]


@pytest.mark.parametrize("narrow", [False, True])
def test_each_bar_starts_where_the_one_above_ends(*, narrow: bool) -> None:
    total, *steps = bars(picture(ENGLAND, SIMILAR, OURS, narrow=narrow))
    assert steps[0][0] == total[0]
    for above, below in pairwise(steps):
        assert below[0] == pytest.approx(above[1], abs=0.11)
    assert steps[-1][1] == pytest.approx(total[1], abs=0.11)
    # 1.5, 2.5 and 4 of 8 points.
    whole = total[1] - total[0]
    shares = [(end - start) / whole for start, end in steps]
    assert shares == pytest.approx([1.5 / 8, 2.5 / 8, 4 / 8], abs=0.002)


def test_a_part_below_zero_goes_back() -> None:
    back = Step("Less", -1.0, "programme", -2.0, 0.5, is_sure=False)
    total, england, less = bars(picture(ENGLAND, back))
    assert less[1] == pytest.approx(england[1], abs=0.11)
    assert less[0] == pytest.approx(total[1], abs=0.11)


def test_a_sum_below_zero_lies_left_of_none() -> None:
    loss = Step("England", -1.5, "england")
    total, england = bars(picture(loss))
    assert total == england
    assert total[0] < total[1]


def test_what_is_not_sure_is_hollow_and_the_rest_is_not() -> None:
    unsure = Step("Beyond", 0.1, "programme", -0.5, 0.7, is_sure=False)
    *others, last = picture(ENGLAND, unsure).iter(f"{SPACE}rect")
    assert "chart-hollow" in last.get("class", "")
    assert last.get("stroke-dasharray")
    assert not any("chart-hollow" in each.get("class", "") for each in others)


def test_the_likely_range_reaches_from_low_to_high() -> None:
    drawn = picture(ENGLAND, SIMILAR, OURS)
    (start, end) = bars(drawn)[-1]
    point = (end - start) / 4
    strokes = [
        [float(each) for each in re.findall(r"[\d.]+", path.get("d", ""))]
        for path in drawn.iter(f"{SPACE}path")
        if path.get("class") == "chart-range"
    ]
    across, low, high = strokes
    assert (across[0], across[2]) == (low[0], high[0])
    assert low[0] == pytest.approx(start + 3 * point, abs=0.2)
    assert high[0] == pytest.approx(start + 5 * point, abs=0.2)


def test_every_part_is_named_with_its_figure() -> None:
    said = [each.text for each in picture(ENGLAND, SIMILAR, OURS).iter(f"{SPACE}text")]
    for words in ("All", "+8.0", "England", "+1.5", "Beyond <those>", "+4.0"):
        assert words in said


def test_words_and_bars_stay_inside_a_phones_picture() -> None:
    long = Step(
        "Similar schools that started as low gained more than England", 2, "rest"
    )
    drawn = picture(ENGLAND, long, OURS, narrow=True)
    width = float(drawn.get("viewBox", "").split()[2])
    assert all(0 <= start <= end <= width for start, end in bars(drawn))
    for each in drawn.iter(f"{SPACE}text"):
        assert len(each.text or "") * 15 * 0.58 <= width
