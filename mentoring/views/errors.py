"""The pages for what could not be answered; they tell nothing of what exists."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from mentoring.busy import busy_of

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
