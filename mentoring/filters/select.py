"""A select for long lists, written in one go."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """A select of a hundred options or more.

    Django makes a context and a template for each option, which costs more than the
    rest of a list's page.
    """

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Return the select as HTML; `value` is the chosen option's, as text."""
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(option)}"'
            f"{' selected' if str(option) == chosen else ''}>{escape(label)}</option>"
            for option, label in self.choices
        )
        names = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        # every value and label is escaped above, every attribute by flatatt
        return mark_safe(f"<select{names}>{options}</select>")  # noqa: S308
