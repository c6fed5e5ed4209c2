"""What a session must have shown, and how long it lasts: asked before every page."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mentoring.middleware import UNTOUCHED
from mentoring.second_factor import FACTORS, is_guarded

Answer = Callable[[HttpRequest], HttpResponse]

IDLE = 30 * 60
"""Seconds without a page after which a session of `GUARDED` roles ends."""
LONGEST = 12 * 60 * 60
"""Seconds after signing in at which every session ends."""
NOTED = 60
"""Seconds for which a session's last page is not written anew."""
BEGAN, SEEN = "began_at", "seen_at"
OPEN = ("/account/", "/invitation/")
"""Where a second factor is set up, and what needs none."""


def begin(request: HttpRequest, **_sent: Any) -> None:
    """Note when a session began; Django calls this as somebody signs in."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def session_limits_middleware(get_response: Answer) -> Answer:
    """End what has lasted too long; say so, and lead back after signing in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in UNTOUCHED or not request.user.is_authenticated:
            return get_response(request)
        session, now = request.session, time.time()
        began = session.setdefault(BEGAN, now)
        seen = session.setdefault(SEEN, now)
        if why := _over(request, now - began, now - seen):
            path = request.get_full_path() if request.method == "GET" else ""
            logout(request)
            messages.info(request, why)
            query = f"?{urlencode({'next': path})}" if path else ""
            return redirect(f"{reverse('account_login')}{query}")
        if now - seen >= NOTED:
            session[SEEN] = now
        return get_response(request)

    return middleware


def _over(request: HttpRequest, lasted: float, idle: float) -> str:
    """Return why the session is over, in words; empty where it goes on."""
    if lasted >= LONGEST:
        return "You were signed in for 12 hours, so we ask you to sign in again."
    if idle >= IDLE and is_guarded(request.roles):  # type: ignore[attr-defined]  # see MemberRequest
        return "Nothing was done for 30 minutes, so you were signed out."
    return ""


def second_factor_middleware(get_response: Answer) -> Answer:
    """Let `GUARDED` roles do nothing until the session has shown a second factor.

    A demonstration's printed sign-ins need none.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _lacks_factor(request):
            return get_response(request)
        held = Authenticator.objects.filter(user=request.user, type__in=FACTORS)
        if not held.exists():
            return redirect("mfa_index")
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_reauthenticate')}?{query}")

    return middleware


def _lacks_factor(request: HttpRequest) -> bool:
    path = request.path_info
    if path in UNTOUCHED or path.startswith(OPEN) or not request.user.is_authenticated:
        return False
    if request.programme.is_demo or not is_guarded(request.roles):  # type: ignore[attr-defined]  # see MemberRequest
        return False
    shown = get_authentication_records(request, request.user)
    return not any(each["method"] == "mfa" for each in shown)
