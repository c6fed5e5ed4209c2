"""The filters of the list of memberships."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from mentoring.filters.school import joining_days, waves
from mentoring.filters.strict import StrictFilterSet
from mentoring.models import Membership
from mentoring.models.membership import SHOWN, MembershipQuerySet
from mentoring.pages.membership import TAGS
from mentoring.steps.membership import CALLED_OFF, OPEN, State
from schools.models import School
from schools.models.school import LONGEST_SEARCH

STATES = (
    ("open", "Invited or in the programme"),
    *((each.value, each.label) for each in State),
    (CALLED_OFF, CALLED_OFF.capitalize()),
)


class MembershipFilter(StrictFilterSet):
    """Narrows memberships by words of the school, state, role and wave."""

    q = django_filters.CharFilter(
        label="School, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=STATES, method="in_state", empty_label="All states"
    )
    role = django_filters.ChoiceFilter(
        label="Role", choices=Membership.Role, empty_label="Both roles"
    )
    wave = django_filters.ChoiceFilter(
        label="Mentees by base year", method="in_wave", empty_label="Any wave"
    )

    class Meta:
        model = Membership
        fields = ["q", "state", "role", "wave"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.filters["wave"].extra["choices"] = [
            (str(year), f"Base year {year}") for year in waves()
        ]
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(
        self, rows: QuerySet[Membership], name: str, words: str
    ) -> QuerySet[Membership]:
        """Keep those of schools that match every word."""
        return rows.filter(school__in=School.objects.matching(words).values("pk"))

    def in_state(
        self, rows: MembershipQuerySet, name: str, state: str
    ) -> QuerySet[Membership]:
        """Keep a state, or all that are open."""
        return rows.filter(state__in=OPEN) if state == "open" else rows.shown_as(state)

    def in_wave(
        self, rows: QuerySet[Membership], name: str, year: str
    ) -> QuerySet[Membership]:
        """Keep mentees whose gain is counted from the summer of `year`."""
        first, last = joining_days(int(year))
        return rows.filter(
            role=Membership.Role.MENTEE, joined__gte=first, joined__lte=last
        )


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many memberships are in a state, and the way to them."""

    label: str
    tag: str
    count: int
    url: str
    is_current: bool


def state_counts(visible: MembershipQuerySet, request: HttpRequest) -> list[StateCount]:
    """Return how many of those that may be seen are in each state, in their order.

    What was called off, and never joined, is told from what left.
    """
    rows = visible.order_by().annotate(shown=SHOWN).values_list("shown")
    found = dict(rows.annotate(n=Count("pk")))
    states = [(each.value, each.label, TAGS[each]) for each in State]
    called_off = (CALLED_OFF, CALLED_OFF.capitalize(), TAGS[State.WITHDRAWN])
    return [
        StateCount(
            label=label,
            tag=tag,
            count=found.get(value, 0),
            url=f"{request.path}?{urlencode({'state': value})}",
            is_current=request.GET.get("state") == value,
        )
        for value, label, tag in (*states, called_off)
    ]
