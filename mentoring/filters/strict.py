"""Filters that keep nothing where they do not understand what is asked."""

from typing import Any

import django_filters
from django.db.models import QuerySet


class StrictFilterSet(django_filters.FilterSet):
    """Keeps no row while a value of the URL is not understood.

    django-filter leaves such a value out, and the list would hold more than was asked
    for under the address of a narrower one. The field says what is wrong.
    """

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what all filters keep; nothing where one is not understood."""
        if self.form.errors:
            return queryset.none()
        kept: QuerySet[Any] = super().filter_queryset(queryset)
        return kept
