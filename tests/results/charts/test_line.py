import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.charts.line import Line, Mark, Point, caution_notes, line_chart
from results.charts.style import Kind

SVG = "{http://www.w3.org/2000/svg}"
KINDS: list[Kind] = ["programme", "school", "england", "rest", "similar"]


def line(
    values: list[float | None], *, first: int = 2002, kind: Kind = "programme",
    name: str = "Programme schools",
) -> Line:  # fmt: skip
    points = [Point(first + index, value) for index, value in enumerate(values)]
    return Line(kind, name, points, kind)


def chart(
    *lines: Line, marks: tuple[Mark, ...] = (), unit: str = "%", narrow: bool = False
) -> ET.Element:
    drawn = line_chart(
        lines, title="Results", description="Two lines", marks=marks, unit=unit,
        narrow=narrow, chart_id="results",
    )  # fmt: skip
    return ET.fromstring(drawn)  # noqa: S314 - our own text


def strokes(drawn: ET.Element) -> list[str]:
    return [
        element.attrib["d"]
        for element in drawn.iter(f"{SVG}path")
        if element.attrib.get("class", "").startswith("chart-line")
    ]


def words(drawn: ET.Element) -> list[str]:
    return [element.text or "" for element in drawn.iter(f"{SVG}text")]


def coordinates(drawn: ET.Element) -> list[tuple[float, float]]:
    found = []
    for element in drawn.iter():
        here = element.attrib
        numbers = re.findall(r"-?\d+(?:\.\d+)?", here.get("d", ""))
        found += list(zip(numbers[::2], numbers[1::2], strict=True))
        for x, y in (("x", "y"), ("cx", "cy")):
            if x in here:
                found.append((here[x], here[y]))
        if element.tag == f"{SVG}rect":
            found.append(
                (
                    str(float(here["x"]) + float(here["width"])),
                    str(float(here["y"]) + float(here["height"])),
                )
            )
    return [(float(x), float(y)) for x, y in found]


def test_values_stand_at_the_heights_worked_by_hand() -> None:
    # The plot is 300 high from 14 to 314, on an axis from 0 to 70.
    heights = re.findall(r" ([\d.]+)(?:L|$)", strokes(chart(line([0, 35, 63])))[0])
    assert heights == ["314", "164", "44"]


def test_years_stand_at_equal_distances() -> None:
    drawn = strokes(chart(line([10, 20, 30])))[0]
    first, second, third = (float(x) for x in re.findall(r"[ML]([\d.]+)", drawn))
    assert second - first == pytest.approx(third - second, abs=0.2)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_gap_is_a_gap(*, narrow: bool) -> None:
    drawn = chart(line([30, 31, None, 33, 34]), narrow=narrow)
    lines = [path for path in strokes(drawn) if "L" in path]
    # A phone's legend shows a piece of the line as well.
    assert len(lines) == (3 if narrow else 2)


def test_a_year_that_nobody_mentions_is_a_gap_too() -> None:
    points = [
        Point(2014, 40.0),
        Point(2015, 41.0),
        Point(2017, 43.0),
        Point(2018, 44.0),
    ]
    drawn = chart(Line("a", "Oakley", points, "school"))
    assert len(strokes(drawn)) == 2
    assert {"2014", "2015", "2016", "2017", "2018"} <= set(words(drawn))
    assert {"No", "figures"} <= set(words(drawn))


@pytest.mark.parametrize("at", [2014, 2013.5])
def test_no_line_crosses_a_break(at: float) -> None:
    before_and_after = line([50, 51, 45, 46], first=2012)
    drawn = chart(before_and_after, marks=(Mark(at, "New rules", "break"),))
    assert len(strokes(drawn)) == 2
    assert "New rules" in words(drawn)


def test_no_band_crosses_a_break() -> None:
    points = [Point(year, 40, 30, 50) for year in (2012, 2013, 2014, 2015)]
    drawn = chart(
        Line("a", "Oakley", points, "school"), marks=(Mark(2014, "New", "break"),)
    )
    bands = [e for e in drawn.iter() if e.get("class", "").startswith("chart-band")]
    assert len(bands) == 2


def test_a_lone_year_is_a_dot_with_its_band() -> None:
    drawn = chart(Line("a", "Oakley", [Point(2014, 40.0, 30.0, 50.0)], "programme"))
    assert strokes(drawn) == []
    assert len(list(drawn.iter(f"{SVG}circle"))) == 1
    assert any(e.get("class", "").startswith("chart-band") for e in drawn.iter())


def test_half_a_range_is_no_range() -> None:
    drawn = chart(Line("a", "Oakley", [Point(2014, 40.0, 30.0)], "programme"))
    assert not any(e.get("class", "").startswith("chart-band") for e in drawn.iter())


def test_lines_are_named_at_their_ends_with_their_last_figure() -> None:
    drawn = chart(line([30, 46.7]), line([50, 58.5], kind="england", name="England"))
    assert "England 58.5%" in words(drawn)
    assert "Programme schools 46.7%" in words(drawn)


def test_a_line_that_stops_early_says_when() -> None:
    drawn = chart(line([30, 46, 47]), line([50, 58, None], kind="rest", name="Oakley"))
    assert "Oakley 58% in 2003" in words(drawn)


def test_names_of_lines_that_end_together_do_not_collide() -> None:
    lines = [line([50, 50 + i / 10], kind=k, name=k) for i, k in enumerate(KINDS)]
    names = [
        float(e.attrib["y"])
        for e in chart(*lines).iter(f"{SVG}text")
        if e.get("class") == "chart-name"
    ]
    ordered = sorted(names)
    assert len(ordered) == len(KINDS)
    assert all(b - a >= 14 for a, b in pairwise(ordered))


def test_every_kind_has_a_dash_or_a_marker_of_its_own() -> None:
    looks = set()
    for kind in KINDS:
        drawn = chart(line([50, 51], kind=kind))
        stroke = next(
            e for e in drawn.iter() if e.get("class", "").startswith("chart-line")
        )
        spot = next(
            e for e in drawn.iter() if e.get("class", "").startswith("chart-marker")
        )
        corners = spot.get("d", spot.get("r", "")).count(" ")
        looks.add((stroke.get("stroke-dasharray"), spot.tag, corners, spot.get("r")))
    assert len(looks) == len(KINDS)


def test_beside_a_school_the_programme_is_dashed() -> None:
    drawn = chart(line([50, 51]), line([40, 41], kind="school", name="Oakley"))
    dashes = {
        e.attrib["class"]: e.get("stroke-dasharray")
        for e in drawn.iter()
        if e.get("class", "").startswith("chart-line")
    }
    assert dashes["chart-line chart-programme"] == "16 4"
    assert dashes["chart-line chart-school"] is None


def test_joining_is_a_dashed_upright_with_its_label() -> None:
    drawn = chart(line([30, 31, 40]), marks=(Mark(2002.4, "Joined 2002", "join"),))
    upright = next(e for e in drawn.iter() if e.get("class") == "chart-join")
    assert upright.get("stroke-dasharray")
    assert "Joined 2002" in words(drawn)


def test_a_mark_far_from_the_figures_is_left_out() -> None:
    drawn = chart(line([30, 31]), marks=(Mark(1996, "Joined 1996", "join"),))
    assert "Joined 1996" not in words(drawn)


def test_cautions_are_numbered_by_year_as_their_sentences_are() -> None:
    marks = (
        Mark(2004, "Equivalents began to count.", "caution"),
        Mark(2003, "A new form.", "caution"),
        Mark(2002.5, "Joined", "join"),
    )
    assert caution_notes(marks) == [
        (1, "A new form."),
        (2, "Equivalents began to count."),
    ]
    drawn = chart(line([30, 31, 32]), marks=marks)
    numbers = [
        e for e in drawn.iter(f"{SVG}text") if e.get("class") == "chart-caution-number"
    ]
    assert [e.text for e in numbers] == ["1", "2"]
    assert float(numbers[0].attrib["x"]) < float(numbers[1].attrib["x"])


def test_the_axis_goes_below_zero_when_the_figures_do() -> None:
    drawn = chart(line([-0.42, 0.11]), unit="")
    assert "\u22120.4" in words(drawn)
    assert "0.0" in words(drawn)
    assert "Programme schools 0.11" in words(drawn)


@pytest.mark.parametrize("lines", [[], [line([None, None])]])
def test_without_figures_the_picture_says_so(lines: list[Line]) -> None:
    assert words(chart(*lines)) == ["No figures to draw."]


def test_the_picture_is_named_by_ids_of_its_own() -> None:
    ids = set()
    for narrow in (False, True):
        drawn = chart(line([30, 31]), narrow=narrow)
        names = drawn.attrib["aria-labelledby"].split()
        own = {e.attrib["id"] for e in drawn.iter() if "id" in e.attrib}
        assert own == set(names)
        ids |= own
    assert len(ids) == 4
    assert drawn.attrib["role"] == "img"


def test_words_cannot_become_code() -> None:
    evil = "<script>alert('\"&')</script>\x00"
    drawn = line_chart(
        [Line(evil, evil, [Point(2003, 5.0)], "school")], title=evil, description=evil,
        marks=[Mark(2003, evil, kind) for kind in ("join", "break", "caution")],
        unit=evil, chart_id=evil,
    )  # fmt: skip
    assert "<script" not in drawn
    ET.fromstring(drawn)  # noqa: S314 - our own text


finite_or_not = st.none() | st.floats()
points = st.builds(
    Point, st.integers(1996, 2026), finite_or_not, finite_or_not, finite_or_not
)
any_lines = st.lists(
    st.builds(
        Line, st.text(max_size=3), st.text(max_size=60), st.lists(points, max_size=8),
        st.sampled_from(KINDS),
    ),
    max_size=5,
)  # fmt: skip
any_marks = st.lists(
    st.builds(
        Mark, st.floats(1990, 2030), st.text(max_size=50),
        st.sampled_from(["join", "caution", "break"]),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    lines=any_lines,
    marks=any_marks,
    unit=st.sampled_from(["%", "", "points"]),
    narrow=st.booleans(),
)
def test_whatever_the_figures_the_picture_is_whole(
    *, lines: list[Line], marks: list[Mark], unit: str, narrow: bool
) -> None:
    drawn = chart(*lines, marks=tuple(marks), unit=unit, narrow=narrow)
    width, height = (float(side) for side in drawn.attrib["viewBox"].split()[2:])
    for x, y in coordinates(drawn):
        assert 0 <= x <= width
        assert 0 <= y <= height
    assert not any("style" in element.attrib for element in drawn.iter())
