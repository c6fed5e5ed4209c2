"""How the list of schools is shown: its columns, and rows to a page."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from mentoring.filters.drawn import drawn
from mentoring.filters.select import LongSelect, TickBoxes

COLUMNS = (
    ("town", "Town"),
    ("authority", "Local authority"),
    ("region", "Region"),
    ("phase", "Phase"),
    ("kind", "Kind of school"),
    ("status", "Status"),
    ("role", "Role"),
    ("trend", "Trend"),
    ("result", "Latest result"),
    ("change", "Points a year"),
)
USUAL = ("authority", "role", "trend", "result", "change")
SIZES = (25, 50, 100)
USUAL_SIZE = 50


class SchoolViewForm(forms.Form):
    """Columns and rows; what is not understood counts as not asked for."""

    columns = forms.MultipleChoiceField(
        label="Columns",
        choices=COLUMNS,
        widget=TickBoxes,
        required=False,
    )
    size = forms.TypedChoiceField(
        label="Rows to a page",
        choices=[(size, str(size)) for size in SIZES],
        coerce=int,
        required=False,
        widget=LongSelect,
    )

    def __init__(self, sent: Any) -> None:
        asked = sent.copy()
        if not any(name in dict(COLUMNS) for name in asked.getlist("columns")):
            asked.setlist("columns", list(USUAL))
        asked.setdefault("size", str(USUAL_SIZE))
        super().__init__(asked)
        self.asked: list[str] = asked.getlist("columns")

    @property
    def drawn_fields(self) -> list[SafeString]:
        """Return its fields as HTML."""
        return drawn(self)

    @property
    def shown(self) -> list[str]:
        """Return the names of the columns to be shown beside the school's own."""
        return [name for name, _ in COLUMNS if name in self.asked]

    @property
    def per_page(self) -> int:
        """Return how many rows a page has."""
        size = self.data.get("size", "")
        return int(size) if size in map(str, SIZES) else USUAL_SIZE
