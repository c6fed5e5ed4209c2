"""Decides the successions that wait, and takes decisions back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.actions.mark_stale import mark_stale
from mentoring.models import Event
from mentoring.models.membership import schools_in_programme
from schools.actions.accept_succession import accept_succession
from schools.actions.settle_succession import settle_succession
from schools.actions.undo_succession import undo_succession
from schools.models import Succession, User

State = Succession.State
VERBS = {
    State.ACCEPTED: "accepted a succession",
    State.MERGER: "recorded a merger",
    State.SPLIT: "recorded a split",
    State.APART: "kept two schools apart",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of some successions, and why."""

    state: Succession.State
    reason: str = ""


@transaction.atomic
def decide_succession(
    *, successions: Sequence[Succession], decision: Decision, by: User, on: date
) -> Sequence[Succession]:
    """Return `successions`, all decided alike, with the figures worked out.

    Raises ValidationError with a sentence for the form.
    """
    if not successions:
        raise ValidationError("Choose at least one of the links.")
    if decision.state == State.ACCEPTED:
        check_one_to_one(successions)
    for succession in successions:
        before = succession.state
        if decision.state == State.ACCEPTED:
            accept_succession(
                succession=succession,
                in_programme=schools_in_programme(),
                at=timezone.now(),
                by=by,
                reason=decision.reason,
            )
        else:
            settle_succession(
                succession=succession,
                state=decision.state,
                at=timezone.now(),
                by=by,
                reason=decision.reason,
            )
        _record(succession, VERBS[decision.state], before, by, on)
    mark_stale()
    return successions


def check_one_to_one(successions: Sequence[Succession]) -> None:
    """Refuse to let two schools be continued by one, or one by two, at a stroke."""
    earlier = {each.link.predecessor_id for each in successions}
    later = {each.link.successor_id for each in successions}
    if len(later) < len(successions):
        raise ValidationError(
            "Only one school can go on as the new one. Tick one link alone, or choose "
            "merger for all of them."
        )
    if len(earlier) < len(successions):
        raise ValidationError(
            "A school can go on as one school only. Tick one link alone, or choose "
            "split for all of them."
        )


@transaction.atomic
def undo_decisions(
    *, successions: Sequence[Succession], reason: str, by: User, on: date
) -> Sequence[Succession]:
    """Return `successions`, all waiting again: what was decided at once goes at once.

    The latest first. Raises ValidationError where one cannot be taken back; then none
    is.
    """
    for succession in sorted(successions, key=_decided, reverse=True):
        undo_decision(succession=succession, reason=reason, by=by, on=on)
    return successions


def _decided(succession: Succession) -> tuple[datetime, int]:
    assert succession.decided_at is not None
    return succession.decided_at, succession.pk


@transaction.atomic
def undo_decision(
    *, succession: Succession, reason: str, by: User, on: date
) -> Succession:
    """Return `succession`, waiting again as if nothing had been decided.

    Raises ValidationError with a sentence for the form.
    """
    before = succession.state
    undo_succession(succession=succession, by=by, reason=reason)
    _record(succession, "undid a decision", before, by, on)
    mark_stale()
    return succession


def _record(succession: Succession, verb: str, before: str, by: User, on: date) -> None:
    link = Succession.objects.with_ends().get(pk=succession.pk).link
    for school in {link.predecessor.school_id, link.successor.school_id}:
        Event.record(
            by,
            verb,
            succession,
            on=on,
            school_id=school,
            changes={"state": [before, str(succession.state)]},
        )
