"""Takes an invitation back before it is accepted."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from mentoring import people_rules as rules
from mentoring.actions.keep import keep
from mentoring.actions.resend_invitation import as_it_stands
from mentoring.models import Event
from schools.models import Invitation, User


@transaction.atomic
def revoke_invitation(
    *, invitation: Invitation, by: User | None, on: date
) -> Invitation:
    """Return the invitation, whose link works no longer. It is kept in the list.

    Raises ValidationError with a sentence where it is accepted or revoked already.
    """
    held = as_it_stands(invitation.pk)
    rules.check_is_unanswered(held)
    held.revoked_at = timezone.now()
    keep(held)
    Event.record(by, "revoked an invitation", held, on=on, school_id=held.school_id)
    return held
