"""The board of mentors."""

from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.matching.load import Overload
from mentoring.models import Membership
from mentoring.pages.mentors import TAGS, days_text, load_of
from mentoring.tables.list_table import ListTable
from mentoring.tables.membership import MembershipPaginator
from mentoring.tables.mentee import WIDE_NUMBER
from mentoring.tables.school import NUMBER, WIDE

NOT_SAID = format_html('<span class="reason">{}</span>', "Not said")


class MentorPaginator(MembershipPaginator):
    """Counts the mentors as they are narrowed, whatever way they are sorted."""


class MentorTable(ListTable):
    """Mentors with places, mentees, days planned, given and left, and their load."""

    school = tables.Column(verbose_name="Mentor")
    region = tables.Column(
        verbose_name="Region", orderable=False, empty_values=(), attrs=WIDE
    )
    places = tables.Column(verbose_name="Places", attrs=WIDE_NUMBER)
    places_taken = tables.Column(verbose_name="Mentees", attrs=WIDE_NUMBER)
    free = tables.Column(verbose_name="Places free", attrs=NUMBER)
    days_a_year = tables.Column(
        verbose_name="Days a year", empty_values=(), attrs=WIDE_NUMBER
    )
    planned = tables.Column(verbose_name="Planned", attrs=WIDE_NUMBER)
    halves = tables.Column(verbose_name="Given this year", attrs=WIDE_NUMBER)
    left_of = tables.Column(
        verbose_name="Days left", empty_values=(), attrs=WIDE_NUMBER
    )
    used = tables.Column(verbose_name="Load", empty_values=())

    class Meta(ListTable.Meta):
        order_by = "school"

    noun = "mentors"

    def __init__(self, rows: QuerySet[Membership, Any], **kwargs: Any) -> None:
        super().__init__(rows, **kwargs)
        self.narrowed = rows
        self.caption = "Mentors, with their places, mentees and days"
        self.empty_text = "No mentor matches. Take a filter away, or search for less."

    def render_school(self, record: Membership) -> SafeString:
        """Return the school as the way to its membership."""
        resting = ", paused" if record.state == "paused" else ""
        return format_html(
            '<a href="{}">{}</a><small>URN {}{}</small>',
            record.get_absolute_url(),
            record.school.name,
            record.school.urn,
            resting,
        )

    def render_region(self, record: Membership) -> str:
        """Return the region, or that it is not known."""
        authority = record.school.authority
        return (authority.region if authority else "") or "Not known"

    def render_days_a_year(self, value: int | None) -> str | SafeString:
        """Return the days offered in a year."""
        return NOT_SAID if value is None else f"{value:,}"

    def render_halves(self, record: Membership) -> str:
        """Return the days given since 1 September."""
        return days_text(load_of(record).given)

    def render_left_of(self, record: Membership) -> str | SafeString:
        """Return what is left of the days offered."""
        left = load_of(record).left
        return NOT_SAID if left is None else days_text(left).replace("-", "\u2212")

    def render_used(self, record: Membership) -> SafeString:
        """Return how full the mentor is, in words and with a sign."""
        load = load_of(record)
        share = "" if load.per_cent is None else f" {load.per_cent:.0f}%"
        if load.overload == Overload.UNKNOWN:
            return NOT_SAID
        return format_html(
            '<span class="tag tag-{}">{}</span><small>{}</small>',
            TAGS[load.overload],
            load.overload,
            f"{share} of its days".strip() if share else "No days offered",
        )

    def order_school(
        self,
        queryset: QuerySet[Membership],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[Membership], bool]:
        """Sort by the school's name."""
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}school__name", "pk"), True

    def order_used(
        self,
        queryset: QuerySet[Membership],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[Membership], bool]:
        """Sort by load; those that have not said come last."""
        return _known_first(queryset, "used", is_descending=is_descending)

    def order_left_of(
        self,
        queryset: QuerySet[Membership],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[Membership], bool]:
        """Sort by the days left; those that have not said come last."""
        return _known_first(queryset, "left_of", is_descending=is_descending)

    def order_days_a_year(
        self,
        queryset: QuerySet[Membership],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[Membership], bool]:
        """Sort by the days offered; those that have not said come last."""
        return _known_first(queryset, "days_a_year", is_descending=is_descending)


def _known_first(
    rows: QuerySet[Membership], name: str, *, is_descending: bool
) -> tuple[QuerySet[Membership], bool]:
    """Sort by a column, what is not known last, equals by name."""
    column = F(name)
    way = column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True)
    return rows.order_by(way, "school__name", "pk"), True
