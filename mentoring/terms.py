"""Working days of term, by which proposals are answered."""

from collections.abc import Sequence
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)

Span = tuple[date, date]
"""First and last day of a term, both in it."""


def is_working_day(day: date, terms: Sequence[Span]) -> bool:
    """Return whether schools work on `day`: from Monday to Friday, in a term.

    `terms` are in order and share no day. Past the last that is known every weekday
    counts, so that an answer falls due although nobody has entered next year's terms.
    """
    if day.weekday() >= SATURDAY:
        return False
    if not terms or day > terms[-1][1]:
        return True
    return any(first <= day <= last for first, last in terms)


def working_day_after(day: date, count: int, terms: Sequence[Span]) -> date:
    """Return the `count`-th working day after `day`; `count` is 1 or more."""
    found = day
    for _ in range(count):
        found += ONE_DAY
        while not is_working_day(found, terms):
            found += ONE_DAY
    return found


def working_days_until(day: date, last: date, terms: Sequence[Span]) -> int:
    """Return how many working days come after `day` up to `last`; 0 if it is over."""
    found = 0
    while day < last:
        day += ONE_DAY
        found += is_working_day(day, terms)
    return found
