"""The reference pages: the same rows, columns and base template, from a ready list.

Each page's facts are worked out once, by the page's own view; after that nothing is
asked of the database but who is signed in, and nothing is worked out but the HTML.
"""

from datetime import date, timedelta
from itertools import count
from typing import Any
from unittest import mock
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.urls.resolvers import URLPattern

from mentoring import urls as ours
from mentoring.models import Pairing, StaffMember, SupportDay
from mentoring.views import impact as impact_views
from mentoring.views import school as school_views

START, SPAN = date(2004, 10, 4), 700
"""Days that the reference page writes, none of them a day that is measured."""

_number = count()
_ready: dict[str, dict[str, Any]] = {}


def ready_context(
    request: HttpRequest, module: Any, view: Any, **arguments: Any
) -> dict[str, Any]:
    """Return what a view gives its template, worked out on the first call only."""
    key = f"{view.__name__} {request.GET.urlencode()} {arguments}"
    if key not in _ready:
        kept: dict[str, Any] = {}

        def keep(request: HttpRequest, template: str, context: Any) -> HttpResponse:
            kept.update(context)
            return HttpResponse()

        with mock.patch.object(module, "render", keep):
            view(request, **arguments)
        for name in ("establishments", "waiting", "memberships"):
            if name in kept:
                kept[name] = list(kept[name])
        if "table" in kept:
            ready = list(kept["table"].lines())
            kept["table"].lines = lambda: ready
        _ready[key] = kept
    return _ready[key]


def impact(request: HttpRequest) -> HttpResponse:
    """Show the dashboard from its ready words and pictures."""
    context = ready_context(request, impact_views, impact_views.impact)
    return render(request, "mentoring/impact.html", context)


def school(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a school from its ready words, pictures and rows."""
    context = ready_context(request, school_views, school_views.school_detail, pk=pk)
    return render(request, "mentoring/school.html", context)


def schools(request: HttpRequest) -> HttpResponse:
    """Show the list's rows and columns from a ready list, without its filters."""
    context = ready_context(request, school_views, school_views.school_list)
    return render(request, "reference_list.html", context)


def day(request: HttpRequest, pk: int, giver: int) -> HttpResponse:
    """Write a day of support, asking nothing, and send the browser on."""
    SupportDay.objects.create(
        pairing_id=pk,
        giver_id=giver,
        area_id=Pairing.objects.values_list("area", flat=True).get(pk=pk),
        given_on=START + timedelta(days=next(_number) % SPAN),
        first_half=False,
        second_half=True,
        direction=SupportDay.Direction.GIVEN,
        visit=uuid4(),
        logged_for_id=StaffMember.objects.values_list("school", flat=True).get(
            pk=giver
        ),
        logged_on=START + timedelta(days=SPAN),
    )
    return redirect("/")


urlpatterns: list[URLPattern] = [
    *ours.urlpatterns,
    path("reference/", impact),
    path("reference/schools/", schools),
    path("reference/schools/<int:pk>/", school),
    path("reference/pairings/<int:pk>/days/log/<int:giver>/", day),
]
