"""The table of every published result of a school."""

from mentoring.pages.results import results_table

SHARED = {
    "words": {"A8": ["Attainment 8", "points", 1], "95EM": ["Grade 5+", "per cent", 1]},
    "breaks": [
        [2017, "grades", ["A8"], "refuse", "crossing", "In 2017 points changed."],
        [2018, "limits", ["A8"], "caution", "crossing", "In 2018 limits came in."],
    ],
}


def row(  # noqa: PLR0917 -- as the database gives them
    measure: str,
    year: int,
    value: float | None,
    cohort: int | None = 100,
    release: int = 2,
    urn: int = 100001,
    reason: str = "",
) -> tuple[object, ...]:
    return (urn, measure, year, "end of KS4", release, value, None, cohort, reason)


def table(*rows: tuple[object, ...]) -> list[tuple[str, ...]]:
    shown = results_table(rows, SHARED, min_publish=6, min_analyse=11)
    return [
        (each.measure, str(each.year), each.value or each.reason, each.change)
        for each in shown
    ]


def test_a_refused_break_gives_its_sentence_and_no_change() -> None:
    shown = results_table(
        [row("A8", 2016, 50.0), row("A8", 2017, 45.0), row("A8", 2018, 46.5)],
        SHARED,
        min_publish=6,
        min_analyse=11,
    )
    assert [each.change for each in shown] == ["", "", "+1.5"]
    assert shown[1].no_change == "In 2017 points changed."
    assert shown[2].caution == "In 2018 limits came in."


def test_the_strongest_release_stands() -> None:
    assert table(row("95EM", 2017, 30, release=1), row("95EM", 2017, 32)) == [
        ("Grade 5+", "2017", "32%", "")
    ]


def test_of_two_urns_the_one_with_a_value_stands() -> None:
    assert table(
        row("95EM", 2017, 32, urn=100001),
        row("95EM", 2017, None, urn=200001, reason="new_school"),
    ) == [("Grade 5+", "2017", "32%", "")]


def test_a_cohort_under_six_hides_the_whole_row() -> None:
    (shown,) = results_table(
        [row("95EM", 2017, 40, cohort=5)], SHARED, min_publish=6, min_analyse=11
    )
    assert shown.value == ""
    assert shown.cohort is None
    assert "few pupils" in shown.reason


def test_no_results_no_rows() -> None:
    assert table() == []
