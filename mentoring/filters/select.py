"""Choices of filters, written in one go.

Django makes a context and a template for each option and box, which costs a list's page
more than its rows.
"""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """A select, of a hundred options or more."""

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
        return mark_safe(f"<select{names}>{options}</select>")  # noqa: S308 -- see above


class TickBoxes(forms.CheckboxSelectMultiple):
    """A box for each choice, in the markup of Django's own."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Return the boxes as HTML; `value` lists the ticked ones, as texts."""
        ticked = {str(each) for each in value or ()}
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        key = own.pop("id", f"id_{name}")
        names = flatatt(own)
        boxes = "".join(
            f'<div><label for="{key}_{place}"><input type="checkbox"{names}'
            f' value="{escape(option)}" id="{key}_{place}"'
            f"{' checked' if str(option) in ticked else ''}>\n {escape(label)}"
            "</label></div>"
            for place, (option, label) in enumerate(self.choices)
        )
        # every value and label is escaped above, every attribute by flatatt
        return mark_safe(f'<div id="{key}">{boxes}</div>')  # noqa: S308 -- see above
