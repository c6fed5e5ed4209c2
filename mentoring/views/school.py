"""The list of schools, and one school's page."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from mentoring.exports.files import Cell
from mentoring.exports.schools import GAINS, HEADERS, school_rows
from mentoring.filters.school import SchoolFilter
from mentoring.forms.school_view import SchoolViewForm
from mentoring.http import MemberRequest, needs
from mentoring.models import (
    EligibilityException,
    EligibilityList,
    ImpactSummary,
    Membership,
    Programme,
    SavedView,
)
from mentoring.pages.areas import area_rows, area_sources
from mentoring.pages.parts import active_filters
from mentoring.pages.results import results_table
from mentoring.pages.school import school_page
from mentoring.pages.suggestions import LEAST_TYPED, suggestions
from mentoring.pages.ticks import Ticks
from mentoring.pages.timeline import may_read
from mentoring.permissions import Permission, may
from mentoring.places import on_lists
from mentoring.tables.school import SchoolTable, listed
from mentoring.views.listing import as_download
from results.models import Result
from schools.models import (
    Establishment,
    EstablishmentLink,
    Role,
    School,
    SchoolPredecessor,
    Succession,
    TrustMembership,
)
from schools.models.school import LONGEST_SEARCH

NOT_UNDERSTOOD = (
    "Nothing is listed, because a filter is not understood. Take it away above, or "
    "choose again."
)


@needs(Permission.SEE_RESULTS)
def school_list(request: MemberRequest) -> HttpResponse:
    """List the schools that match the filters in the URL, page by page."""
    shown = SchoolFilter(request.GET, listed(), today=request.today, role=request.role)
    view = SchoolViewForm(request.GET)
    table = SchoolTable(shown.qs, today=request.today, columns=view.shown)
    RequestConfig(request, paginate={"per_page": view.per_page}).configure(table)
    if shown.form.errors:
        table.empty_text = NOT_UNDERSTOOD
    query = request.GET.copy()
    query.pop("tick", None)
    if may(request.role, Permission.CHANGE_MEMBERSHIP):
        is_all = request.GET.get("tick") == "page"
        table.ticks = Ticks(query.urlencode(), is_all=is_all)
    query.pop("page", None)
    context = {
        "filter": shown,
        "view": view,
        "table": table,
        "active": active_filters(request, shown.form),
        "total": table.paginator.count,
        "query": query.urlencode(),
        "ticks": table.ticks,
        "saved": SavedView.objects.filter(
            owner=request.user, page=SavedView.Page.SCHOOLS
        ).order_by("name"),
    }
    return render(request, "mentoring/school_list.html", context)


@needs(Permission.SEE_RESULTS)
def school_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the list as a file: every school that the filters of the URL keep.

    Every school's gain goes to those alone who may take it: sorted, it ranks noise.
    """
    shown = SchoolFilter(request.GET, listed(), today=request.today, role=request.role)
    width = len(HEADERS)
    if not may(request.role, Permission.TAKE_GAINS):
        width -= len(GAINS)

    def rows(schools: QuerySet[School]) -> Iterable[Sequence[Cell]]:
        return (row[:width] for row in school_rows(schools, request.today))

    return as_download(
        *(request, kind, shown, SchoolTable(shown.qs, today=request.today)),
        page="schools",
        of="schools",
        headers=HEADERS[:width],
        rows=rows,
    )


@needs(Permission.SEE_RESULTS)
def school_suggest(request: MemberRequest) -> HttpResponse:
    """Answer the few schools that the words typed so far find, as JSON."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = suggestions(words) if len(words) >= LEAST_TYPED else []
    return JsonResponse({"schools": found})


@needs(Permission.SEE_RESULTS)
def school_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a school's results beside England's; one that is continued redirects."""
    school = get_object_or_404(with_page(School.objects.all()), pk=pk)
    if school.continued_by_id:
        return redirect("school", pk=school.continued_by_id, permanent=False)
    waiting = EstablishmentLink.objects.waiting_for(school)
    sees_eligibility = may(request.role, Permission.SEE_ELIGIBILITY)
    establishments = list(establishments_of(school))
    context = {
        "school": school,
        "establishments": establishments,
        # Asked only where there is one: most schools have none.
        "waiting": waiting if school.has_waiting else waiting.none(),
        "origins": origins_of(school) if school.has_origins else [],
        "trusts": TrustMembership.objects.of_school(school),
        "may_decide": may(request.role, Permission.DECIDE_SUCCESSION),
        "may_enrol": may(request.role, Permission.CHANGE_MEMBERSHIP),
        "has_timeline": may_read(school, request.role),
        "invitations": Membership.objects.invitations_to(request.role).filter(
            school=school
        ),
        **figures_of(
            school,
            request.programme,
            request.role,
            {each.urn for each in establishments},
        ),
        **(eligibility_of(request, school) if sees_eligibility else {}),
    }
    return render(request, "mentoring/school.html", context)


def eligibility_of(request: MemberRequest, school: School) -> dict[str, Any]:
    """Return where a school stands on every frozen list, and its exceptions."""
    lists = EligibilityList.objects.visible_to(request.role).select_related("measure")
    exceptions = EligibilityException.objects.visible_to(request.role)
    granted = list(exceptions.of_school(school).order_by("granted_on", "pk"))
    answers = on_lists(school, list(lists.latest_first()))
    is_in = any(answer.standing == "eligible" for _list, answer in answers)
    is_let_in = any(each.is_live_on(request.today) for each in granted)
    may_change = may(request.role, Permission.CHANGE_ELIGIBILITY)
    return {
        "sees_eligibility": True,
        "exceptions": granted,
        "answers": answers,
        "may_grant": may_change and not is_in and not is_let_in,
    }


def with_page(schools: QuerySet[School]) -> QuerySet[School, Any]:
    """Add in one query what a page asks of a school and of what all lines share."""
    origins = SchoolPredecessor.objects.of_school(OuterRef("pk"))
    line = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).values("line")
    waiting = EstablishmentLink.objects.waiting_for(OuterRef("pk"))
    return (
        schools.select_related("authority", "summary")
        .defer("search")
        .annotate(
            shared_line=Subquery(line),
            has_waiting=Exists(waiting),
            has_origins=Exists(origins),
        )
    )


def establishments_of(school: School) -> QuerySet[Establishment, Any]:
    """Return a school's register entries, each with what it went on as and when.

    One that the register here does not hold has no day of closing: the link tells.
    """
    onward = EstablishmentLink.objects.filter(
        predecessor=OuterRef("pk"), succession__state=Succession.State.ACCEPTED
    ).order_by("date", "pk")
    return Establishment.objects.history_of(school).annotate(
        went_on=Subquery(onward.values("date")[:1]),
        went_on_as=Subquery(onward.values("successor")[:1]),
    )


def origins_of(school: School) -> QuerySet[SchoolPredecessor]:
    """Return the mergers and splits that a school came from or went into."""
    return (
        SchoolPredecessor.objects.of_school(school)
        .annotate(into=F("succession__link__successor__school"))
        .select_related("school", "predecessor")
        .order_by("date", "pk")
    )


def figures_of(
    school: Any, programme: Programme, role: Role | None, own_urns: Collection[int]
) -> dict[str, Any]:
    """Return a school's memberships, and its results in words, line and table.

    Who never joined is shown to those alone who may open the membership.
    """
    shared = school.shared_line or {}
    memberships = Membership.objects.of_school_for(school, role)
    summary = getattr(school, "summary", None)
    line = summary.line if summary else []
    return {
        "memberships": memberships,
        "areas": area_rows(line, shared.get("words", {})),
        "area_sources": area_sources(line),
        "page": school_page(
            summary,
            shared,
            memberships,
            own_urns=own_urns,
            population=programme.get_population_display(),
            coverage=programme.get_coverage_display(),
        ),
        "results": results_table(
            Result.objects.published_of(school),
            shared,
            min_publish=programme.min_publish,
            min_analyse=programme.min_analyse,
        ),
    }


@needs(Permission.SEE_RESULTS)
def school_by_urn(request: MemberRequest, urn: int) -> HttpResponse:
    """Go to the page of the school that has, or once had, a URN."""
    establishment = get_object_or_404(Establishment, pk=urn)
    return redirect("school", pk=establishment.school_id)
