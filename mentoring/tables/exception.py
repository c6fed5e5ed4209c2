"""The list of exceptions: a row for each school that was let in."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.models import EligibilityException
from mentoring.pages.exception import state_words, until_words
from mentoring.pages.parts import day_words
from mentoring.tables.list_table import ListTable


class ExceptionTable(ListTable):
    """Exceptions with their school, reason, dates and whether it joined since."""

    school = tables.Column(verbose_name="School", order_by=("school__name", "pk"))
    why = tables.Column(verbose_name="Why", orderable=False)
    granted_on = tables.Column(verbose_name="Granted", order_by=("granted_on", "pk"))
    until = tables.Column(verbose_name="Until", empty_values=(), orderable=False)
    state = tables.Column(verbose_name="State", empty_values=(), orderable=False)
    joined = tables.Column(verbose_name="Joined", empty_values=(), orderable=False)

    Meta = ListTable.Meta

    noun = "exceptions"

    def __init__(
        self, *args: Any, today: date, with_people: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.with_people = with_people
        self.caption = "Schools let in by an exception"
        self.empty_text = (
            "No exception is here. Take a filter away if one is on, or grant one."
        )

    def render_school(self, record: EligibilityException) -> SafeString:
        """Return the school's name as the way to the exception."""
        return format_html(
            '<a href="{}">{}</a> <small>URN {}</small>',
            record.get_absolute_url(),
            record.school.name,
            record.school.urn,
        )

    def render_granted_on(self, record: EligibilityException) -> SafeString | str:
        """Return the day, and who granted it for those who may know."""
        day = day_words(record.granted_on)
        if not self.with_people:
            return day
        return format_html(
            "{} <small>by {}</small>", day, record.granted_by or "a command"
        )

    def render_until(self, record: EligibilityException) -> str:
        """Return until when it holds."""
        return until_words(record)

    def render_state(self, record: EligibilityException) -> SafeString:
        """Return whether it holds today, as a tag."""
        is_live = record.is_live_on(self.today)
        css = "tag tag-good" if is_live else "tag tag-ended"
        words = state_words(record, self.today)
        return format_html('<span class="{}">{}</span>', css, words)

    def render_joined(self, record: EligibilityException) -> SafeString | str:
        """Return since when the school is a mentee, or that it has not joined."""
        joined = getattr(record, "joined_on", None)
        if joined is None:
            return format_html('<span class="reason">{}</span>', "Not joined")
        return day_words(joined)
