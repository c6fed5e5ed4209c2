from results.charts.series import Line, Point
from results.charts.table import figures_table


def test_every_year_has_a_row_and_every_gap_its_reason() -> None:
    school = Line(
        "school",
        "Oakley School",
        [
            Point(2005, 41.5, 31.0, 52.04),
            Point(2003, 30.0),
            Point(2004, None, reason="hidden: few pupils"),
        ],
        "school",
    )
    england = Line("england", "England", [Point(2003, 52.9)], "england")
    table = figures_table([school, england])
    assert table.columns == ["Year", "Oakley School", "England"]
    assert table.rows == [
        ["2003", "30.0%", "52.9%"],
        ["2004", "hidden: few pupils", "no figure"],
        ["2005", "41.5% (likely range 31.0% to 52.0%)", "no figure"],
    ]


def test_figures_published_as_whole_numbers_stay_whole() -> None:
    line = Line("a", "Oakley", [Point(2017, 32.0, 25.1, 39.5)], "school")
    assert figures_table([line]).rows == [["2017", "32% (likely range 25% to 40%)"]]


def test_no_lines_give_no_rows() -> None:
    assert figures_table([]).rows == []


def test_scores_near_zero_show_two_decimals_as_their_chart_does() -> None:
    line = Line("a", "Oakley", [Point(2016, -0.42), Point(2017, 0.11)], "school")
    assert figures_table([line], unit="").rows == [
        ["2016", "\u22120.42"],
        ["2017", "0.11"],
    ]
