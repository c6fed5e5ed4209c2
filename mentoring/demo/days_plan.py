"""Which days of support were given in the demonstration, and what became of them.

Everything here is chosen: about ten thousand days, one in eight of them back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from mentoring.demo.parameters import DEMO_TODAY
from mentoring.steps.support_day import CONFIRM, QUERY, SILENCE, VOID, Step
from mentoring.terms import Span, is_working_day

BACK_SHARE, WHOLE_SHARE, PAIR_SHARE = 0.12, 0.55, 0.08
"""Days that went to the mentor, whole ones, and visits of two people."""

EVERY = 28
"""Working days from one visit to the next, on average."""

QUERIED_SHARE, VOIDED_SHARE, SAID_SHARE, TOPIC_SHARE = 0.01, 0.006, 0.5, 0.7
"""Days that were queried and voided, those that somebody confirmed, and those of a lead
mentor that were for an area."""

RECENT = timedelta(days=30)
"""Queries that are older have been answered."""

NOTES = (
    "Lesson observations and feedback",
    "Planned the revision programme",
    "Moderated coursework together",
    "Worked with the data manager on targets",
    "Visited evening classes",
    "Met the heads of department",
    "Team teaching in Year 11",
    "",
)


@dataclass(frozen=True, slots=True)
class Help:
    """A pairing in which days were given, from `first` to `last`.

    `mentor` and `mentee` are the schools' ids.
    """

    pairing: int
    mentor: int
    mentee: int
    area: int
    is_lead: bool
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Visit:
    """One entry: who of `school` gave how much on a day, and when it was logged.

    `last_step` is what became of it on `moved_on`: confirmed by somebody or by silence,
    queried or voided; None where it waits.
    """

    help: Help
    given_on: date
    givers: tuple[int, ...]
    is_whole: bool
    is_back: bool
    area: int
    note: str
    logged_on: date
    last_step: Step | None
    moved_on: date | None

    @property
    def school(self) -> int:
        """Return the school that gave the day and logged it."""
        return self.help.mentee if self.is_back else self.help.mentor


def visits(
    helps: Sequence[Help],
    staff: Mapping[int, Sequence[int]],
    areas: Sequence[int],
    spans: Sequence[Span],
    chance: np.random.Generator,
) -> Iterator[Visit]:
    """Yield every visit; `staff` are the people of each school, `areas` of the lead's.

    Nobody gives two visits on a day. The same draws give the same visits.
    """
    busy: set[tuple[int, date]] = set()
    for each in helps:
        for day in _days(each, spans, chance):
            is_back = bool(chance.random() < BACK_SHARE)
            people = staff[each.mentee if is_back else each.mentor]
            wanted = 2 if chance.random() < PAIR_SHARE else 1
            start = int(chance.integers(len(people)))
            order = [*people[start:], *people[:start]]
            free = [one for one in order if (one, day) not in busy][:wanted]
            if not free:
                continue
            busy.update((one, day) for one in free)
            visit = _visit(each, day, tuple(free), areas, chance)
            yield replace(visit, is_back=is_back)


def _days(
    help_: Help, spans: Sequence[Span], chance: np.random.Generator
) -> Iterator[date]:
    """Yield the days on which somebody came, in term."""
    day = help_.first
    while True:
        day += timedelta(days=int(chance.integers(EVERY // 2, 2 * EVERY)))
        while not is_working_day(day, spans):
            # Not everybody comes on the first day after the holidays.
            day += timedelta(days=int(chance.integers(1, 9)))
        if day > help_.last:
            return
        yield day


def _visit(
    help_: Help,
    day: date,
    givers: tuple[int, ...],
    areas: Sequence[int],
    chance: np.random.Generator,
) -> Visit:
    """Return a visit of `givers`, who are of the school that gives."""
    logged_on = min(day + timedelta(days=int(chance.integers(0, 7))), DEMO_TODAY)
    last_step, moved_on = _moved(logged_on, chance)
    area = help_.area
    if help_.is_lead and chance.random() < TOPIC_SHARE:
        area = areas[int(chance.integers(len(areas)))]
    return Visit(
        help=help_,
        given_on=day,
        givers=givers,
        is_whole=bool(chance.random() < WHOLE_SHARE),
        is_back=False,
        area=area,
        note=NOTES[int(chance.integers(len(NOTES)))],
        logged_on=logged_on,
        last_step=last_step,
        moved_on=moved_on,
    )


def _moved(
    logged_on: date, chance: np.random.Generator
) -> tuple[Step | None, date | None]:
    """Return what became of a day that was logged then, and when."""
    luck, was_said = chance.random(), chance.random() < SAID_SHARE
    soon, silence = logged_on + timedelta(days=2), logged_on + timedelta(days=14)
    if luck < VOIDED_SHARE:
        return VOID, min(soon, DEMO_TODAY)
    if luck < VOIDED_SHARE + QUERIED_SHARE and silence > DEMO_TODAY - RECENT:
        return QUERY, min(soon, DEMO_TODAY)
    if was_said and soon <= DEMO_TODAY:
        return CONFIRM, soon
    return (SILENCE, silence) if silence <= DEMO_TODAY else (None, None)
