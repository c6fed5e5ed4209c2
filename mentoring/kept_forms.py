"""Keeps what was typed where a session had expired as it was sent.

What an address marked with `keeps_typed` was sent by somebody no longer signed in is
put away in the session, sealed and for an hour. Once the same person has signed in on
the same browser and is back at the address, the form comes back as it was. So it does
where they had signed in again in another tab, and the form's own token is out of date.
After the hour a session of nobody is over, form and all, and the day's work clears it;
somebody's goes on, and the next page drops the form.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

from mentoring.middleware import SERVER_ERROR
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


def sent_by(sent: QueryDict) -> str:
    """Return the key of the person a form was given to; empty without a good seal."""
    try:
        return signing.Signer(salt=SALT).unsign(sent.get(SENDER, ""))
    except signing.BadSignature:
        return ""


def kept_forms_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put away what was sent, where the answer is to sign in first; drop what is late.

    What no page has read of the session is left alone, and so is one that could not be
    read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if _is_to_sign_in(answer):
            put_away(request)
        elif request.session.accessed and answer.status_code < SERVER_ERROR:
            drop_late(request)
        return answer

    return middleware


def put_away(request: HttpRequest) -> bool:
    """Keep what was sent, where its address is marked; return whether it was so.

    A form says by a seal of ours to whom it was given; one that does not is not kept.
    """
    if request.method != "POST" or not _is_marked(request) or not sent_by(request.POST):
        return False
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    body = sent.urlencode()
    if len(body) > LONGEST:
        return False
    kept = {"path": request.path, "body": body}
    request.session[KEY] = signing.dumps(kept, salt=SALT)
    if not request.user.is_authenticated:
        request.session.set_expiry(timedelta(seconds=KEPT_SECONDS))
    return True


def drop_late(request: HttpRequest) -> None:
    """Drop a form that was kept for its hour, or bears no good seal."""
    if KEY in request.session and _opened(request.session[KEY]) is None:
        del request.session[KEY]


def last_on(request: HttpRequest, **_sent: Any) -> None:
    """Let a session last as any other; Django calls this as somebody signs in.

    One that was to end with the browser still does.
    """
    session = request.session
    if KEY in session and not session.get_expire_at_browser_close():
        session.set_expiry(None)


def _opened(sealed: str) -> Any:
    """Return what was kept, by path and body; None without a good seal, or too late."""
    try:
        return signing.loads(sealed, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None


def _is_to_sign_in(answer: HttpResponse) -> bool:
    return answer.headers.get("Location", "").startswith(
        resolve_url(settings.LOGIN_URL)
    )


def _is_marked(request: HttpRequest) -> bool:
    try:
        return hasattr(resolve(request.path_info).func, "keeps_typed")
    except Resolver404:
        return False


def take_kept(request: HttpRequest) -> QueryDict | None:
    """Return what this person had sent to this address, once; None for nothing."""
    if request.method != "GET" or KEY not in request.session:
        return None
    kept = _opened(request.session[KEY])
    if kept is not None and kept["path"] != request.path:
        return None
    del request.session[KEY]
    if kept is None:
        return None
    sent = QueryDict(kept["body"])
    return sent if sent_by(sent) == str(request.user.pk) else None
