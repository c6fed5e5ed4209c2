"""Days of support in short lists: the latest of a pairing, and what is to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mentoring.academic_year import academic_year, year_span, year_words
from mentoring.models import Pairing, SupportDay
from mentoring.models.support_day import SupportDayQuerySet
from mentoring.pages.pairing import days_words, planned_words
from mentoring.pages.support_day import (
    TAGS,
    giving_school,
    length_words,
    reads_names,
    receiving_school,
)
from mentoring.permissions import Permission, may
from mentoring.steps.pairing import HELPED
from schools.models import Role
from schools.naming import counted

LATEST = 10
"""Days that a pairing's page shows."""

MOST_WAITING = 200
"""Days that the page of what is to confirm shows at once."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day in a short list."""

    day: SupportDay
    who: str
    what: str
    tag: str

    @property
    def way(self) -> str:
        """Return which school helped which."""
        return f"from {giving_school(self.day)} to {receiving_school(self.day)}"


def day_line(day: SupportDay, *, with_name: bool) -> DayLine:
    """Return a day for a short list."""
    return DayLine(
        day=day,
        who=day.giver.name if with_name else "",
        what=f"{length_words(day).capitalize()}, {day.area}",
        tag=TAGS[day.standing],
    )


@dataclass(frozen=True, slots=True)
class MonthToConfirm:
    """Days of one month that a school is to confirm; `seen` are their keys.

    Of one that is not `is_whole` further days wait, which are not shown yet.
    """

    first_day: date
    lines: Sequence[DayLine]
    seen: str
    is_whole: bool

    @property
    def words(self) -> str:
        """Return how many days of which month."""
        days = counted(len(self.lines), "day", "days")
        return f"{days} of {self.first_day:%B %Y}"


def months_to_confirm(rows: SupportDayQuerySet) -> list[MonthToConfirm]:
    """Return the days that wait, by month, the latest first."""
    days = list(rows.with_all().latest_first()[: MOST_WAITING + 1])
    shown = days[:MOST_WAITING]
    cut = {day.given_on.replace(day=1) for day in days[MOST_WAITING:]}
    months = []
    for month, together in groupby(shown, lambda day: day.given_on.replace(day=1)):
        lines = [day_line(day, with_name=True) for day in together]
        seen = ",".join(str(line.day.pk) for line in lines)
        months.append(MonthToConfirm(month, lines, seen, is_whole=month not in cut))
    return months


@dataclass(frozen=True, slots=True)
class PairingDays:
    """What a pairing's page says of its days: of the academic year, and the latest."""

    year: str
    given: str
    back: str
    planned: str
    lines: Sequence[DayLine]
    may_log: bool
    sees_all: bool


def pairing_days(
    pairing: Pairing, role: Role | None, rows: SupportDayQuerySet, on: date
) -> PairingDays:
    """Return the days of `pairing`; `rows` are those of them that `role` may see."""
    year = academic_year(on)
    this_year = rows.counted().filter(given_on__range=year_span(year))
    halves = dict.fromkeys(SupportDay.Direction.values, 0)
    for way, first, second in this_year.values_list(
        "direction", "first_half", "second_half"
    ):
        halves[way] += first + second
    latest = rows.with_all().latest_first()[:LATEST]
    names = reads_names(role)
    return PairingDays(
        year=year_words(year),
        given=days_words(halves[SupportDay.Direction.GIVEN]),
        back=days_words(halves[SupportDay.Direction.BACK]),
        planned=planned_words(pairing.planned_days),
        lines=[day_line(day, with_name=names) for day in latest],
        may_log=may(role, Permission.LOG_DAYS) and pairing.standing in HELPED,
        sees_all=role is not None and role.kind not in Role.AT_A_TRUST,
    )
