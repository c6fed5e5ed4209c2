"""The filters of the list of schools that joined to be helped."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from mentoring.filters.select import LongSelect
from mentoring.filters.strict import StrictFilterSet
from mentoring.models import MenteeSummary
from mentoring.pages.reasons import reason_label
from schools.models import School
from schools.models.school import LONGEST_SEARCH

STANDINGS = (("counted", "In the average"), ("left_out", "Left out"))


class MenteeFilter(StrictFilterSet):
    """Narrows mentees by words, whether they count, why not, region and wave."""

    q = django_filters.CharFilter(
        label="Name, town or URN", method="matching", max_length=LONGEST_SEARCH
    )
    counts = django_filters.ChoiceFilter(
        label="In the average", choices=STANDINGS, method="keep", empty_label="All"
    )
    reason = django_filters.ChoiceFilter(
        label="Left out because", empty_label="Any reason", widget=LongSelect
    )
    region = django_filters.ChoiceFilter(
        label="Region", empty_label="All regions", widget=LongSelect
    )
    base = django_filters.ChoiceFilter(label="Wave", empty_label="All waves")

    class Meta:
        model = MenteeSummary
        fields = ["q", "counts", "reason", "region", "base"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = MenteeSummary.objects.order_by().values_list("reason", "region", "base")
        groups = list(held.distinct())
        reasons = {reason for reason, _, _ in groups}
        regions = {region for _, region, _ in groups}
        bases = {base for _, _, base in groups}
        self.filters["reason"].extra["choices"] = [
            (code, reason_label(code)) for code in sorted(reasons - {""})
        ]
        self.filters["region"].extra["choices"] = [
            (name, name) for name in sorted(regions - {""})
        ]
        self.filters["base"].extra["choices"] = [
            (str(year), f"Counted from summer {year}") for year in sorted(bases)
        ]

    def matching(
        self, mentees: QuerySet[MenteeSummary], _name: str, words: str
    ) -> QuerySet[MenteeSummary]:
        """Keep schools whose name, town, postcode or a URN holds every word."""
        found = School.objects.matching(words)
        return mentees.filter(school__in=found.values("pk"))

    def keep(
        self, mentees: QuerySet[MenteeSummary], _name: str, standing: str
    ) -> QuerySet[MenteeSummary]:
        """Keep schools that are in the average, or those that are not."""
        return mentees.filter(gain_a_year__isnull=standing != "counted")
