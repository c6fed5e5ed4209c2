"""Ends a school's time in the programme by date; nothing is deleted."""

from datetime import date

from django.db import transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.actions.mark_stale import mark_stale
from mentoring.models import Event, Membership
from schools.models import User


@transaction.atomic
def end_membership(
    *, membership: Membership, left: date, reason: str, by: User | None, on: date
) -> Membership:
    """Return the membership with `left` as its last day, and why.

    A last day still ahead may be moved; one that is past stays. The same again
    changes nothing. Raises ValidationError with a sentence for the form.
    """
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    if (held.left, held.reason) == (left, reason):
        return held
    set_last_day(held, left, reason, by, on)
    mark_stale()
    return held


def set_last_day(
    membership: Membership, left: date | None, reason: str, by: User | None, on: date
) -> None:
    """Write the last day and its event, and leave the figures to the caller."""
    policies.check_can_end(membership, on)
    before = membership.left.isoformat() if membership.left else None
    membership.left, membership.reason = left, reason
    keep(membership)
    Event.record(
        by,
        "ended a membership",
        membership,
        on=left or on,
        school_id=membership.school_id,
        changes={"left": [before, left.isoformat() if left else None]},
    )
