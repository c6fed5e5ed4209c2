"""The list of schools that joined to be helped, as the dashboard counts them."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.models import MenteeSummary
from mentoring.tables.list_table import ListTable
from mentoring.tables.school import NUMBER, WIDE
from results.figures.display import signed

WIDE_NUMBER = {"td": {"class": "num wide-only"}, "th": {"class": "num wide-only"}}


class MenteeTable(ListTable):
    """Schools with their wave and gain, or why they are left out.

    By name: nothing is ranked on one school's gain, which is noise as much as news.
    """

    name = tables.Column(
        verbose_name="School", accessor="school__name", order_by=("school__name", "pk")
    )
    region = tables.Column(
        verbose_name="Region", orderable=False, empty_values=(), attrs=WIDE
    )
    joined = tables.DateColumn(verbose_name="Joined", format="j M Y", attrs=WIDE)
    base = tables.Column(
        verbose_name="Summers compared", orderable=False, attrs=WIDE_NUMBER
    )
    gain = tables.Column(
        verbose_name="Points a year",
        accessor="gain_a_year",
        orderable=False,
        empty_values=(),
        attrs=NUMBER,
    )

    class Meta(ListTable.Meta):
        order_by = "name"

    noun = "schools"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caption = "Schools that joined to be helped, by name"
        self.empty_text = "No school matches. Take a filter away, or search for less."

    def render_name(self, value: str, record: MenteeSummary) -> SafeString:
        """Return the name as the way to the school."""
        return format_html(
            '<a href="{}">{}</a>', record.school.get_absolute_url(), value
        )

    def render_region(self, value: str) -> str:
        """Return the region, or that it is not known."""
        return value or "Not known"

    def render_base(self, record: MenteeSummary) -> str:
        """Return the two summers, or the one it would be counted from."""
        if record.last is None:
            return f"from {record.base}"
        return f"{record.base} to {record.last}"

    def render_gain(self, value: float | None, record: MenteeSummary) -> SafeString:
        """Return the gain, or why there is none."""
        if value is None:
            return format_html('<span class="reason">{}</span>', record.sentence)
        return format_html("{}", signed(value))
