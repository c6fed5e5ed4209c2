"""The list of schools, and one school's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from mentoring.filters.school import SchoolFilter
from mentoring.http import MemberRequest, needs
from mentoring.models import ImpactSummary, Membership, SchoolSummary
from mentoring.pages.parts import active_filters
from mentoring.pages.school import school_page
from mentoring.permissions import Permission, may
from mentoring.tables.school import SchoolTable
from schools.models import Establishment, EstablishmentLink, School

PAGE = 50


@needs(Permission.SEE_RESULTS)
def school_list(request: MemberRequest) -> HttpResponse:
    """List the schools that match the filters in the URL, fifty to a page."""
    shown = SchoolFilter(request.GET, School.objects.listed(), today=request.today)
    table = SchoolTable(shown.qs, today=request.today)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "total": table.paginator.count,
    }
    return render(request, "mentoring/school_list.html", context)


@needs(Permission.SEE_RESULTS)
def school_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a school's results beside England's; one that is continued redirects."""
    school = get_object_or_404(School.objects.select_related("authority"), pk=pk)
    if school.continued_by_id:
        return redirect("school", pk=school.continued_by_id, permanent=False)
    summary = SchoolSummary.objects.filter(pk=pk).select_related("school").first()
    dashboard = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).first()
    memberships = list(Membership.objects.filter(school=school).order_by("joined"))
    page = school_page(
        summary,
        dashboard.line if dashboard else {},
        memberships,
        population=request.programme.get_population_display(),
        coverage=request.programme.get_coverage_display(),
    )
    context = {
        "school": school,
        "page": page,
        "summary": summary,
        "memberships": memberships,
        "establishments": Establishment.objects.history_of(school),
        "waiting": EstablishmentLink.objects.waiting_for(school),
        "may_enrol": may(request.role, Permission.CHANGE_MEMBERSHIP),
    }
    return render(request, "mentoring/school.html", context)


@needs(Permission.SEE_RESULTS)
def school_by_urn(request: MemberRequest, urn: int) -> HttpResponse:
    """Go to the page of the school that has, or once had, a URN."""
    establishment = get_object_or_404(Establishment, pk=urn)
    return redirect("school", pk=establishment.school_id)
