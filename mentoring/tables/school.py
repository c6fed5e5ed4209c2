"""The list of schools."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import django_tables2 as tables
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from mentoring.forms.school_view import COLUMNS, USUAL
from mentoring.models import Membership, SchoolSummary
from mentoring.tables.list_table import ListTable
from mentoring.tables.school_rows import (
    FACTS,
    FROM_SUMMARY,
    Facts,
    SchoolRow,
    school_row,
    written,
)
from schools.models import School

if TYPE_CHECKING:
    from mentoring.pages.ticks import Ticks

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
WIDE = {"td": {"class": "wide-only"}, "th": {"class": "wide-only"}}


class SchoolTable(ListTable):
    """Schools with their place, role, trend, latest result and change a year.

    Nothing is ranked on one school's change: it is noise as much as news. It writes
    its rows itself (`school_rows`): they are most of the page's time in a template.
    """

    name = tables.Column(verbose_name="School")
    town = tables.Column(orderable=False, default="", attrs=WIDE)
    authority = tables.Column(
        verbose_name="Local authority", orderable=False, default="", attrs=WIDE
    )
    region = tables.Column(orderable=False, empty_values=(), attrs=WIDE)
    phase = tables.Column(orderable=False, default="", attrs=WIDE)
    kind = tables.Column(
        verbose_name="Kind of school", orderable=False, empty_values=(), attrs=WIDE
    )
    status = tables.Column(orderable=False, empty_values=(), attrs=WIDE)
    role = tables.Column(
        verbose_name="Role", orderable=False, empty_values=(), attrs=WIDE
    )
    trend = tables.Column(
        verbose_name="Trend", orderable=False, empty_values=(), attrs=WIDE
    )
    result = tables.Column(verbose_name="Latest result", empty_values=(), attrs=NUMBER)
    change = tables.Column(
        verbose_name="Points a year", orderable=False, empty_values=(), attrs=NUMBER
    )

    class Meta(ListTable.Meta):
        order_by = "name"
        attrs = {"class": "schools"}

    noun = "schools"

    def __init__(
        self,
        schools: QuerySet[School, Any],
        *args: Any,
        today: date,
        columns: Collection[str] = USUAL,
        **kwargs: Any,
    ) -> None:
        hidden = [name for name, _ in COLUMNS if name not in columns]
        self.narrowed, self.sorted_by = schools, ""
        super().__init__(schools, *args, exclude=hidden, **kwargs)
        self.today = today
        self.ticks: Ticks | None = None  # where its schools can be ticked
        self.shown = columns
        self.empty_text = "No school matches. Take a filter away, or search for less."

    def lines(self) -> Iterator[SchoolRow]:
        """Return the page's rows, ready to be written."""
        rows = self.page_of_rows()
        roles = roles_on(self.today, [row["pk"] for row in rows])
        address = reverse("school", kwargs={"pk": 0})
        for row in rows:
            yield school_row(row, roles.get(row["pk"], ()), address)

    def written_rows(self) -> SafeString:
        """Return the page's rows as HTML; none gives an empty text."""
        return written(self.lines(), self.shown, self.ticks)

    def page_of_rows(self) -> list[Facts]:
        """Return what the page's rows are made of, in order.

        Sorted by result, they are looked up by the places that were worked out with
        the figures: the database would sort every school for each page. Where schools
        have come since, which have no place yet, it does sort them.
        """
        if self.sorted_by:
            first, end = max(self.page.start_index() - 1, 0), self.page.end_index()
            is_listed = Exists(self.narrowed.filter(pk=OuterRef("pk")))
            placed = SchoolSummary.objects.filter(is_listed).order_by(self.sorted_by)
            found = as_facts(placed.values_list(*FROM_SUMMARY)[first:end])
            if len(found) == end - first:
                return found
        ids = [row["pk"] for row in self.page.object_list.data]
        of_school = {row["pk"]: row for row in facts_of(ids)}
        return [of_school[pk] for pk in ids]

    def order_result(
        self,
        queryset: QuerySet[School],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[School], bool]:
        """Sort by the stored value, latest year first; schools without one last."""
        self.sorted_by = "by_highest" if is_descending else "by_lowest"
        value = F("summary__latest_value")
        way = (
            value.desc(nulls_last=True) if is_descending else value.asc(nulls_last=True)
        )
        year = F("summary__latest_year").desc(nulls_last=True)
        return queryset.order_by(year, way, "pk"), True

    def order_name(
        self,
        queryset: QuerySet[School],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[School], bool]:
        """Sort by name, and by number among schools of one name."""
        self.sorted_by = ""
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}name", f"{sign}pk"), True


def listed() -> QuerySet[School, Any]:
    """Return the schools of the list, by id alone.

    They are narrowed, counted and sorted so, whatever the list is long; what a row says
    is fetched for the schools of one page.
    """
    return School.objects.standing().values("pk")


def facts_of(schools: Sequence[int]) -> list[Facts]:
    """Return what the rows of `schools` are made of, in no order."""
    return as_facts(School.objects.filter(pk__in=schools).values_list(*FACTS))


def as_facts(found: Iterable[Sequence[Any]]) -> list[Facts]:
    """Return what was fetched by the names of `FACTS`."""
    return [dict(zip(FACTS, values, strict=True)) for values in found]


def roles_on(day: date, schools: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the roles that schools are in on `day`; none, no entry."""
    found: dict[int, list[str]] = {}
    live = Membership.objects.live_on(day).filter(school__in=schools).order_by("role")
    for school, role in live.values_list("school_id", "role"):
        found.setdefault(school, []).append(Membership.Role(role).label)
    return found
