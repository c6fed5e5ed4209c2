"""Ends an exception early; a school that joined by it stays in the programme.

Where the enrolment that granted it is taken back, nothing is left for it to let in.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.membership_history import granted_with
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
    _ended(held, by, on).save(force_insert=True)
    return held


def end_granted_with(
    *, memberships: Collection[int], reason: str, by: User | None, on: date
) -> None:
    """End those exceptions that hold and were granted by making `memberships`.

    Call it in the transaction that takes these back, for `reason`.
    """
    live = granted_with(memberships).live_on(on)
    held = list(live.select_for_update(of=("self",)).order_by("pk"))
    EligibilityException.objects.filter(pk__in=[each.pk for each in held]).update(
        ended_on=on,
        ended_by=by,
        ended_why=f"The enrolment it was granted for was taken back: {reason}",
    )
    Event.objects.bulk_create(_ended(each, by, on) for each in held)


def _ended(exception: EligibilityException, by: User | None, on: date) -> Event:
    """Return the event of ending an exception, not yet saved."""
    return Event.of(
        by,
        "ended an exception",
        exception,
        on=on,
        school_id=exception.school_id,
        changes={"ended_on": [None, on.isoformat()]},
    )
