"""Signing people in by django-allauth from our own pages, and keeping them in."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mentoring.http import View
from mentoring.middleware import ROLE_KEY
from schools.models import Role, User


def confirmed(view: View) -> View:
    """Return the view behind a password or code given within the last 15 minutes.

    What was sent meanwhile is done once it is given.
    """
    guarded: View = reauthentication_required(view)
    return guarded


def let_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in who has just chosen a password; return the way to the first page."""
    user.refresh_from_db()  # the role that was given has changed what sessions hold
    record_authentication(request, user, method="password")
    answer: HttpResponse = perform_login(request, user, redirect_url=reverse("today"))
    return answer


def too_often(request: HttpRequest, action: str) -> HttpResponse | None:
    """Return the refusal of what was sent too often of late; None lets it through.

    How often is in the settings, by `action`; to look is free.
    """
    refusal: HttpResponse | None = ratelimit.consume_or_429(request, action=action)
    return refusal


def stay_in(request: HttpRequest, role: Role) -> HttpResponse:
    """Keep this one of the person's sessions, in the role they have just accepted.

    Their other sessions end, because their roles have changed. Return the way to the
    role's first page.
    """
    role.user.refresh_from_db()
    request.session[HASH_SESSION_KEY] = role.user.get_session_auth_hash()
    request.session[ROLE_KEY] = role.pk
    return redirect("today")
