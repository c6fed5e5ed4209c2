"""The second factor of those who could do most harm: who needs one, and what it shows.

django-allauth asks for it and keeps it; this says for whom, and draws the picture that
an app scans without a style of its own, which our content security policy refuses.
"""

from collections.abc import Iterable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mentoring.actions.end_sessions import end_sessions
from mentoring.models import Programme
from schools.models import Role, User

GUARDED = (Role.Kind.STAFF, Role.Kind.FINANCE, Role.Kind.ADMINISTRATOR)
"""Roles that need a second factor, and whose sessions end when nothing is done."""

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as one; recovery codes only stand in for these."""

MARGIN = 4
"""Squares of white that an app needs around the picture."""


def is_guarded(roles: Iterable[Role]) -> bool:
    """Return whether somebody with these roles could do most harm."""
    return any(role.kind in GUARDED for role in roles)


class SecondFactorAdapter(DefaultMFAAdapter):
    """How second factors differ from what django-allauth does unasked."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Your role needs a second factor, and this is your last. Add another first."
        ),
        "incorrect_code": (
            "This code is not right, or was used already. Wait for the next and enter "
            "that."
        ),
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the picture of `url` that an app scans, black on white."""
        import qrcode  # noqa: PLC0415 -- needed once in the life of an account

        code = qrcode.QRCode(border=MARGIN)
        code.add_data(url)
        squares = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z"
            for y, row in enumerate(squares)
            for x, is_black in enumerate(row)
            if is_black
        )
        return format_html(
            '<svg class="scanned" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
            '<path fill="#fff" d="M0 0h{0}v{0}h-{0}z"/>'
            '<path fill="#000" d="{2}"/></svg>',
            len(squares),
            "Picture to scan with the app; the key below says the same",
            mark_safe(path),  # noqa: S308 -- letters and numbers of our own
        )

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether the person may do without this one."""
        programme = Programme.the()
        live = Role.objects.filter(user=authenticator.user).live_on(programme.today)
        if programme.is_demo or not is_guarded(live):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())


def factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_sent: Any
) -> None:
    """Take what was just set up as shown, here; end the person's other sessions.

    These were begun without it. django-allauth calls this once a factor is kept.
    """
    record_authentication(
        request, user, "mfa", id=authenticator.pk, type=authenticator.type
    )
    end_sessions(user.pk)
    user.refresh_from_db()
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
