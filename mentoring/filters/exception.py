"""The filters of the list of exceptions."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from mentoring.filters.strict import StrictFilterSet
from mentoring.models import EligibilityException
from mentoring.models.eligibility import EligibilityExceptionQuerySet
from schools.models import School
from schools.models.school import LONGEST_SEARCH


class ExceptionFilter(StrictFilterSet):
    """Narrows exceptions by words, and by whether they hold on the day."""

    q = django_filters.CharFilter(
        label="School, URN or reason", method="matching", max_length=LONGEST_SEARCH
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("live", "Holds today"), ("over", "Ended or lapsed")],
        method="in_state",
        empty_label="All exceptions",
    )

    class Meta:
        model = EligibilityException
        fields = ["q", "state"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(
        self, exceptions: QuerySet[EligibilityException], name: str, words: str
    ) -> QuerySet[EligibilityException]:
        """Keep those whose school matches every word, or whose reason has them."""
        schools = School.objects.matching(words)
        return exceptions.filter(Q(school__in=schools) | Q(why__icontains=words))

    def in_state(
        self, exceptions: EligibilityExceptionQuerySet, name: str, state: str
    ) -> QuerySet[EligibilityException]:
        """Keep those that hold on the day, or those that do not any more."""
        if state == "live":
            return exceptions.live_on(self.today)
        return exceptions.over_on(self.today)
