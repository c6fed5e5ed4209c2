"""Invites a person to a role, by a link that is mailed and works once."""

import secrets
from collections.abc import Callable
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring import people_rules as rules
from mentoring.actions.keep import keep
from mentoring.invitation_mail import mail_invitation
from mentoring.models import Event
from schools.models import Invitation, Role, School, Trust, User
from schools.models.invitation import LASTS
from schools.models.user import written

AddressOf = Callable[[str], str]
"""From the token to the address of the page that accepts it."""
TOKEN_BYTES = 32


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    kind: str,
    school: School | None = None,
    trust: Trust | None = None,
    scope: str = "",
    ends: date | None = None,
    address_of: AddressOf,
    by: User | None,
    on: date,
) -> Invitation:
    """Return the invitation; its mail leaves once all is written.

    Raises ValidationError with a sentence where the person has the role, or is invited
    to it already.
    """
    rules.check_role_end(ends, on)
    held = Role.objects.live_on(on).filter(kind=kind, school=school, trust=trust)
    if held.filter(user__email__iexact=email.strip()).exists():
        raise ValidationError({"email": "This person has this role already."})
    invitation = Invitation(
        email=written(email),
        name=name.strip(),
        kind=kind,
        school=school,
        trust=trust,
        scope=scope,
        ends=ends,
        invited_by=by,
        made_at=timezone.now(),
    )
    token = renew(invitation)
    keep(invitation)
    Event.record(
        by,
        "invited a person",
        invitation,
        on=on,
        school_id=invitation.school_id,
        changes={"kind": [None, kind]},
    )
    post(invitation, address_of(token))
    return invitation


def renew(invitation: Invitation) -> str:
    """Give `invitation` a link of its own and seven days; return the link's token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = Invitation.hash_of(token)
    invitation.expires_at = timezone.now() + LASTS
    invitation.sent_at = None
    return token


def post(invitation: Invitation, url: str) -> None:
    """Mail `url` to whom it is for as soon as the transaction is through."""
    transaction.on_commit(partial(_mail, invitation, url))


def _mail(invitation: Invitation, url: str) -> None:
    if mail_invitation(invitation, url):
        Invitation.objects.filter(
            pk=invitation.pk, token_hash=invitation.token_hash
        ).update(sent_at=timezone.now())
