"""The fields of filters as HTML, drawn once for the same choices and values."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.forms import BoundField, ChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

KEPT = 256
"""Fields that a process keeps as they were drawn; the longest has 10 kB."""


@dataclass(slots=True, unsafe_hash=True)
class _Known:
    """All that a field's HTML depends on, and the field until it is drawn."""

    key: Hashable
    field: BoundField | None = field(compare=False)


def drawn(fields: Iterable[BoundField]) -> list[SafeString]:
    """Return each field with its label, hint and errors.

    A list's filters are mostly choices, and mostly as they were for the page before:
    they take longer to draw than the list. What is typed is not kept.
    """
    return [
        _kept(_Known(_key(each), each))
        if isinstance(each.field, ChoiceField)
        else _draw(each)
        for each in fields
    ]


def _key(bound: BoundField) -> Hashable:
    value, choices = bound.value(), bound.field.choices  # type: ignore[attr-defined]  # ChoiceField's
    return (
        bound.label,
        bound.html_name,
        bound.auto_id,
        bound.help_text,
        tuple(map(tuple, choices)),
        tuple(value) if isinstance(value, list) else value,
        tuple(bound.errors),
    )


@lru_cache(maxsize=KEPT)
def _kept(known: _Known) -> SafeString:
    assert known.field is not None
    html = _draw(known.field)
    # The key is kept with the HTML; a field would keep the form, and what was typed.
    known.field = None
    return html


def _draw(bound: BoundField) -> SafeString:
    return render_to_string("mentoring/_filter_field.html", {"field": bound})
