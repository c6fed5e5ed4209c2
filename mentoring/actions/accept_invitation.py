"""Accepts an invitation: a new person chooses a password, a known one gets a role."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring import people_rules as rules
from mentoring.actions.add_person import give_role, new_person
from mentoring.actions.keep import keep
from mentoring.actions.resend_invitation import as_it_stands
from mentoring.models import Event
from schools.models import Invitation, Role, User


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    name: str = "",
    password: str = "",
    by: User | None,
    on: date,
) -> Role:
    """Return the role it gives. `by` is the person, None for whoever is new here.

    A new person gives a name and a password. Raises ValidationError with a sentence
    where the link works no longer, or is for somebody else.
    """
    held = as_it_stands(invitation.pk)
    rules.check_can_be_accepted(held, timezone.now())
    known = User.objects.filter(email__iexact=held.email).first()
    if known is None:
        by = new_person(held.email, name.strip(), password)
    elif by != known:
        raise ValidationError("Sign in with the address that was invited, to accept.")
    assert by is not None
    role = Role(
        user=by,
        kind=held.kind,
        school=held.school,
        trust=held.trust,
        scope=held.scope,
        started=on,
        ended=held.ends,
    )
    give_role(role, by=by, on=on)
    held.accepted_at, held.role = timezone.now(), role
    keep(held)
    Event.record(by, "accepted an invitation", held, on=on, school_id=held.school_id)
    return role
