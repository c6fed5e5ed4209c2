"""The list of pairings."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.template.defaultfilters import date as as_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.models import Pairing
from mentoring.pages.pairing import TAGS, days_number, days_words
from mentoring.sight import Sight
from mentoring.steps.pairing import State
from mentoring.tables.list_table import ListTable
from mentoring.tables.membership import NONE, MembershipPaginator
from mentoring.tables.mentee import WIDE_NUMBER
from mentoring.tables.school import NUMBER, WIDE


class PairingPaginator(MembershipPaginator):
    """Counts the pairings as they are narrowed, whatever way they are sorted."""


class PairingTable(ListTable):
    """Pairings with both schools, area, state, days and what was given."""

    mentee = tables.Column(verbose_name="Mentee", orderable=False)
    mentor = tables.Column(verbose_name="Mentor", orderable=False, attrs=WIDE)
    area = tables.Column(verbose_name="Area", orderable=False, attrs=WIDE)
    state = tables.Column(verbose_name="State", orderable=False)
    started = tables.Column(verbose_name="First day", attrs=WIDE)
    ended = tables.Column(
        verbose_name="Last day", empty_values=(), orderable=False, attrs=WIDE
    )
    halves_given = tables.Column(
        verbose_name="Days given", orderable=False, attrs=NUMBER
    )
    planned_days = tables.Column(
        verbose_name="Planned a year", orderable=False, attrs=WIDE_NUMBER
    )

    class Meta(ListTable.Meta):
        order_by = "-started"

    noun = "pairings"

    def __init__(
        self, rows: QuerySet[Pairing], *, today: date, sight: Sight, **kwargs: Any
    ) -> None:
        super().__init__(rows, **kwargs)
        self.today, self.sight = today, sight
        self.narrowed = rows
        self.caption = "Pairings, with their state, days and support given"
        self.empty_text = "No pairing matches. Take a filter away, or search for less."

    def render_mentee(self, record: Pairing) -> SafeString:
        """Return the mentee as the way to the pairing."""
        return format_html(
            '<a href="{}">{}</a><small class="wide-only">URN {}</small>'
            '<small class="narrow-only">{}: {}</small>',
            record.get_absolute_url(),
            record.mentee.school.name,
            record.mentee.school.urn,
            record.area.name,
            record.mentor.school.name,
        )

    def render_mentor(self, record: Pairing) -> SafeString:
        """Return the mentor."""
        school = record.mentor.school
        return format_html("{}<small>URN {}</small>", school.name, school.urn)

    def render_state(self, record: Pairing) -> SafeString:
        """Return the state with its sign; what is to end is under way till then."""
        is_ending = record.still_lasts(self.today)
        return format_html(
            '<span class="tag tag-{}">{}</span>',
            TAGS[State.ACTIVE if is_ending else record.standing],
            f"Ends {as_date(record.ended, 'j M Y')}"
            if is_ending
            else record.standing.label,
        )

    def render_started(self, value: date) -> str:
        """Return the first day."""
        return as_date(value, "j M Y")

    def render_ended(self, value: date | None) -> str:
        """Return the last day, or that there is none."""
        return as_date(value, "j M Y") if value else NONE

    def render_halves_given(self, record: Pairing) -> SafeString:
        """Return the days to the mentee, and those that came back, as they are seen."""
        halves, back = self.sight.halves_of(record)
        given = days_number(halves)
        if not back:
            return SafeString(given)
        return format_html("{}<small>{} back</small>", given, days_words(back))

    def render_planned_days(self, value: int) -> str:
        """Return the days planned a year."""
        return str(value) if value else "None"

    def order_started(
        self,
        queryset: QuerySet[Pairing],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[Pairing], bool]:
        """Sort by the first day, the later made first among equals."""
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}started", f"{sign}pk"), True
