"""Ends an exception early; a school that joined by it stays in the programme."""

from datetime import date

from django.db import transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.models import EligibilityException, Event
from schools.models import User


@transaction.atomic
def end_exception(
    *, exception: EligibilityException, ended_why: str, by: User | None, on: date
) -> EligibilityException:
    """Return the exception, ended from `on`. Nothing is deleted, nobody thrown out.

    Raises ValidationError with a sentence where it holds no longer.
    """
    held = EligibilityException.objects.select_for_update(of=("self",)).get(
        pk=exception.pk
    )
    policies.check_is_live(held, on)
    held.ended_on, held.ended_by, held.ended_why = on, by, ended_why.strip()
    keep(held)
    Event.record(
        by,
        "ended an exception",
        held,
        on=on,
        school_id=held.school_id,
        changes={"ended_on": [None, on.isoformat()]},
    )
    return held
