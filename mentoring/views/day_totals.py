"""Support days added up by pairing, school, person, area, month or year."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring.academic_year import academic_year
from mentoring.day_totals import BY, AddedUp, totals_by
from mentoring.exports.files import KINDS, as_file
from mentoring.exports.support_days import TOTAL_HEADERS, total_rows
from mentoring.filters.support_day import SupportDayFilter
from mentoring.http import MemberRequest, needs
from mentoring.models import Pairing, SupportDay
from mentoring.pages.day_totals import Way, totals_page
from mentoring.pages.parts import active_filters
from mentoring.pages.support_day import reads_names
from mentoring.permissions import Permission

A_PAGE = 50
PERSON, YEAR = "person", "year"


@needs(Permission.SEE_DAYS)
def day_totals(request: MemberRequest) -> HttpResponse:
    """Show what the filtered days add up to, by what the URL asks for."""
    query, by = asked(request)
    shown = filtered(request, query)
    added = added_up(request, shown, by)
    page = Paginator(added.rows, A_PAGE).get_page(request.GET.get("page"))
    rows = [replace(row, url=narrowed(row.url, shown)) for row in page.object_list]
    context = {
        "filter": shown,
        "by": by,
        "ways": ways(request, query, by),
        "active": active_filters(request, shown.form),
        "page": page,
        "totals": totals_page(added, rows, by, shown.when),
        "query": query.urlencode(),
    }
    return render(request, "mentoring/day_totals.html", context)


@needs(Permission.SEE_DAYS)
def day_totals_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the totals as a file, all pages of them."""
    if kind not in KINDS:
        raise Http404
    query, by = asked(request)
    shown = filtered(request, query)
    if shown.form.errors:
        return redirect(f"{reverse('day_totals')}?{request.GET.urlencode()}")
    rows = total_rows(added_up(request, shown, by).rows)
    name = f"support-days-by-{by}-{request.today.isoformat()}"
    return as_file(kind, name, TOTAL_HEADERS, rows, sheet=f"Days by {by}")


def asked(request: MemberRequest) -> tuple[QueryDict, str]:
    """Return the filters, and by what they are added up.

    That is the area, for an overview, and the pairing for a school, which has few.
    Unless a time is named, it is the academic year; of years, all of them.
    """
    query = request.GET.copy()
    query.pop("page", None)
    by = query.get("by", "")
    if by not in offered(request):
        by = "pairing" if request.role and request.role.school else "area"
    query["by"] = by
    if by != YEAR and not {"year", "month"} & set(query):
        query["year"] = str(academic_year(request.today))
    return query, by


def offered(request: MemberRequest) -> list[str]:
    """Return by what days are added up for the role: who reads no names, by nobody."""
    return [by for by in BY if by != PERSON or reads_names(request.role)]


def filtered(request: MemberRequest, query: QueryDict) -> SupportDayFilter:
    """Return the days that the role may see, as `query` narrows them."""
    return SupportDayFilter(
        query,
        SupportDay.objects.visible_to(request.role),
        role=request.role,
        today=request.today,
        with_names=reads_names(request.role),
    )


def added_up(request: MemberRequest, shown: SupportDayFilter, by: str) -> AddedUp:
    """Return the totals, beside what is planned where a year is shown."""
    if shown.form.errors:
        return AddedUp.of([])
    year = shown.form.cleaned_data["year"]
    plans = Pairing.objects.visible_to(request.role)
    others = {"q", "area", "direction", "state", "month", "pairing", "giver"}
    if any(shown.data.get(name) for name in others):
        plans = plans.filter(pk__in=shown.qs.values("pairing"))
    return totals_by(shown.qs, by, year=int(year) if year else None, plans=plans)


def narrowed(url: str, shown: SupportDayFilter) -> str:
    """Return the way to a list of days, with the filters that its total was under."""
    path, _, own = url.partition("?")
    if path != reverse("days"):
        return url
    query = QueryDict(own, mutable=True)
    wider = "year" if "month" in query else ""
    for name in (each for each in shown.form.fields if each != wider):
        if name not in query and any(values := shown.data.getlist(name)):
            query.setlist(name, values)
    return f"{path}?{query.urlencode()}"


def ways(request: MemberRequest, query: QueryDict, by: str) -> list[Way]:
    """Return the ways to add up, each with its address and whether it is shown."""
    found = []
    for one in offered(request):
        other = query.copy()
        other["by"] = one
        if one == YEAR:
            other.pop("year", None)
        found.append(Way(BY[one], f"{request.path}?{other.urlencode()}", one == by))
    return found
