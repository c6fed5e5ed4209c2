"""The joined headline line: which measure when, and where it stops."""

from results.figures.breaks import Break
from results.figures.figure import Figure, Missing, Release
from results.figures.headline import Headline, Seam, latest_run, measure_of, seams

OLD = Headline("5ACEM", "five good grades", 2006, 2015)
NEW = Headline("95EM", "grade 5 or above", 2017, None)
REFUSED = Break(
    2014, "first entry", frozenset({"5ACEM"}), "refuse", "crossing", "Only first tries."
)
CAUTION = Break(
    2010, "IGCSEs", frozenset({"5ACEM"}), "caution", "crossing", "IGCSEs came in."
)


def series(**values: float | None) -> dict[int, Figure]:
    return {
        int(name[1:]): Figure(
            int(name[1:]),
            "5ACEM",
            "end of KS4",
            Release.FINAL,
            value,
            reason=None if value is not None else Missing.SUPPRESSED,
        )
        for name, value in values.items()
    }


def test_the_first_headline_that_covers_a_year_counts() -> None:
    own = Headline("94EM", "grade 4 or above", 2017, None)
    assert measure_of([own, NEW], 2018) == own
    assert measure_of([OLD, NEW], 2015) == OLD
    assert measure_of([OLD, NEW], 2016) is None


def test_a_line_stops_where_the_measure_changes_and_says_both() -> None:
    assert seams([2015, 2017, 2018], [OLD, NEW], []) == (
        Seam(
            2017,
            ("From 2017 the headline is grade 5 or above; before, it was five good "
             "grades.",),
        ),
    )  # fmt: skip


def test_a_line_stops_at_a_refusal_and_not_at_a_caution() -> None:
    found = seams([2009, 2010, 2013, 2014], [OLD], [REFUSED, CAUTION])
    assert found == (Seam(2014, ("Only first tries.",)),)


def test_a_year_without_a_headline_stops_nothing() -> None:
    assert seams([2015, 2016], [OLD, NEW], [REFUSED]) == ()


def test_the_latest_run_is_at_most_so_long_and_crosses_no_seam() -> None:
    every = series(y2010=40, y2011=41, y2012=42, y2013=43, y2014=30, y2015=31)
    assert latest_run(every, [], 3) == (2012, 2015)
    assert latest_run(every, [Seam(2014, ())], 3) == (2014, 2015)


def test_a_run_starts_and_ends_at_years_with_a_value() -> None:
    gaps = series(y2010=40, y2011=None, y2012=42, y2013=None)
    assert latest_run(gaps, [], 1) is None
    assert latest_run(gaps, [], 3) == (2010, 2012)
    assert latest_run({}, [], 3) is None
