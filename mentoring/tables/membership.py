"""The list of memberships."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template.defaultfilters import date as as_date
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.models import Membership
from mentoring.pages.membership import TAGS
from mentoring.tables.list_table import ListTable
from mentoring.tables.school import WIDE

NONE = format_html('<span class="reason">{}</span>', "None")


class MembershipPaginator(Paginator[Any]):
    """Counts the memberships as they are narrowed, whatever way they are sorted."""

    @cached_property
    def count(self) -> int:
        """Return how many there are on all pages."""
        rows: Any = self.object_list
        return int(rows.table.narrowed.count())


class MembershipTable(ListTable):
    """Memberships with their school, role, state and days."""

    school = tables.Column(verbose_name="School")
    role = tables.Column(verbose_name="Role", attrs=WIDE)
    state = tables.Column(verbose_name="State")
    since = tables.Column(verbose_name="Since", attrs=WIDE)
    joined = tables.Column(verbose_name="First day", empty_values=(), attrs=WIDE)
    left = tables.Column(verbose_name="Last day", empty_values=(), attrs=WIDE)

    class Meta(ListTable.Meta):
        order_by = "school"

    noun = "memberships"

    def __init__(self, rows: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(rows, **kwargs)
        self.narrowed = rows
        self.caption = "Memberships, with their state and their days"
        self.empty_text = (
            "No membership matches. Take a filter away, or search for less."
        )

    def render_school(self, record: Membership) -> SafeString:
        """Return the school as the way to its membership."""
        return format_html(
            '<a href="{}">{}</a><small>{}, URN {}</small>',
            record.get_absolute_url(),
            record.school.name,
            record.get_role_display(),
            record.school.urn,
        )

    def render_role(self, record: Membership) -> str:
        """Return the role in a word."""
        return str(record.get_role_display())

    def render_state(self, record: Membership) -> SafeString:
        """Return the state with its sign."""
        return format_html(
            '<span class="tag tag-{}">{}</span>',
            TAGS[record.standing],
            record.shown_state,
        )

    def render_since(self, value: date) -> str:
        """Return the day the state took effect."""
        return as_date(value, "j M Y")

    def render_joined(self, value: date | None) -> str:
        """Return the first day, or that there is none."""
        return as_date(value, "j M Y") if value else NONE

    def render_left(self, value: date | None) -> str:
        """Return the last day, or that there is none."""
        return as_date(value, "j M Y") if value else NONE

    def order_school(
        self,
        queryset: QuerySet[Membership],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[Membership], bool]:
        """Sort by the school's name, then by the first day."""
        sign = "-" if is_descending else ""
        if not queryset.query.has_filters():
            # Every name is after none. Said, it has a page of the whole list read in
            # the order of the index of names, where else all memberships are sorted;
            # the few that a filter keeps are sorted sooner than sought by name.
            queryset = queryset.filter(school__name__gte="")
        return queryset.order_by(f"{sign}school__name", "school", "since", "pk"), True
