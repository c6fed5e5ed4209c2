"""The filters of a frozen list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring.filters.strict import StrictFilterSet
from mentoring.models import EligibilityEntry
from schools.models import School
from schools.models.school import LONGEST_SEARCH


class EntryFilter(StrictFilterSet):
    """Narrows a list's schools by words and by standing."""

    q = django_filters.CharFilter(
        label="Name, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    standing = django_filters.ChoiceFilter(
        label="Standing",
        choices=EligibilityEntry.Standing,
        empty_label="All schools",
    )

    class Meta:
        model = EligibilityEntry
        fields = ["q", "standing"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(
        self, entries: QuerySet[EligibilityEntry], name: str, words: str
    ) -> QuerySet[EligibilityEntry]:
        """Keep the schools that match every word."""
        return entries.filter(school__in=School.objects.matching(words))
