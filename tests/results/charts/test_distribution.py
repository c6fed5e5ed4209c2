from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from results.charts.distribution import Bar, Cut, bars_of, distribution_chart, key
from results.figures.threshold import tally_of, total_of

TALLY = [(-1.2, 1), (-0.8, 1), (-0.5, 2), (-0.3, 1), (-0.1, 1), (0.4, 1)]


def drawn(bars: list[Bar], *cuts: Cut, narrow: bool = False) -> str:
    return distribution_chart(
        bars,
        cuts or [Cut(-0.5, "The rule's cut", "Cut")],
        title="Four of seven are in",
        description="Scores",
        chart_id="d",
        axis="Progress 8 score",
        decimals=2,
        is_signed=True,
        narrow=narrow,
    )


def test_no_bar_straddles_the_cut() -> None:
    bars = bars_of(TALLY, -0.5, -0.3, decimals=2, most=4)
    # A span of 1.6 in at most four steps is steps of 0.5, the edges at -0.5 and so on.
    assert [(round(bar.low, 2), round(bar.high, 2)) for bar in bars] == [
        (-1.5, -1.0),
        (-1.0, -0.5),
        (-0.5, 0.0),
        (0.0, 0.5),
    ]
    assert [(bar.eligible, bar.near, bar.above) for bar in bars] == [
        (1, 0, 0),
        (3, 0, 0),
        (0, 1, 1),
        (0, 0, 1),
    ]


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=60), st.data())
def test_every_school_is_in_one_bar(hundredths: list[int], data: st.DataObject) -> None:
    tally = tally_of(each / 100 for each in hundredths)
    cut = data.draw(st.sampled_from([score for score, _ in tally]))
    bars = bars_of(tally, cut, None, decimals=2)
    assert sum(bar.schools for bar in bars) == total_of(tally)
    assert sum(bar.eligible for bar in bars) == sum(n for s, n in tally if s <= cut)
    assert len(bars) <= 42


def test_the_parts_differ_in_more_than_colour() -> None:
    picture = drawn(bars_of(TALLY, -0.5, -0.3, decimals=2, most=4))
    assert 'fill="url(#d-wide-hatch)"' in picture
    assert 'id="d-wide-hatch"' in picture
    assert "chart-hollow" in picture
    assert len({key("eligible", "d"), key("near", "d"), key("above", "d")}) == 3


def test_the_cut_is_named_and_a_tried_one_is_dashed() -> None:
    bars = bars_of(TALLY, -0.5, -0.3, decimals=2)
    tried = Cut(-0.3, "The cut you try", "Tried", is_tried=True)
    both = drawn(bars, Cut(-0.5, "The rule's cut", "Cut"), tried)
    assert "The rule&#x27;s cut \u22120.50" in both
    assert "The cut you try \u22120.30" in both
    assert both.count("stroke-dasharray") == 1
    assert "stroke-dasharray" not in drawn(bars)


def test_a_phone_gets_a_picture_of_its_own_that_is_well_formed() -> None:
    bars = bars_of(TALLY, -0.5, -0.3, decimals=2)
    for narrow, width in ((False, "1000"), (True, "340")):
        root = ET.fromstring(drawn(bars, narrow=narrow))  # noqa: S314 -- our own text
        assert root.attrib["viewBox"].split()[2] == width
        assert root.attrib["role"] == "img"


def test_a_single_score_is_one_bar_and_no_score_none() -> None:
    assert [bar.schools for bar in bars_of([(1000.0, 3)], 1000, None, decimals=1)] == [
        3
    ]
    assert bars_of([], 0, None, decimals=1) == []
    assert drawn(bars_of([(-0.5, 3)], -0.5, None, decimals=2))


def test_a_line_at_the_far_right_is_named_at_its_left() -> None:
    bars = bars_of(TALLY, -0.5, -0.3, decimals=2)
    assert 'text-anchor="end" font-weight="600">Cut +0.40' in drawn(
        bars, Cut(0.4, "The rule's cut", "Cut"), narrow=True
    )
