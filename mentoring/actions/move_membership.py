"""Takes a membership one step on, or takes the last step back; nothing is deleted.

Who may take which step from which state is in `mentoring.steps.membership`. Each step
is written from what was seen: of two people at once one is first, and the other told.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring import membership_rules as rules
from mentoring import policies
from mentoring.actions.end_exception import end_granted_with
from mentoring.actions.keep import check
from mentoring.actions.mark_stale import mark_stale
from mentoring.actions.settle_pairings import settle_pairings, unsettle_pairings
from mentoring.membership_history import (
    is_creation,
    reason_left,
    states_before,
    steps_that_stand,
)
from mentoring.models import Event, EventReason, Membership
from mentoring.steps.membership import (
    ACCEPT,
    BY_DONE,
    CORRECT,
    OPEN,
    UNDO,
    Asks,
    State,
    Step,
)
from schools.constraints import sentence_of
from schools.models import User

FIELDS = ("state", "since", "joined", "left")
"""What an event of a step records, before and after."""


@transaction.atomic
def take_step(
    *,
    membership: Membership,
    step: Step,
    seen: int,
    joined: date | None = None,
    left: date | None = None,
    day: date | None = None,
    reason: str = "",
    with_pairings: bool = False,
    handover: str = "",
    by: User | None,
    on: date,
) -> Membership:
    """Return the membership after `step`; give it what the step asks for.

    `with_pairings` moves the school's pairings along; else an ending is refused while
    one goes on. `handover` is the note for who comes after in those that end. `seen` is
    the `steps_taken` that the person had before them. Raises ValidationError with a
    sentence for the form.
    """
    held = as_it_stands(membership.pk)
    if held.steps_taken != seen:
        raise ValidationError(rules.MOVED)
    if step == UNDO:
        changed = _take_back(held, seen, reason.strip(), by, on)
    else:
        given: dict[str, Any] = {
            Asks.JOINED: joined,
            Asks.LEFT: left,
            Asks.DAY: day,
            Asks.REASON: reason.strip(),
        }
        if with_pairings:
            given["pairings"] = settle_pairings(
                *(held, step),
                day=left or day or on,
                reason=reason.strip(),
                handover=handover,
                by=by,
                on=on,
            )
        changed = move(held, step, seen, given, by=by, on=on)
    if changed & {"joined", "left"}:
        mark_stale()
    return held


def as_it_stands(pk: int) -> Membership:
    """Return the membership as the database has it now."""
    return Membership.objects.select_related("school__continued_by").get(pk=pk)


def move(
    held: Membership,
    step: Step,
    seen: int,
    given: Mapping[str, Any],
    *,
    by: User | None,
    on: date,
) -> set[str]:
    """Write one step and its event, and return what changed; figures are the caller's.

    `given` has what `step.asks`, by name.
    """
    rules.check_step(held, step)
    reason = given.get(Asks.REASON) or ""
    if Asks.REASON in step.asks and not reason:
        raise ValidationError({"reason": rules.sentence_named("says_why")})
    new = (
        _correction(held, given, on) if step == CORRECT else _new(held, step, given, on)
    )
    took_effect = on if step == CORRECT else new["since"]
    return _write(
        held,
        step,
        seen,
        new,
        reason=reason,
        took_effect=took_effect,
        by=by,
        along=given.get("pairings") or (),
    )


def _new(
    held: Membership, step: Step, given: Mapping[str, Any], on: date
) -> dict[str, Any]:
    """Return the columns after a step to another state."""
    new: dict[str, Any] = {"state": step.target, "since": on, "reason": ""}
    if step == ACCEPT:
        new["joined"] = new["since"] = _needed(given, Asks.JOINED)
        policies.check_can_be_enrolled(held.school)
        policies.check_joining_day(new["joined"], on)
        rules.check_of_invitation(held, new["joined"])
        if held.role == Membership.Role.MENTEE:
            policies.check_entitled(held.school, on)
    elif Asks.LEFT in step.asks:
        new["left"] = new["since"] = _needed(given, Asks.LEFT)
        rules.check_last_day(held, new["left"], on)
    elif Asks.DAY in step.asks:
        new["since"] = _needed(given, Asks.DAY)
        rules.check_state_day(held, new["since"], on)
    if Asks.REASON in step.asks:
        new["reason"] = given[Asks.REASON]
    return new


def _correction(held: Membership, given: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the columns with the dates put right."""
    joined, left = _needed(given, Asks.JOINED), given.get(Asks.LEFT)
    policies.check_joining_day(joined, on)
    rules.check_corrected(held, joined, left)
    since = held.since
    if left is not None:
        since = left
        rules.check_not_too_far(left, on)
    elif since == held.joined:
        since = joined
    return {"joined": joined, "left": left, "since": since}


def _needed(given: Mapping[str, Any], name: str) -> date:
    day = given.get(name)
    if not isinstance(day, date):
        raise ValidationError({name: "Enter a date."})
    return day


def _take_back(
    held: Membership, seen: int, reason: str, by: User | None, on: date
) -> set[str]:
    """Put back what the last step that stands had changed.

    With the entry itself ends the exception that it granted.
    """
    standing = steps_that_stand(held)
    if not standing:
        raise ValidationError("There is no step left that could be taken back.")
    last = standing[-1]
    for name, (_, after) in last.changes.items():
        if name in FIELDS and _text(getattr(held, name)) != after:
            raise ValidationError(
                "This membership was changed after its last step, by an import or "
                "the undoing of one. Undo that first."
            )
    if not reason:
        raise ValidationError({"reason": "Say why it is taken back."})
    if is_creation(last):
        new: dict[str, Any] = {
            "state": State.WITHDRAWN,
            "since": on,
            "joined": None,
            "left": None,
            "reason": reason,
        }
    else:
        new = states_before(last, held.joined)
        state = new.get("state", held.state)
        new["reason"] = reason_left(standing[:-1], state)
        if state in OPEN:
            policies.check_can_be_enrolled(held.school)
    changed = _write(held, UNDO, seen, new, reason=reason, took_effect=on, by=by)
    if is_creation(last):
        end_granted_with(memberships=[held.pk], reason=reason, by=by, on=on)
    if along := last.changes.get("pairings"):
        undone = BY_DONE[last.verb]
        unsettle_pairings(along[1], undone, reason=reason, by=by, on=on)
    return changed


def _write(
    held: Membership,
    step: Step,
    seen: int,
    new: dict[str, Any],
    *,
    reason: str,
    took_effect: date,
    by: User | None,
    along: Collection[int] = (),
) -> set[str]:
    """Write `new` where nobody came before, with its event; return what changed.

    `along` are the pairings that were moved with it.
    """
    before = {name: getattr(held, name) for name in FIELDS}
    for name, value in new.items():
        setattr(held, name, value)
    check(held)
    try:
        with transaction.atomic():
            is_first = Membership.objects.move(held, seen, **new)
    except IntegrityError as error:
        raise sentence_of(error, Membership) from error
    if not is_first:
        raise ValidationError(rules.MOVED)
    held.steps_taken = seen + 1
    changes = {
        name: [_text(before[name]), _text(getattr(held, name))]
        for name in FIELDS
        if before[name] != getattr(held, name)
    }
    moved = {"pairings": [[], list(along)]} if along else {}
    event = Event.record(
        by,
        step.done,
        held,
        on=took_effect,
        school_id=held.school_id,
        changes={**changes, **moved},
    )
    if reason:
        EventReason.objects.create(event=event, text=reason)
    return set(changes)


def _text(value: Any) -> str | None:
    """Return a column as an event has it."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
