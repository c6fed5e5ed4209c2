"""The programme's dashboard, and the schools behind it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_tables2 import RequestConfig

from mentoring.filters.mentee import MenteeFilter
from mentoring.http import MemberRequest, needs
from mentoring.models import ImpactSummary, Membership, MenteeSummary
from mentoring.pages.breakdown import ways
from mentoring.pages.impact import impact_page
from mentoring.pages.parts import active_filters
from mentoring.permissions import Permission, may
from mentoring.tables.mentee import MenteeTable

PAGE = 50


@needs(Permission.SEE_IMPACT)
def impact(request: MemberRequest) -> HttpResponse:
    """Show what programme schools gained, beside England."""
    summary = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).first()
    programme = request.programme
    computed = programme.demo_today or timezone.localdate(
        summary.computed_at if summary else None
    )
    page = impact_page(
        summary.impact if summary else {},
        population=programme.get_population_display(),
        coverage=programme.get_coverage_display(),
        on=computed,
    )
    breakdown = summary.impact.get("breakdown") if summary else None
    role = request.role
    context = {
        "page": page,
        "summary": summary,
        "ways": ways(
            breakdown,
            may_see_trusts=may(role, Permission.SEE_EVERY_TRUST),
            own_trust=role.trust_id if role else None,
        )
        if breakdown
        else [],
        "invitations": Membership.objects.invitations_to(role),
        "may_take_groups": may(role, Permission.SEE_EVERY_TRUST),
    }
    return render(request, "mentoring/impact.html", context)


@needs(Permission.SEE_RESULTS)
def impact_schools(request: MemberRequest) -> HttpResponse:
    """List every school that joined, with its gain or why it is left out."""
    mentees = MenteeSummary.objects.select_related("school")
    shown = MenteeFilter(request.GET, mentees)
    table = MenteeTable(shown.qs)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "total": table.paginator.count,
        "may_take_gains": may(request.role, Permission.TAKE_GAINS),
    }
    return render(request, "mentoring/impact_schools.html", context)
