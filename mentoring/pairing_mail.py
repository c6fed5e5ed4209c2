"""Mails to the heads of a mentor that is asked: plain text, to the very pairing."""

import logging
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from mentoring.models import Pairing
from schools.models import Role, User

ASKED = "A school asks for your help"
STILL_ASKED = "A school still waits for your answer"
log = logging.getLogger(__name__)


def mail_proposal(pairing: Pairing, subject: str, on: date) -> int:
    """Mail the mentor's heads of `on` what is asked; return how many mails left.

    A mail server that is away must not undo what was done: the page asks, too.
    """
    words = {"pairing": pairing, "url": site_address(pairing)}
    text = render_to_string("mentoring/mail/proposal.txt", words)
    left = 0
    for head in heads_of(pairing, on):
        try:
            left += send_mail(subject, text, None, [head.email])
        except (OSError, SMTPException):
            log.exception("The mail of pairing %s did not leave.", pairing.pk)
    return left


def heads_of(pairing: Pairing, on: date) -> list[User]:
    """Return who answers for the mentor on `on`; none where no head signs in."""
    roles = Role.objects.live_on(on).filter(
        kind=Role.Kind.HEAD, school=pairing.mentor.school_id, user__is_active=True
    )
    return list(User.objects.filter(pk__in=roles.values("user")).order_by("pk"))


def site_address(pairing: Pairing) -> str:
    """Return the pairing's address as a mail gives it."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{pairing.get_absolute_url()}"
