"""Brings schools into the programme, one at a time or a file of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring import membership_rules as rules
from mentoring import policies
from mentoring.actions.keep import check
from mentoring.actions.mark_stale import mark_stale
from mentoring.actions.move_membership import move
from mentoring.enrolling import Enrolment, Facts, check_new, row_of
from mentoring.models import (
    EligibilityException,
    EnrolmentSet,
    Event,
    EventReason,
    Membership,
)
from mentoring.steps.membership import CORRECT, ENROL, INVITE, NEEDS_REASON, Asks, State
from schools.constraints import sentence_of
from schools.models import School, User

RECORDED = "entered a membership"
"""The verb for a state that no single step leads to, as a file may give."""


class Effect(StrEnum):
    """What became of one enrolment out of many."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What came of each enrolment, in order, or the sentences that refused it.

    `is_applied` is whether anything was kept.
    """

    effects: tuple[Effect | ValidationError, ...]
    is_applied: bool


@transaction.atomic
def enrol_school(
    *,
    school: School,
    role: str,
    joined: date | None,
    left: date | None = None,
    why: str = "",
    until: date | None = None,
    state: State | None = None,
    by: User | None,
    on: date,
) -> Membership:
    """Return the school's new membership; with `state` invited, its invitation.

    A mentee stands as eligible on a frozen list, or `why` says why it is let in: that
    is recorded as an exception, only where it is needed. Raises ValidationError with
    a sentence for the form.
    """
    enrolment = Enrolment(school, role, joined, left, why, until, state)
    desk = Desk(Facts([school], on), by)
    desk.enter(enrolment)
    (membership,) = desk.write()
    mark_stale()
    return membership


@transaction.atomic
def enrol_schools(
    *,
    enrolments: Sequence[Enrolment],
    is_partial: bool = False,
    enrolment_set: EnrolmentSet | None = None,
    by: User | None,
    on: date,
) -> Enrolled:
    """Enrol many schools in a few queries, and work out the figures once.

    Where one is refused nothing is kept, unless `is_partial`. A school that is in the
    programme in that role from that day already is left as it is, but for a new last
    day or a state that a step leads to; what is not given says nothing.
    """
    desk = Desk(Facts([each.school for each in enrolments], on), by, enrolment_set)
    effects: list[Effect | ValidationError] = []
    for enrolment in enrolments:
        try:
            effects.append(desk.take(enrolment))
        except ValidationError as refusal:
            effects.append(refusal)
    is_refused = any(isinstance(each, ValidationError) for each in effects)
    is_kept = any(not isinstance(each, ValidationError) for each in effects)
    is_applied = not is_refused or (is_partial and is_kept)
    if not is_applied:
        transaction.set_rollback(True)
    elif Effect.ADDED in effects or Effect.CHANGED in effects:
        desk.write()
        mark_stale()
    return Enrolled(tuple(effects), is_applied)


@dataclass
class Desk:
    """Takes enrolments one after another and writes the new ones together."""

    facts: Facts
    by: User | None
    enrolment_set: EnrolmentSet | None = None
    rows: list[Membership] = field(default_factory=list)
    exceptions: dict[int, EligibilityException] = field(default_factory=dict)

    def take(self, enrolment: Enrolment) -> Effect:
        """Enter a new membership, or move the one that the enrolment is about."""
        held = self.facts.match(enrolment)
        if held is None:
            self.enter(enrolment)
            return Effect.ADDED
        if is_said_already(enrolment, held):
            return Effect.UNCHANGED
        if held.pk is None:
            self.write()
        with transaction.atomic():
            self._move(enrolment, held)
        return Effect.CHANGED

    def enter(self, enrolment: Enrolment) -> None:
        """Judge a new membership, and keep it to be written."""
        row = row_of(enrolment, self.facts.on)
        row.enrolment_set = self.enrolment_set
        check_new(row, enrolment, self.facts)
        if self.facts.needs_exception(enrolment):
            self._let_in(enrolment, len(self.rows))
        self.rows.append(row)
        self.facts.add(row)

    def _let_in(self, enrolment: Enrolment, place: int) -> None:
        """Judge the exception that has to be recorded for the row at `place`."""
        exception = EligibilityException(
            school=enrolment.school,
            why=enrolment.why.strip(),
            granted_on=self.facts.on,
            granted_by=self.by,
            until=enrolment.until,
        )
        if enrolment.until is not None:
            check(exception)
        self.exceptions[place] = exception
        self.facts.entitled.add(enrolment.school.pk)

    def write(self) -> list[Membership]:
        """Write what was entered, each with its event; return the memberships."""
        rows, exceptions = self.rows, self.exceptions
        self.rows, self.exceptions = [], {}
        try:
            with transaction.atomic():
                EligibilityException.objects.bulk_create(exceptions.values())
                Membership.objects.bulk_create(rows)
        except IntegrityError as error:
            raise sentence_of(error, Membership) from error
        events = [
            self._event(row, exceptions.get(place)) for place, row in enumerate(rows)
        ]
        Event.objects.bulk_create(events)
        EventReason.objects.bulk_create(
            EventReason(event=event, text=row.reason)
            for row, event in zip(rows, events, strict=True)
            if row.state in NEEDS_REASON
        )
        return rows

    def _event(self, row: Membership, exception: EligibilityException | None) -> Event:
        changes: dict[str, list[object]] = {"role": [None, str(row.role)]}
        if exception is not None:
            changes["exception"] = [None, exception.pk]
        changes["state"] = [None, str(row.state)]
        for name in ("since", "joined", "left"):
            if (day := getattr(row, name)) is not None:
                changes[name] = [None, day.isoformat()]
        verbs = {State.INVITED: INVITE.done, State.ACTIVE: ENROL.done}
        plain = row.joined is not None and row.state == State.WITHDRAWN
        verb = ENROL.done if plain else verbs.get(State(row.state), RECORDED)
        return Event.of(
            self.by,
            verb,
            row,
            on=row.joined or row.since,
            school_id=row.school_id,
            changes=changes,
        )

    def _move(self, enrolment: Enrolment, held: Membership) -> None:
        """Take the one step that leads to what the enrolment says."""
        on, before = self.facts.on, held.standing
        given: dict[str, Any] = {
            Asks.JOINED: enrolment.joined,
            Asks.LEFT: enrolment.left,
            Asks.DAY: max(on, held.since),
            Asks.REASON: row_of(enrolment, on).reason,
        }
        step = CORRECT
        if enrolment.state in {None, before} and held.left is not None:
            policies.check_can_end(held, on)
            given[Asks.REASON] = enrolment.reason.strip() or "A file gave another day."
        else:
            has_joined = held.joined is not None
            step = rules.check_move(before, enrolment.standing, has_joined=has_joined)
        move(held, step, held.steps_taken, given, by=self.by, on=on)


def is_said_already(enrolment: Enrolment, held: Membership) -> bool:
    """Return whether the membership stands as the enrolment has it."""
    same_days = enrolment.left in {None, held.left}
    if enrolment.state is None:
        is_waiting = held.joined is None
        return same_days and not is_waiting
    return same_days and enrolment.state == held.state
