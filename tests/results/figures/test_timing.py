from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.timing import exam_years, exposure_years, last_year_supported

DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


def test_joining_on_the_first_of_may_belongs_to_the_next_summer() -> None:
    before, on = exam_years(date(2004, 4, 30)), exam_years(date(2004, 5, 1))
    assert (before.base, before.first) == (2003, 2004)
    assert (on.base, on.first) == (2004, 2005)


def test_joining_after_the_year_began_is_part_of_a_year() -> None:
    # 1 September 2003 to 1 May 2004 is 243 days; 1 January leaves 121 of them.
    found = exam_years(date(2004, 1, 1))
    assert found.exposure == pytest.approx(121 / 243)
    assert found.is_part_year
    assert not exam_years(date(2003, 9, 1)).is_part_year


def test_a_school_that_left_stops_at_the_last_summer_it_was_supported_to() -> None:
    assert last_year_supported(date(2005, 4, 30)) == 2004
    assert last_year_supported(date(2005, 5, 1)) == 2005
    joined = date(2003, 9, 1)
    assert exposure_years(joined, 2006) == 3.0
    assert exposure_years(joined, 2006, left=date(2005, 5, 1)) == 2.0


def test_no_exams_had_support_before_the_first_year() -> None:
    assert exposure_years(date(2003, 9, 1), 2003) == 0.0
    assert exposure_years(date(2003, 9, 1), 2006, left=date(2003, 12, 1)) == 0.0


@given(DAYS)
def test_exposure_is_above_nothing_and_at_most_the_whole_year(joined: date) -> None:
    found = exam_years(joined)
    assert 0 < found.exposure <= 1
    assert found.first == found.base + 1
    assert joined < date(found.first, 5, 1)


@given(DAYS)
def test_joining_a_day_later_never_adds_exposure(joined: date) -> None:
    later = exposure_years(joined + timedelta(days=1), 2040)
    assert later <= exposure_years(joined, 2040)
