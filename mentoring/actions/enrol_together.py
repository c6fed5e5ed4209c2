"""Enrols or invites many schools at one go, and takes the whole set back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring.actions.end_exception import end_granted_with
from mentoring.actions.enrol_school import Desk
from mentoring.actions.mark_stale import mark_stale
from mentoring.enrolling import Enrolment, Facts
from mentoring.models import EnrolmentSet, Event, EventReason, Membership
from mentoring.steps.membership import UNDO, State
from schools.models import School, User


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms schools come in: all alike.

    `state` is active from `joined`, or invited without. `why` lets in mentees on no
    frozen list; without it they are left out.
    """

    role: str
    state: State
    joined: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a school would get: added, in already, or refused by a sentence."""

    school: School
    is_added: bool = False
    is_in_already: bool = False
    is_let_in: bool = False
    refusal: str = ""


def judge(desk: Desk, schools: Sequence[School], terms: Terms) -> list[Outcome]:
    """Return what each school would get, and enter those that come in at `desk`."""
    found = []
    for school in schools:
        enrolment = Enrolment(
            school, terms.role, terms.joined, why=terms.why, state=terms.state
        )
        if any(row.is_open for row in desk.facts.of(enrolment)):
            found.append(Outcome(school, is_in_already=True))
            continue
        is_let_in = desk.facts.needs_exception(enrolment)
        try:
            desk.enter(enrolment)
        except ValidationError as refusal:
            found.append(Outcome(school, refusal=" ".join(refusal.messages)))
        else:
            found.append(Outcome(school, is_added=True, is_let_in=is_let_in))
    return found


@transaction.atomic
def enrol_together(
    *,
    token: UUID,
    schools: Sequence[School],
    terms: Terms,
    by: User | None,
    on: date,
) -> EnrolmentSet:
    """Return the set of those that came in; the same `token` again is the same set.

    Raises ValidationError where not one of them can come in.
    """
    made = EnrolmentSet(token=token, made_by=by, made_on=on, asked=len(schools))
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return EnrolmentSet.objects.get(pk=token)
    desk = Desk(Facts(schools, on), by, made)
    judge(desk, schools, terms)
    if not desk.rows:
        raise ValidationError("None of these schools can come in, so nothing was done.")
    desk.write()
    mark_stale()
    return made


def still_as_made(made: EnrolmentSet) -> "list[Membership]":
    """Return the memberships of the set on which no step was taken since."""
    rows = Membership.objects.filter(enrolment_set=made, steps_taken=0)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def undo_together(*, made: EnrolmentSet, reason: str, by: User | None, on: date) -> int:
    """Call off each membership of the set that nobody has moved; return how many.

    Each gets its own event, and never counts; an exception that was granted with one
    ends. Those that were moved are left alone.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why they are taken back."})
    rows = still_as_made(made)
    if not rows:
        raise ValidationError(
            "There is none left to take back: each has been moved since."
        )
    keys = [row.pk for row in rows]
    new = {"state": State.WITHDRAWN, "since": on, "joined": None, "left": None}
    done = Membership.objects.filter(pk__in=keys, steps_taken=0).update(
        **new, reason=reason.strip(), steps_taken=1
    )
    if done != len(rows):
        raise ValidationError("Somebody moved one of them just now. Try again.")
    events = [_taken_back(row, by, on) for row in rows]
    Event.objects.bulk_create(events)
    EventReason.objects.bulk_create(
        EventReason(event=event, text=reason.strip()) for event in events
    )
    end_granted_with(memberships=keys, reason=reason.strip(), by=by, on=on)
    mark_stale()
    return len(rows)


def _taken_back(row: Membership, by: User | None, on: date) -> Event:
    """Return the event of calling off a membership as it was made."""
    changes: dict[str, list[str | None]] = {
        "state": [row.state, State.WITHDRAWN.value],
        "since": [row.since.isoformat(), on.isoformat()],
    }
    if row.joined is not None:
        changes["joined"] = [row.joined.isoformat(), None]
    return Event.of(by, UNDO.done, row, on=on, school_id=row.school_id, changes=changes)
