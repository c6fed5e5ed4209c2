"""Filters that keep nothing where they do not understand what is asked."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property

NOT_A_CHOICE = (
    "This is not one of the choices. Choose one that is listed, or take this filter "
    "away."
)
WORDS = {
    "invalid_choice": NOT_A_CHOICE,
    "invalid_list": NOT_A_CHOICE,
    "invalid": "This is not understood. Write it again, or take this filter away.",
    "max_length": (
        "This is too long to search for. Write at most %(limit_value)d characters."
    ),
    "null_characters_not_allowed": (
        "This holds a sign that nobody can type. Write it again."
    ),
}
"""What is said in place of the library's words, which name no way out.

What was asked for stands above the list, with the way to take it away.
"""


class StrictFilterSet(django_filters.FilterSet):
    """Keeps no row while a value of the URL is not understood.

    django-filter leaves such a value out, and the list would hold more than was asked
    for under the address of a narrower one. The field says what is wrong.
    """

    @cached_property
    def form(self) -> forms.Form:
        """Return the form of the filters, which says what to do in plain words.

        Its fields are the filters' own. The library makes a class of them each time,
        and the class copies every field, choices and all.
        """
        form = forms.Form(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields = {name: each.field for name, each in self.filters.items()}
        for field in form.fields.values():
            field.error_messages.update(WORDS)
        return form

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what all filters keep; nothing where one is not understood."""
        if self.form.errors:
            return queryset.none()
        kept: QuerySet[Any] = super().filter_queryset(queryset)
        return kept
