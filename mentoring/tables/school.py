"""The list of schools."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from results.charts.spark import sparkline
from results.figures.display import points, signed
from results.figures.figure import Missing
from results.figures.reasons import Reason
from schools.models import School

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
WIDE = {"td": {"class": "wide-only"}, "th": {"class": "wide-only"}}


class SchoolTable(tables.Table):
    """Schools with their place, role, trend, latest result and change a year.

    Nothing is ranked on one school's change: it is noise as much as news.
    """

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
        self.caption = "Schools"
        self.empty_text = "No school matches. Take a filter away, or search for less."

    def render_name(self, record: Any) -> SafeString:
        """Return the name as the way to the page, with the URN under it."""
        return format_html(
            '<a href="{}">{}</a><small>{}</small>',
            record.get_absolute_url(),
            record.name,
            f"URN {record.urn}",
        )

    def render_role(self, record: Any) -> SafeString:
        """Return each role of today as a tag."""
        live = (
            each
            for each in record.memberships.all()
            if each.joined <= self.today and (not each.left or each.left >= self.today)
        )
        return format_html_join(
            " ",
            '<span class="tag">{}</span>',
            ((each.get_role_display(),) for each in live),
        )

    def render_trend(self, record: Any) -> SafeString:
        """Return the line in small; the row's figures say it in words."""
        summary = getattr(record, "summary", None)
        # sparkline writes numbers alone, and escapes its label
        return mark_safe(sparkline(summary.spark if summary else []))  # noqa: S308

    def render_result(self, record: Any) -> SafeString | str:
        """Return the latest result with its year, or why there is none."""
        summary = getattr(record, "summary", None)
        if summary is None or summary.latest_year is None:
            return format_html('<span class="reason">{}</span>', "No result held")
        if summary.latest_value is None:
            reason = Missing(summary.latest_reason).sentence
            text = format_html('<span class="reason">{}</span>', reason)
        else:
            text = format_html("{}", f"{points(summary.latest_value)}%")
        return format_html(
            "{}<small>{} {}</small>",
            text,
            summary.latest_measure_id,
            summary.latest_year,
        )

    def render_change(self, record: Any) -> SafeString | str:
        """Return the change a year with its years, or why there is none."""
        summary = getattr(record, "summary", None)
        if summary is None:
            return ""
        if summary.gain_a_year is None:
            reason = Reason(summary.gain_reason).sentence
            return format_html('<span class="reason">{}</span>', reason)
        return format_html(
            "{}<small>{}\u2013{}</small>",
            signed(summary.gain_a_year),
            summary.gain["base"],
            summary.gain["last"],
        )

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
