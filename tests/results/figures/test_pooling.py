import pytest

from results.figures.figure import Figure, Missing, Release
from results.figures.pooling import pooled, pooled_value, reached
from tests.results.figures.builders import figure


def counted(number: int, cohort: int, release: Release = Release.FINAL) -> Figure:
    share = 100 * number / cohort
    return figure(2003, share, number=number, cohort=cohort, release=release)


def test_two_predecessors_are_summed_and_not_averaged() -> None:
    whole = pooled([counted(36, 120), counted(40, 80, Release.REVISED)])
    assert (whole.value, whole.number, whole.cohort) == (38.0, 76, 200)
    assert whole.release is Release.REVISED


def test_without_counts_the_percentages_are_weighed_by_cohort() -> None:
    whole = pooled([figure(2003, 30.0, cohort=120), figure(2003, 50.0, cohort=80)])
    assert whole.value == pytest.approx(38.0)
    assert (whole.number, whole.cohort) == (None, 200)


def test_one_suppressed_predecessor_hides_the_whole() -> None:
    hidden = figure(2003, None, reason=Missing.SUPPRESSED, cohort=5)
    empty = figure(2003, None, reason=Missing.BLANK, cohort=None)
    whole = pooled([counted(36, 120), empty, hidden])
    assert (whole.value, whole.reason) == (None, Missing.SUPPRESSED)
    assert (whole.number, whole.cohort) == (None, None)
    assert pooled([counted(36, 120), empty]).reason is Missing.BLANK


def test_a_predecessor_without_pupils_does_not_count() -> None:
    empty = figure(2003, None, reason=Missing.NO_ENTRIES, cohort=0)
    assert pooled([counted(36, 120), empty]) == counted(36, 120)
    assert pooled([empty, empty]).reason is Missing.NO_ENTRIES


def test_an_unknown_cohort_leaves_the_whole_unknown() -> None:
    whole = pooled([counted(36, 120), figure(2003, 50.0, cohort=None)])
    assert whole.reason is Missing.NOT_AVAILABLE


@pytest.mark.parametrize("figures", [[], [figure(2003, 40), figure(2004, 40)]])
def test_only_figures_of_one_year_are_pooled(figures: list[Figure]) -> None:
    with pytest.raises(ValueError, match="one year"):
        pooled(figures)


def test_figures_without_a_value_or_cohort_are_left_out_of_a_pooled_value() -> None:
    figures = [counted(30, 100), figure(2003, None), figure(2003, 90, cohort=None)]
    assert pooled_value(figures) == 30.0
    assert pooled_value([]) is None


def test_pupils_who_reached_the_mark_need_a_cohort() -> None:
    with pytest.raises(ValueError, match="value and the cohort"):
        reached(figure(2003, 40.0, cohort=None))
