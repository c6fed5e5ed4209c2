"""Takes a support day one step on: queried, answered, taken back, voided, restored.

Who may take which step from which state is in `mentoring.steps.support_day`. A day is
never deleted. Each step is written from what was seen: of two people at once one is
first, and the other is told.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring import day_rules as rules
from mentoring.models import Event, EventReason, SupportDay
from mentoring.steps.support_day import (
    HALVE,
    KEEP,
    QUERY,
    RESTORE,
    TAKE_BACK,
    VOID,
    WITHDRAW,
    State,
    Step,
)
from schools.constraints import sentence_of
from schools.models import School, User

MOVED = "Somebody else has changed this day. Look at where it stands now."

UNCONFIRMED = {"confirmed_on": None, "confirmed_by": None}
"""What is written of a day that nobody stands by any more."""

NO_QUERY: dict[str, Any] = {"queried_on": None, "queried_for": None, "query": ""}
"""What is written of a day that nobody asks about."""


def query_day(
    *, day: SupportDay, school: School, words: str, by: User | None, on: date
) -> SupportDay:
    """Return the day, queried by `school` with `words`; programme staff are to answer.

    `school` is one of the two of the pairing; the day's year is not closed. Of a day
    that was confirmed this takes back that it was; its history keeps it.
    """
    said = _said("words", words, "Say what is wrong with the day.")
    rules.check_can_be_queried(day, on)
    new: dict[str, Any] = {"queried_on": on, "queried_for": school, "query": said}
    unanswered = {"answered_on": None, "answer": ""}
    return _move(day, QUERY, said, by=by, on=on, **UNCONFIRMED, **new, **unanswered)


def withdraw_day_query(*, day: SupportDay, by: User | None, on: date) -> SupportDay:
    """Return the day, which is queried no more and waits to be confirmed again.

    Silence confirms it as long after as if it had been logged today. Its history keeps
    what was asked.
    """
    return _move(day, WITHDRAW, "", by=by, on=on, **NO_QUERY, waits_since=on)


def keep_day(*, day: SupportDay, words: str, by: User | None, on: date) -> SupportDay:
    """Return the queried day, kept with `words`, which both schools read."""
    said = _said("words", words, "Say why the day stands.")
    return _move(day, KEEP, said, by=by, on=on, **_answered(said, by, on))


def halve_day(*, day: SupportDay, words: str, by: User | None, on: date) -> SupportDay:
    """Return the queried whole day, of which half stands."""
    said = _said("words", words, "Say why half of the day stands.")
    if not as_it_stands(day.pk).is_whole:
        raise ValidationError("It is half a day already. Keep it, or void it.")
    new = _answered(said, by, on)
    return _move(day, HALVE, said, by=by, on=on, **new, second_half=False)


def void_day(*, day: SupportDay, reason: str, by: User | None, on: date) -> SupportDay:
    """Return the day, void with its reason."""
    return _void(day, VOID, reason, by, on)


def take_back_day(
    *, day: SupportDay, reason: str, by: User | None, on: date
) -> SupportDay:
    """Return the day, void with the reason of the school that logged it."""
    return _void(day, TAKE_BACK, reason, by, on)


def restore_day(
    *, day: SupportDay, words: str, by: User | None, on: date
) -> SupportDay:
    """Return the void day, which counts again.

    Raises ValidationError where the same half was given again since, or where the
    pairing no longer holds the day.
    """
    said = _said("words", words, "Say why the day counts again.")
    new: dict[str, Any] = {"voided_on": None, "voided_by": None, "why_voided": ""}
    new |= {"confirmed_on": on, "confirmed_by": by}
    return _move(day, RESTORE, said, by=by, on=on, **new)


def _answered(said: str, by: User | None, on: date) -> dict[str, Any]:
    """Return what an answer to a query writes: the day stands from now on."""
    return {
        "answered_on": on,
        "answer": said,
        "confirmed_on": on,
        "confirmed_by": by,
    }


def _void(
    day: SupportDay, step: Step, reason: str, by: User | None, on: date
) -> SupportDay:
    said = _said("reason", reason, "Say why the day is void.")
    new = {"voided_on": on, "voided_by": by, "why_voided": said}
    return _move(day, step, said, by=by, on=on, **new)


def as_it_stands(pk: int) -> SupportDay:
    """Return the day as the database has it now."""
    return SupportDay.objects.with_all().get(pk=pk)


def _said(field: str, text: str, sentence: str) -> str:
    said = text.strip()
    if not said:
        raise ValidationError({field: sentence})
    return said


@transaction.atomic
def _move(
    seen: SupportDay,
    step: Step,
    said: str,
    *,
    by: User | None,
    on: date,
    **new: Any,
) -> SupportDay:
    """Write one step where nobody came before, with its event and what was said."""
    held = as_it_stands(seen.pk)
    rules.check_step(held, step)
    assert step.target is not None
    before = held.standing
    typed = {name for name, value in new.items() if isinstance(value, str)}
    for name, value in new.items():
        setattr(held, name, value)
    every = {each.name for each in SupportDay._meta.concrete_fields}  # noqa: SLF001 -- Django's public-by-use API
    held.clean_fields(exclude=every - typed)
    try:
        with transaction.atomic():
            is_first = SupportDay.objects.move(held, **new, state=step.target)
    except IntegrityError as error:
        raise sentence_of(error, SupportDay) from error
    if not is_first:
        raise ValidationError(MOVED)
    held.state = step.target
    event = Event.record(
        by,
        step.done,
        held,
        on=on,
        school_id=held.pairing.mentee.school_id,
        other_school_id=held.pairing.mentor.school_id,
        changes={
            "state": [str(before), str(State(step.target))],
            **({"second_half": [True, False]} if step == HALVE else {}),
        },
    )
    if said:
        EventReason.objects.create(event=event, text=said)
    return held
