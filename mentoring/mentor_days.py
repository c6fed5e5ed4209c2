"""The days of mentors: planned, and given since 1 September, each added up at once."""

from datetime import date
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from mentoring.academic_year import academic_year, year_span
from mentoring.models import Pairing, SupportDay
from mentoring.models.support_day import HALVES, SupportDayQuerySet


def year_began(on: date) -> date:
    """Return the first day of the academic year of `on`: 1 September."""
    return year_span(academic_year(on))[0]


def planned_of(rows: QuerySet[Pairing]) -> QuerySet[Any, Any]:
    """Return the days a year planned in `rows`, as `n` by mentor."""
    return rows.order_by().values("mentor").annotate(n=Sum("planned_days"))


def given_of(rows: SupportDayQuerySet, on: date) -> QuerySet[Any, Any]:
    """Return the half days given in `rows` since 1 September, as `n` by mentor."""
    kept = rows.counted().filter(
        direction=SupportDay.Direction.GIVEN,
        given_on__gte=year_began(on),
        given_on__lte=on,
    )
    return kept.order_by().values("pairing__mentor").annotate(n=Sum(HALVES))


def counted(rows: QuerySet[Any, Any]) -> Coalesce:
    """Return the number `n` of a mentor's `rows`, 0 where there are none."""
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), Value(0))
