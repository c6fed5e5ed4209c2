"""The programme's dashboard."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mentoring.http import MemberRequest, needs
from mentoring.models import ImpactSummary
from mentoring.pages.impact import impact_page
from mentoring.permissions import Permission


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
    return render(request, "mentoring/impact.html", {"page": page, "summary": summary})
