"""The succession inbox: a row for each link."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.pages.succession import link_words
from mentoring.tables.list_table import ListTable
from mentoring.tables.school import WIDE
from schools.models import Succession


class SuccessionTable(ListTable):
    """Links with why they wait, or what was decided."""

    link = tables.Column(verbose_name="The register says", orderable=False)
    date = tables.Column(
        verbose_name="From", accessor="link__date", empty_values=(), attrs=WIDE
    )
    why = tables.Column(verbose_name="Why it waits", orderable=False, empty_values=())

    Meta = ListTable.Meta

    noun = "links"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caption = "Links between schools"
        self.empty_text = "Nothing is here. Take a filter away to see more."

    def render_link(self, record: Succession) -> SafeString:
        """Return the link as the way to its case."""
        url = reverse("succession", kwargs={"pk": record.case})
        return format_html('<a href="{}">{}</a>', url, link_words(record.link))

    def render_date(self, record: Succession) -> SafeString | str:
        """Return the day in words, or that the register gives none."""
        day = record.link.date
        if day is None:
            return format_html('<span class="reason">{}</span>', "Not stated")
        return f"{day.day} {day:%B %Y}"

    def render_why(self, record: Succession) -> str:
        """Return the doubt, or the decision."""
        if record.state == Succession.State.WAITING:
            doubt = record.get_doubt_display()
            return f"{doubt[0].upper()}{doubt[1:]}"
        return record.get_state_display()
