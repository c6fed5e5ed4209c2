"""Adds, changes and removes the dates of school terms, by which answers fall due."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.keep import keep
from mentoring.membership_rules import FAR_AHEAD, day_text
from mentoring.models import Event, Term
from schools.models import User

LONGEST = 366
"""Days of the longest term that is meant."""


@transaction.atomic
def add_term(
    *, name: str, started: date, ended: date, by: User | None, on: date
) -> Term:
    """Return the new term. Raises ValidationError with a sentence for the form."""
    term = Term(name=" ".join(name.split()), started=started, ended=ended)
    check_term(term, on)
    keep(term)
    changes = {key: [None, value] for key, value in _recorded(term).items()}
    Event.record(by, "added a term", term, on=on, changes=changes)
    return term


@transaction.atomic
def change_term(
    *,
    term: Term,
    name: str,
    started: date,
    ended: date,
    by: User | None,
    on: date,
) -> bool:
    """Give a term a name and days; return whether they are others than before.

    Proposals that were made already keep their last day to answer.
    """
    held = Term.objects.select_for_update().get(pk=term.pk)
    before = _recorded(held)
    held.name, held.started, held.ended = " ".join(name.split()), started, ended
    after = _recorded(held)
    if before == after:
        return False
    check_term(held, on)
    keep(held)
    changes = {
        key: [before[key], after[key]] for key in before if before[key] != after[key]
    }
    Event.record(by, "changed a term", held, on=on, changes=changes)
    return True


@transaction.atomic
def remove_term(*, term: Term, by: User | None, on: date) -> bool:
    """Remove a term: nothing hangs on it, and the event keeps what it was."""
    held = Term.objects.select_for_update().filter(pk=term.pk).first()
    if held is None:
        raise ValidationError("Somebody else has removed this term already.")
    changes = {key: [value, None] for key, value in _recorded(held).items()}
    Event.record(by, "removed a term", held, on=on, changes=changes)
    held.delete()
    return True


def check_term(term: Term, on: date) -> None:
    """Refuse days out of order, too many or far off, or shared with another term."""
    if term.ended < term.started:
        raise ValidationError(
            {"ended": "The last day is before the first. Put one of the two right."}
        )
    if (term.ended - term.started).days >= LONGEST:
        raise ValidationError(
            {"ended": "This term would last more than a year. Check the years."}
        )
    if (term.ended - on).days > FAR_AHEAD:
        raise ValidationError(
            {"ended": "The last day lies over five years ahead. Check the year."}
        )
    other = (
        Term.objects.exclude(pk=term.pk)
        .filter(started__lte=term.ended, ended__gte=term.started)
        .order_by("started")
        .first()
    )
    if other is not None:
        raise ValidationError(
            {
                "started": (
                    f"{other.name}, from {day_text(other.started)} to "
                    f"{day_text(other.ended)}, holds some of these days. Change the "
                    "days here or there."
                )
            }
        )


def _recorded(term: Term) -> dict[str, Any]:
    """Return a term as an event has it."""
    return {
        "name": term.name,
        "started": term.started.isoformat(),
        "ended": term.ended.isoformat(),
    }
