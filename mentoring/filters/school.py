"""The filters of the list of schools."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.db.models.lookups import Exact
from django.utils.safestring import SafeString

from mentoring.filters.drawn import drawn
from mentoring.filters.select import LongSelect, TickBoxes
from mentoring.filters.strict import StrictFilterSet
from mentoring.models import EligibilityEntry, EligibilityList, Membership
from mentoring.pages.parts import day_words
from results.figures.timing import exam_years
from schools.models import (
    Establishment,
    LocalAuthority,
    Role,
    School,
    TrustMembership,
)
from schools.models.expressions import Unindexed
from schools.models.school import LONGEST_SEARCH, SchoolStatus

ROLES = (
    ("any", "In the programme"),
    ("mentee", "Mentees"),
    ("mentor", "Mentors"),
    ("mentee_ever", "Mentees, now or before"),
    ("none", "Not in the programme"),
)
ANY_STATUS = "all"
CLOSING = "closing"
STATUSES = (
    *SchoolStatus.choices,
    (CLOSING, "Closed or to close"),
    (ANY_STATUS, "Open or not"),
)
RESULTS = (("held", "With a result"), ("none", "Without a result"))
PHASES = (
    "Nursery",
    "Primary",
    "Middle deemed primary",
    "Middle deemed secondary",
    "Secondary",
    "All-through",
    "16 plus",
    "Not applicable",
)
"""The register's own words, youngest pupils first."""
ALSO_WRITTEN = {"All-through": "All through"}
"""How extracts of some years write a phase."""

SHOWN_FIRST = ("q", "status", "role", "region")
"""Filters that are always in view; the others are a click away."""


class SchoolFilter(StrictFilterSet):
    """Narrows schools by words, place, trust, kind, role, wave and results.

    Open schools, unless another status is asked for.
    """

    q = django_filters.CharFilter(
        label="Name, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        choices=STATUSES,
        method="in_status",
        empty_label=None,
        widget=LongSelect,
    )
    role = django_filters.ChoiceFilter(
        label="Role",
        choices=ROLES,
        method="in_role",
        empty_label="All schools",
        widget=LongSelect,
    )
    region = django_filters.ChoiceFilter(
        label="Region",
        method="in_region",
        empty_label="All regions",
        widget=LongSelect,
    )
    authority = django_filters.ChoiceFilter(
        label="Local authority", empty_label="All authorities", widget=LongSelect
    )
    trust = django_filters.CharFilter(
        label="Trust: its name or number", method="in_trust", max_length=LONGEST_SEARCH
    )
    wave = django_filters.ChoiceFilter(
        label="Mentees by base year",
        method="in_wave",
        empty_label="Any wave",
        widget=LongSelect,
    )
    eligible = django_filters.ChoiceFilter(
        label="In the bottom quarter on a list",
        method="on_list",
        empty_label="On any list or none",
        widget=LongSelect,
    )
    results = django_filters.ChoiceFilter(
        label="Results",
        choices=RESULTS,
        method="with_results",
        empty_label="With or without",
        widget=LongSelect,
    )
    phase = django_filters.MultipleChoiceFilter(
        label="Phase",
        choices=[(phase, phase) for phase in PHASES],
        method="in_phase",
        widget=TickBoxes,
    )
    kind = django_filters.MultipleChoiceFilter(
        label="Kind of school",
        field_name="type_group",
        choices=[each for each in Establishment.TypeGroup.choices if each[0]],
        distinct=False,
        widget=TickBoxes,
    )

    class Meta:
        model = School
        fields = [
            *SHOWN_FIRST,
            "authority",
            "trust",
            "wave",
            "eligible",
            "results",
            "phase",
            "kind",
        ]

    def __init__(
        self, sent: Any, *args: Any, today: date, role: Role | None, **kwargs: Any
    ) -> None:
        asked = sent.copy()
        asked.setdefault("status", SchoolStatus.OPEN)
        if "phase" in asked:
            own = {other: phase for phase, other in ALSO_WRITTEN.items()}
            asked.setlist("phase", [own.get(x, x) for x in asked.getlist("phase")])
        super().__init__(asked, *args, **kwargs)
        self.today = today
        places = LocalAuthority.objects.order_by("name")
        self.places = known = list(places.values_list("code", "name", "region"))
        regions = sorted({region for _, _, region in known if region})
        self.filters["region"].extra["choices"] = [(name, name) for name in regions]
        self.filters["authority"].extra["choices"] = [row[:2] for row in known]
        self.filters["wave"].extra["choices"] = [
            (str(year), f"Base year {year}") for year in waves()
        ]
        lists = EligibilityList.objects.visible_to(role).latest_first()
        named = [
            (str(pk), f"{measure} {year}, frozen on {day_words(frozen_on)}")
            for pk, measure, year, frozen_on in lists.values_list(
                "pk", "measure__name", "year", "frozen_on"
            )
        ]
        if named:
            self.filters["eligible"].extra["choices"] = named
        else:
            del self.filters["eligible"]
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "data-suggest": ""}
        )

    @property
    def first_fields(self) -> list[SafeString]:
        """Return the fields that are always in view, as HTML."""
        return drawn(self.form[name] for name in SHOWN_FIRST)

    @property
    def other_fields(self) -> list[SafeString]:
        """Return the fields that are a click away, as HTML."""
        return drawn(field for field in self.form if field.name not in SHOWN_FIRST)

    @property
    def is_narrowed_further(self) -> bool:
        """Return whether a filter is on that is a click away."""
        return any(
            any(self.data.getlist(name))
            for name in self.form.fields
            if name not in SHOWN_FIRST
        )

    def matching(self, schools: Any, name: str, words: str) -> Any:
        """Keep schools that match every word."""
        return schools.matching(words)

    def in_status(
        self, schools: QuerySet[School], name: str, status: str
    ) -> QuerySet[School]:
        """Keep schools of a status, closed or to close, or of any."""
        if status == CLOSING:
            closing = Establishment.objects.closed_or_to_close()
            return schools.filter(pk__in=closing.values("school"))
        if status == ANY_STATUS:
            return schools
        if self.data.get("q"):
            # Words are looked for in every school, one after the other.
            return schools.filter(Exact(Unindexed("status"), status))
        return schools.filter(status=status)

    def in_region(
        self, schools: QuerySet[School], name: str, region: str
    ) -> QuerySet[School]:
        """Keep schools whose authority lies in a region."""
        within = [code for code, _, other in self.places if other == region]
        return schools.filter(authority__in=within)

    def in_role(
        self, schools: QuerySet[School], name: str, role: str
    ) -> QuerySet[School]:
        """Keep schools in a role today, or (`mentee_ever`) at any time."""
        memberships = Membership.objects.all()
        live = memberships.live_on(self.today)
        # By the few members, not by a look at every school.
        keep = {
            "any": live,
            "mentee": live.mentees(),
            "mentor": live.mentors(),
            "mentee_ever": memberships.mentees().joined_ever(),
            "none": live,
        }
        is_in = Q(pk__in=keep[role].values("school"))
        return schools.filter(~is_in if role == "none" else is_in)

    def in_phase(
        self, schools: QuerySet[School], name: str, phases: list[str]
    ) -> QuerySet[School]:
        """Keep schools of these phases, however an extract writes them."""
        if not phases:
            return schools
        others = [ALSO_WRITTEN[each] for each in phases if each in ALSO_WRITTEN]
        return schools.filter(phase__in=[*phases, *others])

    def in_trust(
        self, schools: QuerySet[School], name: str, words: str
    ) -> QuerySet[School]:
        """Keep schools that are today in a trust of this number or these words."""
        live = TrustMembership.objects.live_on(self.today)
        text = words.strip()
        if text.isdecimal():
            live = live.filter(trust__uid=int(text[:9]))
        else:
            for word in text.split():
                live = live.filter(trust__name__icontains=word)
        return schools.filter(pk__in=live.values("school"))

    def in_wave(
        self, schools: QuerySet[School], name: str, year: str
    ) -> QuerySet[School]:
        """Keep mentees whose gain is counted from the summer of `year`."""
        first, last = joining_days(int(year))
        joined = Membership.objects.mentees().filter(
            joined__gte=first, joined__lte=last
        )
        return schools.filter(pk__in=joined.values("school"))

    def on_list(
        self, schools: QuerySet[School], name: str, pk: str
    ) -> QuerySet[School]:
        """Keep schools whose URNs, old or new, a frozen list has as eligible."""
        entries = EligibilityEntry.objects.eligible().filter(list=int(pk))
        urns = Establishment.objects.filter(urn__in=entries.values("urn"))
        return schools.filter(pk__in=urns.values("school"))

    def with_results(
        self, schools: QuerySet[School], name: str, which: str
    ) -> QuerySet[School]:
        """Keep schools with a published result on the headline line, or without."""
        return schools.filter(summary__latest_year__isnull=which == "none")


def waves() -> list[int]:
    """Return the base years of all mentees, the latest first."""
    joined = Membership.objects.mentees().joined_ever()
    days = joined.values_list("joined", flat=True).distinct()
    return sorted({exam_years(day).base for day in days if day}, reverse=True)


def joining_days(base: int) -> tuple[date, date]:
    """Return the first and last day of joining that make `base` the base year."""
    return date(base, 5, 1), date(base + 1, 4, 30)
