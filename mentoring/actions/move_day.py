"""Takes a support day one step on: queried, kept, taken back or voided.

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
from mentoring.steps.support_day import KEEP, QUERY, TAKE_BACK, VOID, State, Step
from schools.constraints import sentence_of
from schools.models import User

MOVED = "Somebody else has changed this day. Look at where it stands now."


def query_day(*, day: SupportDay, words: str, by: User | None, on: date) -> SupportDay:
    """Return the day, queried with `words`; programme staff are to answer."""
    said = _said("words", words, "Say what is wrong with the day.")
    return _move(day, QUERY, said, by=by, on=on, queried_on=on, query=said)


def answer_query(
    *, day: SupportDay, keep: bool, words: str, by: User | None, on: date
) -> SupportDay:
    """Return the queried day, kept or voided with `words`, which both schools read."""
    if not keep:
        rules.check_step(as_it_stands(day.pk), KEEP)
        return void_day(day=day, reason=words, by=by, on=on)
    said = _said("words", words, "Say why the day stands.")
    return _move(
        day,
        KEEP,
        said,
        by=by,
        on=on,
        answered_on=on,
        answer=said,
        confirmed_on=on,
        confirmed_by=by,
    )


def void_day(
    *,
    day: SupportDay,
    reason: str,
    step: Step = VOID,
    by: User | None,
    on: date,
) -> SupportDay:
    """Return the day, void with its reason; TAKE_BACK is the step of who logged it."""
    assert step in {VOID, TAKE_BACK}
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
        changes={"state": [str(before), str(State(step.target))]},
    )
    EventReason.objects.create(event=event, text=said)
    return held
