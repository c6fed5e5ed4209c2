"""Takes a pairing one step on, or takes the last step back; nothing is deleted.

Who may take which step from which state is in `mentoring.steps.pairing`. Each step is
written from what was seen: of two people at once one is first, and the other is told.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring import pairing_rules as rules
from mentoring.actions.keep import check
from mentoring.actions.mark_stale import mark_stale
from mentoring.actions.propose_pairing import as_recorded, last_day_to_answer
from mentoring.membership_rules import MOVED
from mentoring.models import Event, EventReason, Membership, Pairing
from mentoring.pairing_history import (
    RECORDED,
    came_with_the_yes,
    columns_before,
    is_creation,
    reason_left,
    steps_that_stand,
)
from mentoring.steps.membership import State as MembershipState
from mentoring.steps.pairing import (
    ACCEPT,
    BEGIN,
    CALL_OFF,
    CHANGE,
    DECLINE,
    END,
    EXPIRE,
    HELPED,
    PAUSE,
    RESUME,
    TELL,
    UNDO,
    Asks,
    State,
    Step,
)
from schools.constraints import sentence_of
from schools.models import User

REWRITTEN = "This pairing was changed after its last step. Look at where it stands now."


@transaction.atomic
def take_pairing_step(
    *,
    pairing: Pairing,
    step: Step,
    seen: int,
    by: User | None,
    on: date,
    **given: Any,
) -> Pairing:
    """Return the pairing after `step`; `given` has what the step asks for, by name.

    `seen` is the `steps_taken` that the person had before them. Raises
    ValidationError with a sentence for the form.
    """
    held = as_it_stands(pairing.pk)
    if held.steps_taken != seen:
        raise ValidationError(MOVED)
    if step == UNDO:
        if _take_back(held, given, by, on):
            _take_back(held, given, by, on)
        return held
    move_pairing(held, step, given, by=by, on=on)
    rests = MembershipState.PAUSED in {held.mentor.standing, held.mentee.standing}
    if step == ACCEPT and held.started <= on and not rests:
        move_pairing(held, BEGIN, {}, by=by, on=on)
    return held


def as_it_stands(pk: int) -> Pairing:
    """Return the pairing as the database has it now."""
    return Pairing.objects.with_schools().get(pk=pk)


def move_pairing(
    held: Pairing, step: Step, given: Mapping[str, Any], *, by: User | None, on: date
) -> None:
    """Write one step and its event; `given` has what `step.asks`, by name."""
    rules.check_step(held, step)
    reason, words = _asked(step, given, Asks.REASON), _asked(step, given, Asks.WORDS)
    new: dict[str, Any] = {}
    if step.target is not None:
        new = {"state": step.target, "since": on, "reason": reason}
    if words:
        new["words"] = words
    new.update(_columns(held, step, given, on))
    _write(held, step, new, said=reason or words, by=by, on=on)


SAY = {Asks.REASON: "Say why.", Asks.WORDS: "Write what is asked or told."}


def _asked(step: Step, given: Mapping[str, Any], name: Asks) -> str:
    """Return what a step asks to be said; empty where it asks for nothing."""
    if name not in step.asks:
        return ""
    said = str(given.get(name) or "").strip()
    if not said:
        raise ValidationError({name.value: SAY[name]})
    return said


def _columns(
    held: Pairing, step: Step, given: Mapping[str, Any], on: date
) -> dict[str, Any]:
    """Return what a step sets besides the state."""
    new: dict[str, Any] = {}
    if step in {ACCEPT, DECLINE}:
        new["answered_on"] = on
    elif step == TELL:
        new["answer_by"], new["reminded_on"] = last_day_to_answer(on), None
    elif step == BEGIN:
        rules.check_has_come(held, on)
        rules.check_nobody_rests(held.mentor, held.mentee)
        new["since"] = held.started
    elif step == EXPIRE:
        rules.check_is_late(held, on)
    elif step in {PAUSE, RESUME}:
        new["since"] = _needed(given, Asks.DAY)
        rules.check_state_day(held, new["since"], on)
        if step == PAUSE:
            rules.check_no_day_after(held, Asks.DAY, new["since"])
    elif step == END:
        rules.check_is_not_over(held, on)
        new["ended"] = new["since"] = _needed(given, Asks.ENDED)
        rules.check_last_day(held, new["ended"], on)
        new["handover"] = str(given.get(Asks.HANDOVER) or "").strip()
        new["again"] = given.get(Asks.AGAIN) or ""
    elif step == CHANGE:
        new = _changed(held, given, on)
    return new


def _changed(held: Pairing, given: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the columns of a pairing that has not begun, put right."""
    started, area = _needed(given, Asks.STARTED), given[Asks.AREA]
    rules.check_first_day(started, on)
    if area.pk != held.area_id:
        rules.check_area(area, on)
        rules.check_offers_any(held.mentor, area)
    new = {
        "area_id": area.pk,
        "started": started,
        "planned_days": given.get(Asks.DAYS) or 0,
    }
    if all(getattr(held, name) == value for name, value in new.items()):
        raise ValidationError("This is what it says already.")
    return new


def _needed(given: Mapping[str, Any], name: str) -> date:
    day = given.get(name)
    if not isinstance(day, date):
        raise ValidationError({name: "Enter a date."})
    return day


def _take_back(
    held: Pairing, given: Mapping[str, Any], by: User | None, on: date
) -> bool:
    """Put back what the last step that stands had changed; the first calls it off.

    Return whether it came with the step before: help that begins with the yes is taken
    back with it.
    """
    reason = str(given.get(Asks.REASON) or "").strip()
    if not reason:
        raise ValidationError({"reason": "Say why it is taken back."})
    standing = steps_that_stand(held)
    if not standing:
        raise ValidationError("There is no step left that could be taken back.")
    last = standing[-1]
    for name, (_, after) in last.changes.items():
        if name in RECORDED and as_recorded(getattr(held, name)) != after:
            raise ValidationError(REWRITTEN)
    if is_creation(last):
        rules.check_step(held, CALL_OFF)
        new: dict[str, Any] = {"state": State.CALLED_OFF, "since": on, "reason": reason}
    else:
        new = columns_before(last)
        state = str(new.get("state", held.state))
        new["reason"] = reason_left(standing[:-1], state)
        if "ended" in last.changes:
            new["handover"] = ""  # it was the ending's
        if state == State.PROPOSED:
            new["answer_by"], new["reminded_on"] = last_day_to_answer(on), None
    _write(held, UNDO, new, said=reason, by=by, on=on)
    return came_with_the_yes(standing)


def _write(
    held: Pairing,
    step: Step,
    new: Mapping[str, Any],
    *,
    said: str,
    by: User | None,
    on: date,
) -> None:
    """Write `new` where nobody came before, with its event and what was said."""
    seen, before = held.steps_taken, {name: getattr(held, name) for name in RECORDED}
    had_led = has_led(held)
    for name, value in new.items():
        setattr(held, name, value)
    check(held)
    try:
        with transaction.atomic():
            is_first = Pairing.objects.move(held, seen, **new)
    except IntegrityError as error:
        raise sentence_of(error, Pairing, Membership) from error
    if not is_first:
        raise ValidationError(MOVED)
    held.steps_taken = seen + 1
    changes = {
        name: [as_recorded(before[name]), as_recorded(getattr(held, name))]
        for name in RECORDED
        if before[name] != getattr(held, name)
    }
    event = Event.record(
        by,
        step.done,
        held,
        on=held.since if step.target is not None else on,
        school_id=held.mentee.school_id,
        other_school_id=held.mentor.school_id,
        changes=changes,
    )
    if said:
        EventReason.objects.create(event=event, text=said)
    if has_led(held) != had_led:
        mark_stale()


def has_led(held: Pairing) -> bool:
    """Return whether help began under it as lead: likely ranges are by lead mentor.

    A lead stands behind what its mentee gains from its first day on, so that pauses
    and its end move no figure (`mentoring.summary.leads`).
    """
    return held.standing in HELPED and held.area.is_lead
