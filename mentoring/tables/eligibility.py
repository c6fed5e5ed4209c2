"""The schools on a frozen list, from the lowest score."""

from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.bottom_quarter import exclusion_sentence
from mentoring.models import EligibilityEntry
from mentoring.pages.eligibility import score_text
from mentoring.tables.list_table import ListTable
from results.models import Measure

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
Standing = EligibilityEntry.Standing
TAGS = {
    Standing.ELIGIBLE: "tag tag-good",
    Standing.NEAR_MISS: "tag tag-waiting",
    Standing.ABOVE: "tag",
    Standing.EXCLUDED: "tag tag-ended",
}


class EntryTable(ListTable):
    """Schools with their standing, score and rank; tied schools share a rank."""

    name = tables.Column(verbose_name="School", accessor="school__name")
    value = tables.Column(
        verbose_name="Score", orderable=False, empty_values=(), attrs=NUMBER
    )
    rank = tables.Column(verbose_name="Rank", empty_values=(), attrs=NUMBER)
    standing = tables.Column(verbose_name="Standing", orderable=False)

    Meta = ListTable.Meta

    noun = "schools"

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.caption = "Schools on this list; rank 1 has the lowest score"
        self.empty_text = "No school matches. Take a filter away, or search for less."

    def render_name(self, record: EligibilityEntry) -> SafeString:
        """Return the name as the way to the school, with its URN of that year."""
        return format_html(
            '<a href="{}">{}</a> <small>URN {}</small>',
            record.school.get_absolute_url(),
            record.school.name,
            record.urn,
        )

    def render_standing(self, record: EligibilityEntry) -> SafeString:
        """Return the standing as a tag, and why a school was not counted."""
        tag = format_html(
            '<span class="{}">{}</span>',
            TAGS[Standing(record.standing)],
            record.get_standing_display(),
        )
        if not record.reason:
            return tag
        why = exclusion_sentence(record.reason)
        return format_html('{} <span class="reason">{}</span>', tag, why)

    def render_value(self, record: EligibilityEntry) -> SafeString | str:
        """Return the score, or that none was published."""
        if record.value is None:
            return format_html('<span class="reason">{}</span>', "No score")
        return score_text(record.value, self.measure)

    def render_rank(self, record: EligibilityEntry) -> SafeString | str:
        """Return the rank, or that the school has none."""
        if record.rank is None:
            return format_html('<span class="reason">{}</span>', "Not ranked")
        return f"{record.rank:,}"

    def order_rank(
        self,
        queryset: QuerySet[EligibilityEntry],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[EligibilityEntry], bool]:
        """Sort by rank either way; schools that were not counted come last."""
        rank = F("rank")
        way = rank.desc(nulls_last=True) if is_descending else rank.asc(nulls_last=True)
        return queryset.order_by(way, "school__name", "urn"), True

    def order_name(
        self,
        queryset: QuerySet[EligibilityEntry],
        is_descending: bool,  # noqa: FBT001 -- as django-tables2 calls it
    ) -> tuple[QuerySet[EligibilityEntry], bool]:
        """Sort by name, and by URN among schools of one name."""
        sign = "-" if is_descending else ""
        return queryset.order_by(f"{sign}school__name", f"{sign}urn"), True
