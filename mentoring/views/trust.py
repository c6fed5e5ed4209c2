"""The list of trusts, and one trust's page."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django_tables2 import RequestConfig

from mentoring.filters.trust import TrustFilter
from mentoring.http import MemberRequest, needs
from mentoring.models import Membership
from mentoring.pages.parts import active_filters
from mentoring.permissions import Permission
from mentoring.tables.school import SchoolTable, listed
from mentoring.tables.trust import TrustTable
from schools.models import Trust, TrustMembership

PAGE = 50


@needs(Permission.SEE_RESULTS)
def trust_list(request: MemberRequest) -> HttpResponse:
    """List the trusts that match the filters in the URL, fifty to a page."""
    shown = TrustFilter(request.GET, with_schools(request.today), today=request.today)
    table = TrustTable(shown.qs)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "total": table.paginator.count,
    }
    return render(request, "mentoring/trust_list.html", context)


@needs(Permission.SEE_RESULTS)
def trust_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a trust's schools, those it has and those that left it."""
    trust = get_object_or_404(with_schools(request.today), pk=pk)
    memberships = TrustMembership.objects.filter(trust=trust)
    now = memberships.live_on(request.today).values("school")
    table = SchoolTable(listed().filter(pk__in=now), today=request.today)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    past = memberships.filter(ended__lt=request.today).select_related("school")
    context = {
        "trust": trust,
        "table": table,
        "past": past.order_by("-ended", "school__name")[:PAGE],
        "n_past": past.count(),
    }
    return render(request, "mentoring/trust.html", context)


def with_schools(day: date) -> QuerySet[Trust]:
    """Return trusts with how many schools they have here and in the programme."""
    live = TrustMembership.objects.live_on(day).filter(trust=OuterRef("pk")).order_by()
    in_programme = Exists(
        Membership.objects.live_on(day).filter(school=OuterRef("school"))
    )

    def counted(rows: QuerySet[TrustMembership]) -> Coalesce:
        numbers = rows.values("trust").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(numbers), 0)

    return Trust.objects.annotate(
        n_schools=counted(live), n_programme=counted(live.filter(in_programme))
    )
