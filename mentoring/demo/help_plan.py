"""Who helps whom in the demonstration, when, and how each pairing went.

Everything here is chosen: no publication says which school helped which. One mentor
has nine mentees and one has three, as was reported of the scheme.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from mentoring.demo.parameters import DEMO_TODAY
from mentoring.steps.pairing import (
    ACCEPT,
    ASK,
    BEGIN,
    CALL_OFF,
    DECLINE,
    END,
    EXPIRE,
    PAUSE,
    PROPOSE,
    Step,
)

MOST, FEW = 9, 3
"""Mentees of the mentor with most, and of one that is named for its three."""

USUAL = (7, 8)
"""Fewest and most mentees of the others."""

SECOND_SHARE, CHANGED_SHARE, REFERRED_SHARE = 0.36, 0.10, 0.25
"""Mentees with a second mentor in an area, those whose lead changed, and the second
mentors that the first referred to."""

BEGINNING = 21
"""Days from joining to help, on average."""

ENDINGS = ("The school closed.", "The school left the programme.")
CHANGES = (
    "The mentor's staff have changed.",
    "A school nearer by has room.",
    "The mentee asked for help in other things.",
)
PAUSES = ("An inspection: both schools asked for a rest.", "The head is ill.")
REFUSALS = ("Our staff are stretched until Easter.", "It is too far away.")
QUESTIONS = ("How many pupils sit the exams?", "Who would we work with there?")


@dataclass(frozen=True, slots=True)
class Member:
    """A school's time in one role, by the key of its membership."""

    pk: int
    school: int
    joined: date
    left: date | None = None

    def is_there(self, first: date, last: date | None) -> bool:
        """Return whether its time holds these days."""
        ends = last or date.max
        return self.joined <= first and ends <= (self.left or date.max)


@dataclass(slots=True)
class Story:
    """A pairing as it went: what was proposed, and each step with its day.

    `referred_from` is the place of another story among all; None where nobody
    referred it.
    """

    mentor: Member
    mentee: Member
    area: int
    asked_on: date
    started: date
    planned_days: int
    referred_from: int | None = None
    steps: list[tuple[Step, date, Mapping[str, Any]]] = field(default_factory=list)

    @property
    def takes_a_place(self) -> bool:
        """Return whether the mentor keeps a place for it at the end."""
        last = self.steps[-1][0] if self.steps else PROPOSE
        return last not in {DECLINE, EXPIRE, CALL_OFF, END}

    @property
    def helped_until(self) -> date | None:
        """Return the last day of help so far; None where none was given."""
        names = [step for step, _, _ in self.steps]
        if BEGIN not in names:
            return None
        last: date = DEMO_TODAY
        for step, day, given in self.steps:
            if step in {END, PAUSE}:
                last = min(given.get("ended", day), DEMO_TODAY)
        return last


def stories(
    mentees: Sequence[Member],
    mentors: Sequence[Member],
    areas: Sequence[int],
    chance: np.random.Generator,
) -> list[Story]:
    """Return every pairing; `areas` are their keys, the lead's first.

    The same draws give the same pairings.
    """
    lead, *others = areas
    desk = _Desk(mentors, chance)
    found = [
        story for mentee in mentees for story in _leads(desk, mentee, lead, chance)
    ]
    firsts = [at for at, story in enumerate(found) if story.helped_until is not None]
    for at in firsts:
        if chance.random() < SECOND_SHARE:
            area = others[int(chance.integers(len(others)))]
            second = _second(desk, found[at], area, chance)
            if second is not None:
                if chance.random() < REFERRED_SHARE:
                    second.referred_from = at
                found.append(second)
    found += _unsettled(desk, mentees, others, chance)
    return found


class _Desk:
    """Keeps how many mentees each mentor may have, and finds one with room."""

    def __init__(self, mentors: Sequence[Member], chance: np.random.Generator) -> None:
        self.chance = chance
        self.mentors = list(mentors)
        low, high = USUAL
        self.room = {
            each.pk: int(chance.integers(low, high + 1)) for each in self.mentors
        }
        stay = [each for each in self.mentors if each.left is None]
        self.room[stay[0].pk], self.room[stay[1].pk] = MOST, FEW
        self.taken: Counter[int] = Counter()

    def find(
        self, mentee: Member, first: date, last: date | None, but: Sequence[int] = ()
    ) -> Member | None:
        """Return a mentor with room that is there all the time; None without one."""
        able = [
            each
            for each in self.mentors
            if self.taken[each.pk] < self.room[each.pk]
            and each.is_there(first, last)
            and each.school != mentee.school
            and each.pk not in but
        ]
        if not able:
            return None
        # Those with most room are asked first, as programme staff do.
        most = max(self.room[each.pk] - self.taken[each.pk] for each in able)
        able = [
            each
            for each in able
            if self.room[each.pk] - self.taken[each.pk] >= most - 1
        ]
        chosen = able[int(self.chance.integers(len(able)))]
        self.taken[chosen.pk] += 1
        return chosen


def _leads(
    desk: _Desk, mentee: Member, lead: int, chance: np.random.Generator
) -> Iterator[Story]:
    """Yield a mentee's lead mentor, and the one who came after where it changed."""
    first = mentee.joined + timedelta(days=int(chance.integers(7, 2 * BEGINNING)))
    ended = mentee.left
    has_changed = ended is None and chance.random() < CHANGED_SHARE
    if has_changed:
        ended = date(2005, 7, 22) + timedelta(days=int(chance.integers(0, 280)))
    if ended is not None and ended <= first:
        return
    mentor = desk.find(mentee, first, ended)
    if mentor is None:
        return
    yield _told((mentor, mentee), lead, (first, ended), chance)
    if ended is not None:
        desk.taken[mentor.pk] -= 1
    if has_changed and ended is not None:
        again = ended + timedelta(days=int(chance.integers(5, 40)))
        other = desk.find(mentee, again, None, [mentor.pk])
        if other is not None:
            yield _told((other, mentee), lead, (again, None), chance)


def _second(
    desk: _Desk, first: Story, area: int, chance: np.random.Generator
) -> Story | None:
    """Return a second mentor's help in an area, beside the first's."""
    began = first.started + timedelta(days=int(chance.integers(30, 400)))
    if first.mentee.left is not None or began > DEMO_TODAY - timedelta(days=30):
        return None
    mentor = desk.find(first.mentee, began, None, [first.mentor.pk])
    if mentor is None:
        return None
    return _told((mentor, first.mentee), area, (began, None), chance)


def _told(
    couple: tuple[Member, Member],
    area: int,
    days: tuple[date, date | None],
    chance: np.random.Generator,
) -> Story:
    """Return a pairing that was proposed, accepted and begun, and may have ended."""
    (mentor, mentee), (first, ended) = couple, days
    asked = first - timedelta(days=int(chance.integers(3, 15)))
    said_yes = asked + timedelta(days=int(chance.integers(1, 4)))
    story = Story(
        mentor, mentee, area, asked, first, int(chance.choice([5, 10, 15, 20]))
    )
    story.steps.append((ACCEPT, said_yes, {}))
    story.steps.append((BEGIN, first, {}))
    if ended is not None:
        reasons = ENDINGS if mentee.left else CHANGES
        given = {
            "ended": ended,
            "reason": str(chance.choice(reasons)),
            "again": str(chance.choice(["yes", "yes", "no", "unsure"])),
        }
        story.steps.append((END, ended, given))
    elif chance.random() < 0.02:  # noqa: PLR2004 -- seven or so rest
        day = DEMO_TODAY - timedelta(days=int(chance.integers(10, 50)))
        if day > first:
            why = str(chance.choice(PAUSES))
            story.steps.append((PAUSE, day, {"day": day, "reason": why}))
    return story


def _unsettled(
    desk: _Desk,
    mentees: Sequence[Member],
    areas: Sequence[int],
    chance: np.random.Generator,
) -> Iterator[Story]:
    """Yield proposals that wait, were asked about, declined, or not answered."""
    staying = [each for each in mentees if each.left is None]
    for pk, room in desk.room.items():
        # Those that are asked have a place to give.
        desk.room[pk] = room + 1 if FEW < room < MOST else room
    ways: tuple[tuple[int, tuple[Step, ...]], ...] = (
        (5, ()),
        (3, (ASK,)),
        (4, (DECLINE,)),
        (3, (EXPIRE,)),
        (4, (ACCEPT,)),
    )
    place = 0
    for count, steps in ways:
        for _ in range(count):
            mentee = staying[(17 * place + 5) % len(staying)]
            place += 1
            asked = DEMO_TODAY - timedelta(days=2 + place % 6)
            if EXPIRE in steps:
                asked = DEMO_TODAY - timedelta(days=40 + place)
            starts = DEMO_TODAY + timedelta(days=14 + place)
            mentor = desk.find(mentee, starts, None)
            if mentor is None:
                continue
            story = Story(mentor, mentee, areas[place % len(areas)], asked, starts, 10)
            story.steps = [_answer(step, asked, chance) for step in steps]
            if not story.takes_a_place:
                desk.taken[mentor.pk] -= 1
            yield story


def _answer(
    step: Step, asked: date, chance: np.random.Generator
) -> tuple[Step, date, Mapping[str, Any]]:
    """Return a step that answers a proposal, a day after it or when it expired."""
    if step == EXPIRE:
        return step, asked + timedelta(days=16), {}
    given: dict[str, Any] = {}
    if step == DECLINE:
        given["reason"] = str(chance.choice(REFUSALS))
    if step == ASK:
        given["words"] = str(chance.choice(QUESTIONS))
    return step, asked + timedelta(days=1), given
