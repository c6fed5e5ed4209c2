"""Somebody takes what needs doing, leaves it again, or puts it aside for a time."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.models import Event, TodoNote
from schools.models import User

LONGEST = 92
"""Days for which a thing may be put aside."""


@transaction.atomic
def take_todo(*, kind: str, noun_id: int, by: User, on: date) -> TodoNote:
    """Return the note: `by` has it from now on, whoever had it before."""
    note, _ = TodoNote.objects.get_or_create(kind=kind, noun_id=noun_id)
    return _noted(note, "took what needs doing", by, on, owner_id=by.pk)


@transaction.atomic
def leave_todo(*, kind: str, noun_id: int, by: User, on: date) -> TodoNote:
    """Return the note: nobody has it. Raises ValidationError where nobody had."""
    note = TodoNote.objects.filter(kind=kind, noun_id=noun_id).first()
    if note is None or note.owner_id is None:
        raise ValidationError("Nobody has this any more.")
    return _noted(note, "left what needs doing", by, on, owner_id=None)


@transaction.atomic
def snooze_todo(
    *, kind: str, noun_id: int, until: date, by: User, on: date
) -> TodoNote:
    """Return the note: it is not shown before the day after `until`."""
    if not on <= until or (until - on).days > LONGEST:
        raise ValidationError(
            "Put it aside for a day at least and three months at most."
        )
    note, _ = TodoNote.objects.get_or_create(kind=kind, noun_id=noun_id)
    return _noted(note, "put aside what needs doing", by, on, snoozed_until=until)


@transaction.atomic
def unsnooze_todo(*, kind: str, noun_id: int, by: User, on: date) -> TodoNote:
    """Return the note: it is shown again. Raises ValidationError where it was."""
    note = TodoNote.objects.filter(kind=kind, noun_id=noun_id).first()
    if note is None or note.snoozed_until is None:
        raise ValidationError("This is shown already.")
    return _noted(note, "took up what was put aside", by, on, snoozed_until=None)


def _noted(
    note: TodoNote, verb: str, by: User, on: date, **new: int | date | None
) -> TodoNote:
    """Write `new` with its event; what stands already is left as it is."""
    changes = {
        name: [_text(getattr(note, name)), _text(value)]
        for name, value in new.items()
        if getattr(note, name) != value
    }
    if changes:
        TodoNote.objects.filter(pk=note.pk).update(**new)
        Event.record(by, verb, note, on=on, changes=changes)
    for name, value in new.items():
        setattr(note, name, value)
    return note


def _text(value: int | date | None) -> int | str | None:
    return value.isoformat() if isinstance(value, date) else value
