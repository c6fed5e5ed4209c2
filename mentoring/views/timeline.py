"""What was done to a school, the latest first."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from mentoring.http import MemberRequest, needs
from mentoring.pages.timeline import events_of, may_read, moments
from mentoring.permissions import Permission
from schools.models import School

PER_PAGE = 50


@needs(Permission.SEE_PAIRINGS)
def school_timeline(request: MemberRequest, pk: int) -> HttpResponse:
    """Show everything that was done to a school, fifty to a page."""
    school = get_object_or_404(School, pk=pk)
    if not may_read(school, request.role):
        raise Http404
    pages = Paginator(events_of(school, request.role), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "school": school,
        "page": page,
        "moments": moments(list(page), request.role),
        "total": pages.count,
    }
    return render(request, "mentoring/timeline.html", context)
