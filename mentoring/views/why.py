"""Why a school is in or out, by a frozen list or by the results held today."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from mentoring import policies
from mentoring.forms.eligibility import QuarterForm, worked_out_years
from mentoring.http import MemberRequest, needs
from mentoring.models import EligibilityList, QuarterSummary
from mentoring.pages.why import Answer
from mentoring.permissions import Permission, may
from mentoring.places import FOUND, find_schools, in_preview, on_lists
from mentoring.summary.quarters import preview_key
from schools.models import School
from schools.models.school import LONGEST_SEARCH


def list_why(request: MemberRequest, pk: int) -> HttpResponse:
    """Say where a school stands on a frozen list, and why."""
    seen = EligibilityList.objects.visible_to(request.role).select_related("measure")
    frozen = get_object_or_404(seen, pk=pk)
    heading = {
        "where": f"{frozen.measure} {frozen.year}, frozen list",
        "back": frozen.get_absolute_url(),
        "ask_again": f"{request.path}?q=",
    }
    return _answer(request, heading, lambda school: on_lists(school, [frozen])[0][1])


@needs(Permission.SEE_ELIGIBILITY)
def preview_why(request: MemberRequest) -> HttpResponse:
    """Say where a school would stand on the results held, and why."""
    form = QuarterForm(request.GET, held=worked_out_years())
    if not form.is_valid():
        raise Http404
    measure, year = form.cleaned_data["measure"], form.cleaned_data["year"]
    summary = get_object_or_404(QuarterSummary, pk=preview_key(measure.pk, year))
    choice = urlencode({"measure": measure.pk, "year": year})
    heading = {
        "where": f"{measure} {year}, not frozen",
        "hidden": {"measure": measure.pk, "year": year},
        "back": f"{reverse('eligibility')}?{choice}",
        "ask_again": f"{request.path}?{choice}&q=",
        "is_preview": True,
    }
    return _answer(
        request,
        heading,
        lambda school: in_preview(school, summary.facts, measure, year),
    )


def _answer(
    request: MemberRequest, heading: dict[str, Any], ask: Callable[[School], Answer]
) -> HttpResponse:
    """Show the search, and the answer for the one school it finds."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = find_schools(words) if words else []
    school = found[0] if len(found) == 1 else None
    context = {
        **heading,
        "words": words,
        "found": [] if school else found[:FOUND],
        "is_more": len(found) > FOUND,
        "school": school,
        "answer": ask(school) if school else None,
        "may_grant": may(request.role, Permission.CHANGE_ELIGIBILITY)
        and not (school and policies.is_entitled(school, request.today)),
    }
    return render(request, "mentoring/eligibility_why.html", context)
