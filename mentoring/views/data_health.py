"""What the figures lack."""

from django.http import HttpResponse
from django.shortcuts import render

from mentoring.http import MemberRequest, needs
from mentoring.models import ImpactSummary
from mentoring.pages.data_health import findings, last_imports
from mentoring.pages.imports import ran_by
from mentoring.permissions import Permission, may


@needs(Permission.SEE_DATA_HEALTH)
def data_health(request: MemberRequest) -> HttpResponse:
    """Show what is missing or waits, each with the way to put it right."""
    stored = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID)
    summary = stored.only("line", "health").first()
    found = findings(request.programme, summary)
    names_people = may(request.role, Permission.CHANGE_IMPORTS)
    context = {
        "findings": [
            (each, [way for way in each.ways if may(request.role, way.permission)])
            for each in found
        ],
        "n_wrong": sum(bool(each.count) for each in found),
        "n_unknown": sum(each.count is None for each in found),
        # An invented day's figures were not worked out on it.
        "worked_out_at": None
        if request.programme.is_demo
        else request.programme.figures_taken_in_at,
        "runs": [
            (run, ran_by(run, names_people=names_people)) for run in last_imports()
        ],
    }
    return render(request, "mentoring/data_health.html", context)
