"""The list of schools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet

from mentoring.models import SchoolSummary
from mentoring.pages.parts import level
from results.charts.spark import sparkline
from results.figures.display import signed
from results.figures.figure import Missing
from results.figures.reasons import Reason
from results.models.result import PERCENTAGES
from schools.models import School

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
WIDE = {"td": {"class": "wide-only"}, "th": {"class": "wide-only"}}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or the reason there is none, with what it is of in small."""

    value: str
    reason: str
    small: str


NO_RESULT = Cell("", "No result held", "")
NO_CHANGE = Cell("", "", "")


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of the list; `trend` is SVG text."""

    url: str
    name: str
    urn: int
    authority: str
    roles: Sequence[str]
    trend: str
    result: Cell = NO_RESULT
    change: Cell = NO_CHANGE


class SchoolTable(tables.Table):
    """Schools with their place, role, trend, latest result and change a year.

    Nothing is ranked on one school's change: it is noise as much as news. Its rows
    have a template of their own, which writes fifty of them ten times as fast as a
    template for each cell.
    """

    rows_template = "mentoring/_school_rows.html"

    name = tables.Column(verbose_name="School")
    authority = tables.Column(
        verbose_name="Local authority", orderable=False, default="", attrs=WIDE
    )
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

    class Meta:
        template_name = "_components/table.html"
        order_by = "name"
        attrs = {"class": "schools"}

    noun = "schools"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.empty_text = "No school matches. Take a filter away, or search for less."

    def lines(self) -> Iterator[SchoolRow]:
        """Return the page's rows, ready to be written."""
        for row in self.page.object_list:
            yield school_row(row.record, self.today)

    def order_result(
        self,
        queryset: QuerySet[School],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[School], bool]:
        """Sort by the stored value, latest year first; schools without one last."""
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
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}name", f"{sign}pk"), True


def school_row(school: School, today: date) -> SchoolRow:
    """Return one school's row from what `School.objects.listed` fetched."""
    summary: SchoolSummary | None = getattr(school, "summary", None)
    live = [
        each.get_role_display()
        for each in school.memberships.all()
        if each.joined <= today and (not each.left or each.left >= today)
    ]
    row = SchoolRow(
        url=school.get_absolute_url(),
        name=school.name,
        urn=school.urn,
        authority=school.authority.name if school.authority else "",
        roles=live,
        trend=sparkline(summary.spark if summary else []),
    )
    if summary is None or summary.latest_year is None:
        return row
    return replace(row, result=result_cell(summary), change=change_cell(summary))


def result_cell(summary: SchoolSummary) -> Cell:
    """Return the latest result with its measure and year, or why there is none."""
    is_share = summary.latest_measure_id in PERCENTAGES
    year = f"{summary.latest_measure_id} {summary.latest_year}"
    if summary.latest_value is None:
        reason = Missing(summary.latest_reason).sentence
        return Cell("", reason, year)
    return Cell(level(summary.latest_value, is_share=is_share), "", year)


def change_cell(summary: SchoolSummary) -> Cell:
    """Return the change a year with its years, or why there is none."""
    if summary.gain_a_year is None:
        return Cell("", Reason(summary.gain_reason).sentence, "")
    years = f"{summary.gain['base']}\u2013{summary.gain['last']}"
    return Cell(signed(summary.gain_a_year), "", years)
