"""Lets a school in that no list has, with a reason."""

from datetime import date

from django.db import transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.models import EligibilityException, Event
from schools.models import School, User


@transaction.atomic
def grant_exception(
    *, school: School, why: str, until: date | None, by: User | None, on: date
) -> EligibilityException:
    """Return the exception by which `school` may join as a mentee.

    Raises ValidationError with a sentence where the school is entitled already, has a
    live exception, or another school continues it.
    """
    # One granting at a time for a school: the second sees what the first wrote.
    held = School.objects.select_for_update().get(pk=school.pk)
    policies.check_can_be_let_in(held, on)
    policies.check_not_past(until, on)
    exception = EligibilityException(
        school=held, why=why.strip(), granted_on=on, granted_by=by, until=until
    )
    keep(exception)
    Event.record(
        by,
        "granted an exception",
        exception,
        on=on,
        school_id=held.pk,
        changes={"until": [None, until.isoformat() if until else None]},
    )
    return exception
