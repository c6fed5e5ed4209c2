import math

import pytest

from results.figures.figure import Figure, Missing, Release, weaker
from tests.results.figures.builders import figure


def test_final_replaces_revised_and_revised_replaces_provisional() -> None:
    assert Release.FINAL > Release.REVISED > Release.PROVISIONAL
    assert [each.label for each in Release] == ["provisional", "revised", "final"]


def test_the_whole_is_labelled_by_the_weaker_release() -> None:
    assert weaker(Release.FINAL, Release.PROVISIONAL) is Release.PROVISIONAL


def test_a_published_zero_is_a_value() -> None:
    assert figure(2016, 0.0).value == 0.0


@pytest.mark.parametrize("reason", [None, Missing.SUPPRESSED])
def test_a_figure_has_a_value_or_a_reason_and_not_both(reason: Missing | None) -> None:
    value = None if reason is None else 40.0
    with pytest.raises(ValueError, match="either a value or a reason"):
        Figure(2003, "5AC", "15-year-olds", Release.FINAL, value, reason=reason)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_value_is_a_finite_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        figure(2003, value)


@pytest.mark.parametrize(("number", "cohort"), [(-1, 10), (None, -1)])
def test_pupils_are_counted_from_zero(number: int | None, cohort: int) -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        figure(2003, 40.0, number=number, cohort=cohort)


@pytest.mark.parametrize("cohort", [10, None])
def test_no_more_pupils_reach_the_mark_than_there_are(cohort: int | None) -> None:
    with pytest.raises(ValueError, match="more pupils than its cohort"):
        figure(2003, 40.0, number=11, cohort=cohort)


@pytest.mark.parametrize("reason", Missing)
def test_every_missing_figure_says_why_in_a_sentence(reason: Missing) -> None:
    assert reason.sentence.endswith(".")
    assert reason.value not in reason.sentence or "_" not in reason.value
