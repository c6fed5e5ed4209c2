"""How the figures are worked out, and the figures to take away."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from mentoring.downloads import csv_file
from mentoring.http import MemberRequest, needs
from mentoring.models import ImpactSummary, MenteeSummary
from mentoring.pages.breakdown import group_records
from mentoring.pages.method import method_page
from mentoring.permissions import Permission, may
from results.models import Measure, MeasureBreak, NationalFigure

ENGLAND = (
    *("measure", "year", "population", "coverage", "release", "basis", "value"),
    *("pupils", "source", "note"),
)
GAINS = (
    *("urn", "school", "region", "kind", "trust", "joined", "base_year", "last_year"),
    *("base_value", "last_value", "release", "gain_points_a_year", "left_out_because"),
)
GROUPS = (
    *("divided_by", "group", "schools", "gain_points_a_year", "likely_low"),
    *("likely_high", "england_points_a_year", "hidden_because"),
)


@needs(Permission.SEE_IMPACT)
def method(request: MemberRequest) -> HttpResponse:
    """Show definitions, breaks, exclusions, minima and where figures come from."""
    summary = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).first()
    page = method_page(
        request.programme,
        list(Measure.objects.order_by("family", "first_year", "code")),
        list(MeasureBreak.objects.order_by("year", "kind", "name")),
        list(england_used(request)),
        summary.impact if summary else {},
    )
    context = {
        "page": page,
        "may_take_gains": may(request.role, Permission.TAKE_GAINS),
        "may_take_groups": may(request.role, Permission.SEE_EVERY_TRUST),
    }
    return render(request, "mentoring/method.html", context)


def england_used(request: MemberRequest) -> QuerySet[NationalFigure]:
    """Return England's figures of the headline line, as the programme compares."""
    programme = request.programme
    return NationalFigure.objects.filter(
        population=programme.population, coverage=programme.coverage
    ).order_by("measure", "year", "release", "basis")


@needs(Permission.SEE_IMPACT)
def method_england(request: MemberRequest) -> HttpResponse:
    """Answer England's figures as CSV."""
    rows = (
        [
            *(each.measure_id, each.year, each.population, each.coverage),
            *(each.get_release_display(), each.basis, each.value, each.pupils),
            *(each.source, each.note),
        ]
        for each in england_used(request)
    )
    return csv_file("england.csv", ENGLAND, rows)


@needs(Permission.TAKE_GAINS)
def method_gains(_request: MemberRequest) -> HttpResponse:
    """Answer every school that joined, with its gain or why it is left out, as CSV."""
    mentees = MenteeSummary.objects.select_related("school", "trust")
    rows = (
        [
            *(each.school.urn, each.school.name, each.region),
            *(each.get_type_group_display(), each.trust, each.joined, each.base),
            *(each.last, each.base_value, each.last_value),
            *(each.release and each.get_release_display(), each.gain_a_year),
            each.reason,
        ]
        for each in mentees.order_by("school__name", "pk")
    )
    return csv_file("gains.csv", GAINS, rows)


@needs(Permission.SEE_EVERY_TRUST)
def method_groups(_request: MemberRequest) -> HttpResponse:
    """Answer every group of the breakdown as CSV, hidden ones with why."""
    summary = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).first()
    breakdown = (summary.impact if summary else {}).get("breakdown") or {}
    return csv_file("groups.csv", GROUPS, group_records(breakdown))
