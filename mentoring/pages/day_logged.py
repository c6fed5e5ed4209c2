"""What somebody is told once a day of support is logged."""

from collections.abc import Sequence

from mentoring.academic_year import academic_year, year_words
from mentoring.day_rules import given_in
from mentoring.models import Programme, SupportDay
from mentoring.pages.pairing import days_words
from mentoring.pages.parts import day_words
from mentoring.pages.support_day import silent_until

SATURDAY = 5


def logged_sentence(days: Sequence[SupportDay], programme: Programme) -> str:
    """Return what was logged, and who has to confirm it by when."""
    first, given = days[0], sum(day.halves for day in days)
    who = " and ".join(day.giver.name for day in days)
    return (
        f"Logged: {days_words(given)} of {who} on {day_words(first.given_on)}. "
        f"{first.other_school} can confirm it until "
        f"{day_words(silent_until(first, programme))}."
    )


def weekend_sentence(day: SupportDay) -> str:
    """Return that a day was no school day; empty from Monday to Friday."""
    if day.given_on.weekday() < SATURDAY:
        return ""
    return f"It was a {day.given_on:%A}. If that is a slip, it can be put right below."


def guideline_sentence(day: SupportDay, programme: Programme) -> str:
    """Return that a giver is past the guideline of days a year; empty if not."""
    year = academic_year(day.given_on)
    given = given_in(day.giver, year)
    if given <= 2 * programme.most_days_each:
        return ""
    return (
        f"{day.giver.name} has given {days_words(given)} in {year_words(year)}; the "
        f"guideline is {programme.least_days_each} to {programme.most_days_each}."
    )
