"""Brings schools into the programme, one at a time or a file of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring import policies
from mentoring.actions.end_membership import set_last_day
from mentoring.actions.keep import keep
from mentoring.actions.mark_stale import mark_stale
from mentoring.models import EligibilityException, Event, Membership
from schools.models import School, User


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A school, its role and its dates in the programme; `left` is the last day.

    `why` lets in a mentee that is on no frozen list, `until` ends that exception.
    """

    school: School
    role: str
    joined: date
    left: date | None = None
    why: str = ""
    until: date | None = None


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
    joined: date,
    left: date | None = None,
    why: str = "",
    until: date | None = None,
    by: User | None,
    on: date,
) -> Membership:
    """Return the school's new membership.

    A mentee stands as eligible on a frozen list, or `why` says why it is let in: that
    is recorded as an exception, only where it is needed. Raises ValidationError with
    a sentence for the form.
    """
    membership = _enrol(Enrolment(school, role, joined, left, why, until), by, on)
    mark_stale()
    return membership


@transaction.atomic
def enrol_schools(
    *,
    enrolments: Sequence[Enrolment],
    is_partial: bool = False,
    by: User | None,
    on: date,
) -> Enrolled:
    """Enrol many schools, and work out the figures once.

    Where one is refused nothing is kept, unless `is_partial`. A school that is in the
    programme in that role from that day already is left as it is, but for a new last
    day; no last day says nothing about leaving.
    """
    effects: list[Effect | ValidationError] = []
    for enrolment in enrolments:
        try:
            with transaction.atomic():
                effects.append(_enrol_or_change(enrolment, by, on))
        except ValidationError as refusal:
            effects.append(refusal)
    is_refused = any(isinstance(each, ValidationError) for each in effects)
    is_kept = any(not isinstance(each, ValidationError) for each in effects)
    is_applied = not is_refused or (is_partial and is_kept)
    if not is_applied:
        transaction.set_rollback(True)
    elif Effect.ADDED in effects or Effect.CHANGED in effects:
        mark_stale()
    return Enrolled(tuple(effects), is_applied)


def _enrol_or_change(enrolment: Enrolment, by: User | None, on: date) -> Effect:
    held = Membership.objects.filter(
        school=enrolment.school, role=enrolment.role, joined=enrolment.joined
    ).first()
    if held is None:
        _enrol(enrolment, by, on)
        return Effect.ADDED
    if enrolment.left in {None, held.left}:
        return Effect.UNCHANGED
    set_last_day(held, enrolment.left, held.reason, by, on)
    return Effect.CHANGED


def _enrol(enrolment: Enrolment, by: User | None, on: date) -> Membership:
    policies.check_can_be_enrolled(enrolment.school)
    policies.check_joining_day(enrolment.joined, on)
    changes: dict[str, list[object]] = {"role": [None, str(enrolment.role)]}
    if enrolment.role == Membership.Role.MENTEE:
        exception = _let_in(enrolment, by, on)
        if exception is not None:
            changes["exception"] = [None, exception.pk]
    membership = Membership(
        school=enrolment.school,
        role=enrolment.role,
        joined=enrolment.joined,
        left=enrolment.left,
    )
    keep(membership)
    changes["joined"] = [None, enrolment.joined.isoformat()]
    if enrolment.left is not None:
        changes["left"] = [None, enrolment.left.isoformat()]
    Event.record(
        by,
        "enrolled a school",
        membership,
        on=enrolment.joined,
        school_id=enrolment.school.pk,
        changes=changes,
    )
    return membership


def _let_in(
    enrolment: Enrolment, by: User | None, on: date
) -> EligibilityException | None:
    """Return the exception that had to be recorded; None for an entitled school."""
    if policies.is_entitled(enrolment.school, on):
        return None
    if not enrolment.why.strip():
        policies.check_entitled(enrolment.school, on)
    exception = EligibilityException(
        school=enrolment.school,
        why=enrolment.why.strip(),
        granted_on=on,
        granted_by=by,
        until=enrolment.until,
    )
    keep(exception)
    return exception
