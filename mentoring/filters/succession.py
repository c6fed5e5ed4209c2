"""The filters of the succession inbox."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.filters.strict import StrictFilterSet
from mentoring.models import Membership
from schools.models import School, Succession
from schools.models.school import LONGEST_SEARCH


class SuccessionFilter(StrictFilterSet):
    """Narrows cases by words, doubt, state and whether they touch the programme."""

    q = django_filters.CharFilter(
        label="Name, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    doubt = django_filters.ChoiceFilter(
        label="Why it waits",
        choices=[
            (value, label[0].upper() + label[1:])
            for value, label in Succession.Doubt.choices
            if value
        ],
        empty_label="Any reason",
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[*Succession.State.choices, ("all", "Waiting or decided")],
        method="in_state",
        empty_label=None,
    )
    programme = django_filters.BooleanFilter(
        label="Touches the programme",
        method="touching",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Succession
        fields = ["q", "doubt", "state", "programme"]

    def __init__(self, sent: Any, *args: Any, **kwargs: Any) -> None:
        asked = sent.copy()
        asked.setdefault("state", Succession.State.WAITING)
        super().__init__(asked, *args, **kwargs)
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(
        self, cases: QuerySet[Succession], name: str, words: str
    ) -> QuerySet[Succession]:
        """Keep links of schools that match every word."""
        schools = School.objects.matching(words)
        return cases.filter(
            Q(link__predecessor__school__in=schools)
            | Q(link__successor__school__in=schools)
        )

    def in_state(
        self, cases: QuerySet[Succession], name: str, state: str
    ) -> QuerySet[Succession]:
        """Keep links in a state, or in any."""
        return cases if state == "all" else cases.filter(state=state)

    def touching(
        self,
        cases: QuerySet[Succession],
        name: str,
        is_on: bool,  # noqa: FBT001 -- as django-filter calls it
    ) -> QuerySet[Succession]:
        """Keep links of schools that have been in the programme, or are invited."""
        if not is_on:
            return cases
        ends = Q(school=OuterRef("link__predecessor__school")) | Q(
            school=OuterRef("link__successor__school")
        )
        return cases.filter(Exists(Membership.objects.of_the_programme().filter(ends)))
