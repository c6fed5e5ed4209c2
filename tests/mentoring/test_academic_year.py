from datetime import date

import pytest

from mentoring.academic_year import academic_year, closes_on, year_span, year_words


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2006, 9, 1), 2006),
        (date(2006, 12, 31), 2006),
        (date(2007, 1, 1), 2006),
        (date(2007, 8, 31), 2006),
        (date(2007, 9, 1), 2007),
    ],
)
def test_a_year_runs_from_september_to_august(day: date, year: int) -> None:
    assert academic_year(day) == year


def test_its_days_its_closing_and_its_name() -> None:
    assert year_span(2006) == (date(2006, 9, 1), date(2007, 8, 31))
    assert closes_on(2006) == date(2007, 10, 1)
    assert (year_words(2006), year_words(1999)) == ("2006/07", "1999/00")
