"""Sends an invitation again, with a new link; the one before works no longer."""

from datetime import date

from django.db import transaction

from mentoring import people_rules as rules
from mentoring.actions.invite_person import AddressOf, post, renew
from mentoring.actions.keep import keep
from mentoring.models import Event
from schools.models import Invitation, User


@transaction.atomic
def resend_invitation(
    *, invitation: Invitation, address_of: AddressOf, by: User | None, on: date
) -> Invitation:
    """Return the invitation, which has seven days again, expired or not.

    Raises ValidationError with a sentence where it is accepted or revoked.
    """
    held = as_it_stands(invitation.pk)
    rules.check_is_unanswered(held)
    rules.check_role_end(held.ends, on)
    token = renew(held)
    keep(held)
    Event.record(by, "resent an invitation", held, on=on, school_id=held.school_id)
    post(held, address_of(token))
    return held


def as_it_stands(pk: int) -> Invitation:
    """Return the invitation as the database has it, locked until the transaction ends.

    Of two people at once the second sees what the first did.
    """
    rows = Invitation.objects.select_related("school", "trust", "invited_by")
    return rows.select_for_update(of=("self",)).get(pk=pk)
