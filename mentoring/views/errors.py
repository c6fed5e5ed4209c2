"""The pages for what could not be answered; they tell nothing of what exists."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views import csrf

from mentoring.busy import busy_of
from mentoring.kept_forms import put_away, sent_by

SAFE = ("GET", "HEAD", "OPTIONS")
RETRY_SECONDS = 60
"""After how long it is worth asking again; the pages say a minute."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request we could not read."""
    # A session that the database had no time to write counts as the person's mistake.
    return _busy(request, exception) or render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what the person's role does not allow, with the sentence why."""
    return render(request, "403.html", {"sentence": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: not this browser's, or out of date.

    One of the person's own that is to outlive a session comes back as it was typed, for
    another look. Without a session nothing is kept: a form from elsewhere would give
    the browser a new one, and so sign the person out.
    """
    is_own = sent_by(request.POST) == str(request.user.pk)
    if request.user.is_authenticated and is_own and put_away(request):
        return redirect(request.path)
    return csrf.csrf_failure(request, reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not there, or is not this person's to see: alike."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what broke, or that the database was only busy or away.

    Every error ends here, those of middleware too.
    """
    answer = _busy(request, sys.exc_info()[1])
    return answer or HttpResponse(render_to_string("500.html"), status=500)


def _busy(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return 503 where `error` came of a database that is busy or away, else None.

    Nothing is asked of the database: the page knows neither person nor programme.
    """
    busy = busy_of(error)
    if busy is None:
        return None
    # Once the view has answered, what it saved is saved: only the session is not.
    is_sure = not busy.is_lost and not getattr(request, "is_answered", False)
    page = {"sent": request.method not in SAFE, "is_sure": is_sure}
    answer = HttpResponse(render_to_string("503.html", page), status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(answer)
    return answer
