"""The school's year: from 1 September to 31 August."""

from datetime import date

SEPTEMBER, OCTOBER = 9, 10


def academic_year(day: date) -> int:
    """Return the calendar year in which the academic year of `day` began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def year_span(year: int) -> tuple[date, date]:
    """Return the first and the last day of the academic year that began in `year`."""
    return date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER - 1, 31)


def closes_on(year: int) -> date:
    """Return the day from which only programme staff enter days of that year."""
    return date(year + 1, OCTOBER, 1)


def year_words(year: int) -> str:
    """Return an academic year as 2006/07."""
    return f"{year}/{(year + 1) % 100:02d}"
