"""The mail that carries an invitation's link: plain text, to the very page."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string

from schools.models import Invitation

SUBJECT = "Your invitation to Schools for Schools"
log = logging.getLogger(__name__)


def mail_invitation(invitation: Invitation, url: str) -> bool:
    """Send the link to whom it is for; return whether the mail left.

    A mail server that is away must not undo the invitation: it can be sent again.
    """
    words = {"invitation": invitation, "url": url}
    text = render_to_string("mentoring/mail/invitation.txt", words)
    try:
        send_mail(SUBJECT, text, None, [invitation.email])
    except (OSError, SMTPException):
        log.exception("The mail of invitation %s did not leave.", invitation.pk)
        return False
    return True
