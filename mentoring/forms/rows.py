"""How many rows of a list stand on a page."""

from typing import Any

from django import forms

from mentoring.forms.school_view import SIZES, USUAL_SIZE


class RowsForm(forms.Form):
    """Rows to a page; what is not understood counts as not asked for."""

    size = forms.TypedChoiceField(
        label="Rows to a page",
        choices=[(size, str(size)) for size in SIZES],
        coerce=int,
        required=False,
    )

    def __init__(self, sent: Any) -> None:
        asked = sent.copy()
        asked.setdefault("size", str(USUAL_SIZE))
        super().__init__(asked)

    @property
    def per_page(self) -> int:
        """Return how many rows a page has."""
        size = self.data.get("size", "")
        return int(size) if size in map(str, SIZES) else USUAL_SIZE
