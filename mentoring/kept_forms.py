"""Keeps what was typed where a session had expired as it was sent.

What an address marked with `keeps_typed` was sent by somebody no longer signed in is
put away in the session, sealed and for an hour. Once the same person has signed in on
the same browser and is back at the address, the form comes back as it was.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

from schools.models import User

KEY = "kept_form"
SALT = "mentoring.kept_forms"
SENDER = "sender"
"""The name of the field that tells whose form it is."""

KEPT_SECONDS = 60 * 60
LONGEST = 10_000
"""Characters of a form that are kept: more than any that is marked can hold."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def keeps_typed(view: View) -> View:
    """Mark a view whose forms are to outlive a session; they carry `sender_of`."""
    view.keeps_typed = True  # type: ignore[attr-defined]  # read by the middleware
    return view


def sender_of(user: User) -> str:
    """Return what a form says of who it was given to, sealed."""
    return signing.Signer(salt=SALT).sign(str(user.pk))


def kept_forms_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put away what was sent, where the answer is to sign in first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.method == "POST" and _is_to_sign_in(answer) and _is_kept(request):
            sent = request.POST.copy()
            sent.pop("csrfmiddlewaretoken", None)
            body = sent.urlencode()
            if len(body) <= LONGEST:
                kept = {"path": request.path, "body": body}
                request.session[KEY] = signing.dumps(kept, salt=SALT)
        return answer

    return middleware


def _is_to_sign_in(answer: HttpResponse) -> bool:
    return answer.headers.get("Location", "").startswith(
        resolve_url(settings.LOGIN_URL)
    )


def _is_kept(request: HttpRequest) -> bool:
    try:
        return hasattr(resolve(request.path_info).func, "keeps_typed")
    except Resolver404:
        return False


def take_kept(request: HttpRequest) -> QueryDict | None:
    """Return what this person had sent to this address, once; None for nothing."""
    if request.method != "GET" or KEY not in request.session:
        return None
    sealed = request.session[KEY]
    try:
        kept = signing.loads(sealed, salt=SALT, max_age=KEPT_SECONDS)
        sent = QueryDict(kept["body"])
        sender = signing.Signer(salt=SALT).unsign(sent.get(SENDER, ""))
    except signing.BadSignature:
        del request.session[KEY]
        return None
    if kept["path"] != request.path:
        return None
    del request.session[KEY]
    return sent if sender == str(request.user.pk) else None
