"""The filters of the lists of people and of invitations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from mentoring.filters.strict import StrictFilterSet
from mentoring.pages.people import STATE_TAGS
from schools.models import Invitation, Role, School
from schools.models.invitation import InvitationQuerySet
from schools.models.role import RoleQuerySet
from schools.models.school import LONGEST_SEARCH

IN_FORCE = (
    ("live", "In force today"),
    ("ahead", "Starts later"),
    ("ended", "Ended"),
)


def at_a_place(words: str) -> Q:
    """Return the condition that a school matches every word, or a trust has them."""
    schools = School.objects.matching(words).values("pk")
    return Q(school__in=schools) | Q(trust__name__icontains=words)


class _WordsFilter(StrictFilterSet):
    """What both lists have: a box for words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )


class PeopleFilter(_WordsFilter):
    """Narrows roles by words of the person or the place, kind and state."""

    q = django_filters.CharFilter(
        label="Name, e-mail, school or trust",
        method="matching",
        max_length=LONGEST_SEARCH,
    )
    kind = django_filters.ChoiceFilter(
        label="Role", choices=Role.Kind, empty_label="All roles"
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=IN_FORCE, method="in_state", empty_label="All states"
    )

    class Meta:
        model = Role
        fields = ["q", "kind", "state"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def matching(self, roles: QuerySet[Role], name: str, words: str) -> QuerySet[Role]:
        """Keep those whose person or place has the words."""
        person = Q(user__name__icontains=words) | Q(user__email__icontains=words)
        return roles.filter(person | at_a_place(words))

    def in_state(self, roles: RoleQuerySet, name: str, state: str) -> QuerySet[Role]:
        """Keep those in force on the day, those ahead, or those that have ended."""
        if state == "live":
            return roles.live_on(self.today)
        if state == "ahead":
            return roles.filter(started__gt=self.today)
        return roles.filter(ended__lt=self.today)


class InvitationFilter(_WordsFilter):
    """Narrows invitations by words of the person or the place, kind and state."""

    q = django_filters.CharFilter(
        label="Name, e-mail, school or trust",
        method="matching",
        max_length=LONGEST_SEARCH,
    )
    kind = django_filters.ChoiceFilter(
        label="Role", choices=Role.Kind, empty_label="All roles"
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=Invitation.State,
        method="in_state",
        empty_label="All states",
    )

    class Meta:
        model = Invitation
        fields = ["q", "kind", "state"]

    def __init__(self, *args: Any, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment

    def matching(
        self, rows: QuerySet[Invitation], name: str, words: str
    ) -> QuerySet[Invitation]:
        """Keep those whose person or place has the words."""
        person = Q(name__icontains=words) | Q(email__icontains=words)
        return rows.filter(person | at_a_place(words))

    def in_state(
        self, rows: InvitationQuerySet, name: str, state: str
    ) -> QuerySet[Invitation]:
        """Keep those in the state."""
        return rows.in_state(state, self.moment)


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many invitations are in a state, and the way to them."""

    label: str
    tag: str
    count: int
    url: str
    is_current: bool


def invitation_counts(
    visible: InvitationQuerySet, request: HttpRequest, moment: datetime
) -> list[StateCount]:
    """Return how many of those that may be seen are in each state, in one query."""
    unanswered = Q(accepted_at__isnull=True, revoked_at__isnull=True)
    found = visible.order_by().aggregate(
        waiting=Count("pk", filter=unanswered & Q(expires_at__gt=moment)),
        expired=Count("pk", filter=unanswered & Q(expires_at__lte=moment)),
        revoked=Count("pk", filter=Q(revoked_at__isnull=False)),
        accepted=Count("pk", filter=Q(accepted_at__isnull=False)),
    )
    path = reverse("invitations")
    return [
        StateCount(
            label=state.label,
            tag=STATE_TAGS[state],
            count=found[state.value],
            url=f"{path}?{urlencode({'state': state.value})}",
            is_current=request.path == path and request.GET.get("state") == state,
        )
        for state in Invitation.State
    ]
