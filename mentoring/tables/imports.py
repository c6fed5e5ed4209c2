"""The list of imports, the latest first."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.pages.imports import layout_words, ran_by
from mentoring.tables.list_table import ListTable
from schools.models import ImportRun

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
WIDE = {"td": {"class": "wide-only"}, "th": {"class": "wide-only"}}
WIDE_NUMBER = {"td": {"class": "num wide-only"}, "th": {"class": "num wide-only"}}


class ImportTable(ListTable):
    """Imports with what they were of, their counts, and whether they stand."""

    file_name = tables.Column(verbose_name="File")
    started_at = tables.DateTimeColumn(verbose_name="When", format="j M Y, H:i")
    by = tables.Column(verbose_name="Who", orderable=False, empty_values=(), attrs=WIDE)
    added = tables.Column(verbose_name="Added", orderable=False, attrs=NUMBER)
    changed = tables.Column(verbose_name="Changed", orderable=False, attrs=WIDE_NUMBER)
    unchanged = tables.Column(
        verbose_name="Unchanged", orderable=False, attrs=WIDE_NUMBER
    )
    refused = tables.Column(verbose_name="Refused", orderable=False, attrs=NUMBER)
    state = tables.Column(verbose_name="State", orderable=False, empty_values=())

    Meta = ListTable.Meta

    noun = "imports"

    def __init__(self, *args: Any, names_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names_people = names_people
        self.caption = "Imports, the latest first"
        self.empty_text = "No import matches. Take a filter away."

    def render_file_name(self, record: ImportRun) -> SafeString:
        """Return the file as the way to its report, with what it was of."""
        return format_html(
            '<a href="{}">{}</a> <small>{}{}</small>',
            record.get_absolute_url(),
            record.file_name,
            record.get_kind_display(),
            layout_words(record),
        )

    def render_by(self, record: ImportRun) -> str:
        """Return who ran it, as far as the reader may know."""
        return ran_by(record, names_people=self.names_people)

    def render_added(self, value: int) -> str:
        """Return the count with its commas, as the next three do."""
        return f"{value:,}"

    render_changed = render_unchanged = render_added

    def render_refused(self, record: ImportRun) -> SafeString | str:
        """Return the count, marked where there is one."""
        if not record.refused:
            return "0"
        return format_html(
            '<span class="tag tag-attention">{}</span>', f"{record.refused:,}"
        )

    def render_state(self, record: ImportRun) -> SafeString:
        """Return whether it stands."""
        kind, word = ("ended", "Undone") if record.undone_at else ("good", "Stands")
        return format_html('<span class="tag tag-{}">{}</span>', kind, word)
