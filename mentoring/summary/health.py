"""What the programme's schools lack, counted while the figures are worked out.

To count these looks at every school of the programme, which a page should not do.
"""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window

from mentoring.models import Membership, Programme
from results.models import Result
from schools.models import School

NAMED = 10
"""Schools that a finding names; the count is of all."""

Lacking = dict[str, dict[str, Any]]
"""By finding: `count`, and `named` the id and name of the first of them by name."""


def health_facts(programme: Programme, on: date) -> Lacking:
    """Return the programme's schools without results, closed, and without a place."""
    return {
        "results": _counted(without_results(programme, on)),
        "closed": _counted(closed(on)),
        "place": _counted(without_place(on)),
    }


def without_results(programme: Programme, on: date) -> QuerySet[School]:
    """Keep the schools in the programme on a day that have no result at all."""
    results = Result.objects.filter(
        establishment__school=OuterRef("pk"), population=programme.population
    )
    return _members(on).exclude(Exists(results))


def closed(on: date) -> QuerySet[School]:
    """Keep the schools in the programme on a day that closed, or are to close."""
    members = Membership.objects.live_on(on).of_closed_schools()
    return School.objects.filter(pk__in=members.order_by().values("school"))


def without_place(on: date) -> QuerySet[School]:
    """Keep the schools in the programme on a day that the map cannot show."""
    return _members(on).filter(
        establishments__urn=F("urn"), establishments__easting__isnull=True
    )


def _members(on: date) -> QuerySet[School]:
    live = Membership.objects.live_on(on).filter(school=OuterRef("pk"))
    return School.objects.filter(Exists(live))


def _counted(schools: QuerySet[School]) -> dict[str, Any]:
    counted = schools.annotate(n_all=Window(Count("pk"))).order_by("name", "pk")
    rows = list(counted.values_list("pk", "name", "n_all")[:NAMED])
    return {
        "count": rows[0][2] if rows else 0,
        "named": [[pk, name] for pk, name, _ in rows],
    }
