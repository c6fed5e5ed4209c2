import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.breaks import Break
from results.figures.figure import Figure, Missing, Release
from results.figures.gains import Gain, NoGain, gain, slope, three_year_base_gain
from results.figures.reasons import Reason
from results.figures.spans import measured
from tests.results.figures.builders import broken, figure, series


def made(found: Gain | NoGain) -> Gain:
    assert isinstance(found, Gain), found
    return found


def refused(found: Gain | NoGain) -> Reason:
    assert isinstance(found, NoGain), found
    return found.reason


def test_thirty_to_forty_four_in_two_years_is_seven_points_a_year() -> None:
    found = made(gain(series({2003: 30, 2005: 44}), 2003, 2005))
    assert (found.per_year, found.change, found.years) == (7.0, 14.0, 2)
    assert (found.base.year, found.last.year) == (2003, 2005)
    assert found.cautions == ()
    assert not found.is_small
    assert not found.is_latest_earlier
    assert not found.is_base_earlier


def test_a_missing_year_between_the_ends_does_no_harm() -> None:
    found = gain(series({2003: 30, 2004: None, 2005: 44}), 2003, 2005)
    assert made(found).per_year == 7.0


def test_the_gain_is_labelled_by_the_weaker_release_of_its_ends() -> None:
    ends = {
        2003: figure(2003, 30),
        2005: figure(2005, 44, release=Release.PROVISIONAL),
    }
    assert made(gain(ends, 2003, 2005)).release is Release.PROVISIONAL


def test_a_missing_last_year_gives_way_to_the_latest_and_says_so() -> None:
    found = made(gain(series({2003: 30, 2004: 40, 2005: None}), 2003, 2005))
    assert found.per_year == 10.0
    assert found.is_latest_earlier
    assert found.cautions == ("There is no result for 2005, so this runs to 2004.",)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({2005: figure(2005, 44)}, Reason.NO_BASELINE),
        ({}, Reason.NO_BASELINE),
        ({2003: figure(2003, None)}, Reason.NO_BASELINE),
        (
            {2003: figure(2003, None, reason=Missing.SUPPRESSED)},
            Reason.BASELINE_SUPPRESSED,
        ),
        ({2003: figure(2003, 30)}, Reason.NOT_ENOUGH_YEARS),
        (
            {2003: figure(2003, 30), 2005: figure(2005, None)},
            Reason.NOT_ENOUGH_YEARS,
        ),
        (
            {
                2003: figure(2003, 30),
                2005: figure(2005, None, reason=Missing.SUPPRESSED),
            },
            Reason.LATEST_SUPPRESSED,
        ),
    ],
)
def test_a_missing_end_says_why(values: dict[int, Figure], reason: Reason) -> None:
    assert refused(gain(values, 2003, 2005)) is reason


def test_a_school_that_has_had_no_exams_since_joining_joined_too_recently() -> None:
    found = gain(series({2006: 40}), 2006, 2006)
    assert refused(found) is Reason.JOINED_TOO_RECENTLY
    three = three_year_base_gain(series({2006: 40}), 2006, 2006)
    assert refused(three) is Reason.JOINED_TOO_RECENTLY


def test_the_year_before_stands_in_for_the_base_only_when_allowed() -> None:
    years = series({2001: 20, 2002: 30, 2003: None, 2005: 45})
    assert refused(gain(years, 2003, 2005)) is Reason.NO_BASELINE
    found = made(gain(years, 2003, 2005, may_use_year_before=True))
    assert found.per_year == 5.0
    assert found.is_base_earlier
    assert found.cautions == ("There is no result for 2003, so this starts from 2002.",)


def test_the_year_before_is_not_used_when_the_base_is_there() -> None:
    years = series({2002: 20, 2003: 30, 2005: 44})
    assert made(gain(years, 2003, 2005, may_use_year_before=True)).base.year == 2003


def test_no_more_than_one_year_before_stands_in_for_the_base() -> None:
    years = series({2001: 20, 2005: 45})
    found = gain(years, 2003, 2005, may_use_year_before=True)
    assert refused(found) is Reason.NO_BASELINE


def test_a_refusing_break_gives_its_sentence_and_no_number() -> None:
    found = gain(series({2013: 60, 2014: 53}), 2013, 2014, [broken(2014)])
    assert found == NoGain(Reason.DEFINITION_BREAK, broken(2014))
    assert found.sentence == "Of 2014."


def test_a_cautioning_break_keeps_the_number_with_its_sentence() -> None:
    caution = broken(2004, kind="caution")
    found = made(gain(series({2003: 30, 2005: 44}), 2003, 2005, [caution]))
    assert found.per_year == 7.0
    assert found.cautions == ("Of 2004.",)
    assert found.cautioned_by == (caution,)


def test_a_missing_end_in_a_year_without_tables_names_the_break() -> None:
    closed = [broken(2020, applies="endpoint")]
    last = gain(series({2019: 60, 2020: None}), 2019, 2020, closed)
    base = gain(series({2020: None, 2023: 60}), 2020, 2023, closed)
    assert isinstance(last, NoGain)
    assert isinstance(base, NoGain)
    assert last.broken_by == base.broken_by == closed[0]


def test_a_base_missing_for_its_own_reason_is_not_blamed_on_a_later_break() -> None:
    closed = [broken(2022, applies="endpoint")]
    found = gain(series({2019: None, 2022: 60}), 2019, 2022, closed)
    assert refused(found) is Reason.NO_BASELINE


@pytest.mark.parametrize(
    ("cohort", "reason", "is_small"),
    [
        (10, Reason.SMALL_COHORT, None),
        (11, None, True),
        (29, None, True),
        (30, None, False),
        (None, None, False),
    ],
)
def test_cohorts_under_11_are_left_out_and_under_30_flagged(
    cohort: int | None, reason: Reason | None, *, is_small: bool | None
) -> None:
    for sizes in ((cohort, 200), (200, cohort)):
        ends = {
            year: figure(year, 40, cohort=size)
            for year, size in zip((2003, 2005), sizes, strict=True)
        }
        found = gain(ends, 2003, 2005)
        if reason:
            assert refused(found) is reason
        else:
            assert made(found).is_small is is_small


@pytest.mark.parametrize("what", ["measure", "population"])
def test_ends_that_count_different_things_are_refused(what: str) -> None:
    other = {"measure": "5ACEM", "population": "end of KS4"}[what]
    ends = {
        2005: figure(2005, 40),
        2006: figure(2006, 44, **{what: other}),  # type: ignore[arg-type]
    }
    found = gain(ends, 2005, 2006)
    assert found == NoGain(Reason.DEFINITION_BREAK)
    assert found.sentence == Reason.DEFINITION_BREAK.sentence


def test_the_three_year_base_removes_a_dip() -> None:
    years = series({2001: 30, 2002: 34, 2003: 29, 2005: 46})
    found = made(three_year_base_gain(years, 2003, 2005))
    assert (found.per_year, found.years) == (5.0, 3)
    assert (found.base.value, found.base.year, found.base.cohort) == (31.0, 2002, None)
    assert not found.is_base_earlier


def test_the_three_year_base_needs_all_three_years_and_a_later_one() -> None:
    assert (
        refused(
            three_year_base_gain(series({2001: 30, 2003: 29, 2005: 46}), 2003, 2005)
        )
        is Reason.NO_BASELINE
    )
    only_base = series({2001: 30, 2002: 34, 2003: 29})
    assert (
        refused(three_year_base_gain(only_base, 2003, 2005)) is Reason.NOT_ENOUGH_YEARS
    )


def test_a_break_inside_the_three_base_years_refuses_them() -> None:
    years = series({2013: 60, 2014: 53, 2015: 54, 2016: 55})
    found = three_year_base_gain(years, 2015, 2016, [broken(2014)])
    assert refused(found) is Reason.DEFINITION_BREAK


def test_the_three_year_base_is_as_settled_as_its_weakest_year() -> None:
    years = series({2001: 30, 2003: 29, 2005: 46})
    years[2002] = figure(2002, 34, release=Release.REVISED)
    found = made(three_year_base_gain(years, 2003, 2005))
    assert found.base.release is Release.REVISED


def test_the_slope_uses_every_year_and_needs_two() -> None:
    years = series({2002: 90, 2003: 30, 2004: 42, 2005: 44, 2006: 45, 2007: None})
    assert slope(years, 2003, 2006) == pytest.approx(4.7)
    assert slope(years, 2003, 2003) is None
    assert slope(years, 2007, 2009) is None


def test_a_change_needs_a_value_at_both_ends() -> None:
    with pytest.raises(ValueError, match="both ends"):
        measured(figure(2003, 30), figure(2005, None))


percentages = st.floats(0, 100)


@given(percentages, percentages, st.integers(1, 10))
def test_slope_and_end_points_agree_for_two_years(
    first: float, second: float, span: int
) -> None:
    years = series({2003: first, 2003 + span: second})
    found = made(gain(years, 2003, 2003 + span))
    assert slope(years, 2003, 2003 + span) == pytest.approx(found.per_year, abs=1e-9)


@given(percentages, percentages)
def test_turning_the_years_round_turns_the_sign(first: float, second: float) -> None:
    rise = made(gain(series({2003: first, 2005: second}), 2003, 2005))
    fall = made(gain(series({2003: second, 2005: first}), 2003, 2005))
    assert rise.per_year == -fall.per_year


def test_a_break_of_another_measure_is_no_matter() -> None:
    of_p8 = Break(2004, "cap", frozenset({"P8"}), "refuse", "crossing", "Cap.")
    assert made(gain(series({2003: 30, 2005: 44}), 2003, 2005, [of_p8])).change == 14
