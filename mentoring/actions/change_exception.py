"""Moves the last day of an exception."""

from datetime import date

from django.db import transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.models import EligibilityException, Event
from schools.models import User


@transaction.atomic
def change_exception(
    *,
    exception: EligibilityException,
    until: date | None,
    until_why: str,
    by: User | None,
    on: date,
) -> EligibilityException:
    """Return the exception with its new last day, None for no end.

    The same again changes nothing. Raises ValidationError with a sentence where it
    holds no longer, or the day is past.
    """
    held = EligibilityException.objects.select_for_update(of=("self",)).get(
        pk=exception.pk
    )
    policies.check_is_live(held, on)
    policies.check_not_past(until, on)
    if held.until == until:
        return held
    before = held.until.isoformat() if held.until else None
    held.until, held.until_why = until, until_why.strip()
    keep(held)
    Event.record(
        by,
        "changed an exception",
        held,
        on=on,
        school_id=held.school_id,
        changes={"until": [before, until.isoformat() if until else None]},
    )
    return held
