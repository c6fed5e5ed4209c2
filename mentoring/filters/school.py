"""The filters of the list of schools."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.filters.select import LongSelect
from mentoring.models import Membership
from schools.models import LocalAuthority, School
from schools.models.school import LONGEST_SEARCH

ROLES = (
    ("any", "In the programme"),
    ("mentee", "Mentees"),
    ("mentor", "Mentors"),
    ("mentee_ever", "Mentees, now or before"),
    ("none", "Not in the programme"),
)


class SchoolFilter(django_filters.FilterSet):
    """Narrows schools by words, region, authority and role in the programme."""

    q = django_filters.CharFilter(
        label="Name, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    region = django_filters.ChoiceFilter(
        label="Region",
        field_name="authority__region",
        empty_label="All regions",
        widget=LongSelect,
    )
    authority = django_filters.ChoiceFilter(
        label="Local authority", empty_label="All authorities", widget=LongSelect
    )
    role = django_filters.ChoiceFilter(
        label="Role",
        choices=ROLES,
        method="in_role",
        empty_label="All schools",
        widget=LongSelect,
    )

    class Meta:
        model = School
        fields = ["q", "region", "authority", "role"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        places = LocalAuthority.objects.order_by("name")
        known = list(places.values_list("code", "name", "region"))
        regions = sorted({region for _, _, region in known if region})
        self.filters["region"].extra["choices"] = [(name, name) for name in regions]
        self.filters["authority"].extra["choices"] = [row[:2] for row in known]
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(self, schools: Any, name: str, words: str) -> Any:
        """Keep schools that match every word."""
        return schools.matching(words)

    def in_role(
        self, schools: QuerySet[School], name: str, role: str
    ) -> QuerySet[School]:
        """Keep schools in a role today, or (`mentee_ever`) at any time."""
        memberships = Membership.objects.filter(school=OuterRef("pk"))
        live = memberships.live_on(self.today)
        keep = {
            "any": Q(Exists(live)),
            "mentee": Q(Exists(live.mentees())),
            "mentor": Q(Exists(live.mentors())),
            "mentee_ever": Q(Exists(memberships.mentees())),
            "none": ~Q(Exists(live)),
        }
        return schools.filter(keep[role])
