"""The list of support days."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template.defaultfilters import date as as_date
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.models import SupportDay
from mentoring.pages.support_day import (
    NOT_SHOWN,
    TAGS,
    giving_school,
    receiving_school,
)
from mentoring.tables.list_table import ListTable
from mentoring.tables.school import NUMBER, WIDE


class SupportDayPaginator(Paginator[Any]):
    """Has the days counted with their totals, in one go."""

    @cached_property
    def count(self) -> int:
        """Return how many there are on all pages."""
        rows: Any = self.object_list
        return int(rows.table.entries)


class SupportDayTable(ListTable):
    """Days with their schools, giver, area, length and state."""

    given_on = tables.Column(verbose_name="Day")
    pairing = tables.Column(verbose_name="From and to", orderable=False)
    giver = tables.Column(verbose_name="Given by", orderable=False, attrs=WIDE)
    area = tables.Column(verbose_name="Area", orderable=False, attrs=WIDE)
    length = tables.Column(
        verbose_name="Days", empty_values=(), orderable=False, attrs=NUMBER
    )
    state = tables.Column(verbose_name="State", orderable=False, attrs=WIDE)

    class Meta(ListTable.Meta):
        order_by = "-given_on"

    noun = "days"

    def __init__(
        self,
        rows: QuerySet[SupportDay],
        *,
        entries: int,
        with_names: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(rows, **kwargs)
        self.entries = entries
        self.with_names = with_names
        self.caption = "Days of support, with who gave them, in what, and their state"
        self.empty_text = "No day matches. Take a filter away, or search for less."

    def render_given_on(self, record: SupportDay, value: date) -> SafeString:
        """Return the day as the way to its page, on phones with its state."""
        return format_html(
            '<a href="{}">{}</a><small class="narrow-only">{}</small>',
            record.get_absolute_url(),
            as_date(value, "j M Y"),
            self.render_state(record),
        )

    def render_pairing(self, record: SupportDay) -> SafeString:
        """Return which school gave to which."""
        return format_html(
            "{}<small>to {}</small>", giving_school(record), receiving_school(record)
        )

    def render_giver(self, record: SupportDay) -> str:
        """Return who gave it, where the reader may know."""
        return record.giver.name if self.with_names else NOT_SHOWN

    def render_length(self, record: SupportDay) -> str:
        """Return 1 or 0.5."""
        return f"{record.halves / 2:g}"

    def render_state(self, record: SupportDay) -> SafeString:
        """Return the state with its sign."""
        return format_html(
            '<span class="tag tag-{}">{}</span>',
            TAGS[record.standing],
            record.standing.label,
        )

    def order_given_on(
        self,
        queryset: QuerySet[SupportDay],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[SupportDay], bool]:
        """Sort by the day, the later logged first among equals."""
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}given_on", f"{sign}pk"), True
