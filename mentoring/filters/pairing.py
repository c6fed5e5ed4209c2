"""The filters of the list of pairings."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from mentoring.filters.select import LongSelect
from mentoring.filters.strict import StrictFilterSet
from mentoring.models import Area, Pairing
from mentoring.models.pairing import PairingQuerySet
from mentoring.steps.pairing import State
from schools.models import School
from schools.models.school import LONGEST_SEARCH

OPEN, UNANSWERED, REFUSED = "open", "unanswered", "refused"
STATES = (
    (OPEN, "Asked for, agreed or under way"),
    (UNANSWERED, "Waiting for an answer"),
    (REFUSED, "Declined or not answered"),
    *((each.value, each.label) for each in State),
)


class PairingFilter(StrictFilterSet):
    """Narrows pairings by words of either school, state and area."""

    q = django_filters.CharFilter(
        label="School, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=STATES, method="in_state", empty_label="All states"
    )
    area = django_filters.ChoiceFilter(
        label="Area", empty_label="All areas", widget=LongSelect
    )

    class Meta:
        model = Pairing
        fields = ["q", "state", "area"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        areas = Area.objects.as_listed().values_list("pk", "name")
        self.filters["area"].extra["choices"] = [(str(pk), name) for pk, name in areas]
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(
        self, rows: QuerySet[Pairing], name: str, words: str
    ) -> QuerySet[Pairing]:
        """Keep those in which a school of either side matches every word."""
        found = School.objects.matching(words).values("pk")
        return rows.filter(Q(mentor__school__in=found) | Q(mentee__school__in=found))

    def in_state(
        self, rows: PairingQuerySet, name: str, state: str
    ) -> QuerySet[Pairing]:
        """Keep a state, or all that are open, unanswered or refused."""
        if state == OPEN:
            return rows.current_on(self.today)
        if state == UNANSWERED:
            return rows.unanswered()
        if state == REFUSED:
            return rows.refused()
        return rows.filter(state=state)
