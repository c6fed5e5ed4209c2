"""The filters of the board of mentors."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring.filters.select import LongSelect
from mentoring.filters.strict import StrictFilterSet
from mentoring.models import Membership
from mentoring.pages.mentors import OVERLOADED
from schools.models import LocalAuthority, School
from schools.models.school import LONGEST_SEARCH

ROOM = (("yes", "With a place free"), ("no", "Without a place free"))
LOADS = (("nearly", "At 80% or more"), ("over", "At 100% or more"))


class MentorFilter(StrictFilterSet):
    """Narrows mentors by words of the school, region, room and load."""

    q = django_filters.CharFilter(
        label="School, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    region = django_filters.ChoiceFilter(
        label="Region",
        field_name="school__authority__region",
        empty_label="All regions",
        widget=LongSelect,
    )
    room = django_filters.ChoiceFilter(
        label="Room", choices=ROOM, method="with_room", empty_label="With or without"
    )
    load = django_filters.ChoiceFilter(
        label="Load", choices=LOADS, method="with_load", empty_label="Any load"
    )

    class Meta:
        model = Membership
        fields = ["q", "region", "room", "load"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = LocalAuthority.objects.exclude(region="").order_by("region")
        regions = held.values_list("region", flat=True).distinct()
        self.filters["region"].extra["choices"] = [(name, name) for name in regions]
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(self, rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        """Keep those of schools that match every word."""
        return rows.filter(school__in=School.objects.matching(words).values("pk"))

    def with_room(self, rows: QuerySet[Any], name: str, room: str) -> QuerySet[Any]:
        """Keep those with a place free, or those without."""
        return rows.filter(free__gt=0) if room == "yes" else rows.filter(free__lte=0)

    def with_load(self, rows: QuerySet[Any], name: str, load: str) -> QuerySet[Any]:
        """Keep those at 80, or 100, per cent of their days or more."""
        over = rows.filter(OVERLOADED)
        return over if load == "over" else rows.filter(used__gte=80) | over
