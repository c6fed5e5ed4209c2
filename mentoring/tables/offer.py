"""The mentors that a search across offers found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.matching.candidates import Candidate
from mentoring.matching.distance import distance_words
from mentoring.models import Area, Membership, Offer
from mentoring.pages.offers import Facts, facts_of
from mentoring.pages.parts import day_words
from mentoring.pages.stated import days_words
from mentoring.tables.list_table import ListTable
from mentoring.tables.school import NUMBER, WIDE
from mentoring.tables.school_rows import NO_RESULT, result_cell

WIDE_NUMBER = {"td": {"class": "num wide-only"}, "th": {"class": "num wide-only"}}
UNKNOWN = format_html('<span class="reason">{}</span>', "Not known")


class OfferTable(ListTable):
    """Mentors with distance, strength, room, days, and what their school is like."""

    name = tables.Column(verbose_name="Mentor", orderable=False)
    far = tables.Column(
        verbose_name="Distance", orderable=False, empty_values=(), attrs=NUMBER
    )
    strength = tables.Column(
        verbose_name="How far help goes", orderable=False, empty_values=(), attrs=WIDE
    )
    free = tables.Column(verbose_name="Places free", orderable=False, attrs=NUMBER)
    days = tables.Column(
        verbose_name="Days a year", orderable=False, empty_values=(), attrs=WIDE_NUMBER
    )
    result = tables.Column(
        verbose_name="Latest result",
        orderable=False,
        empty_values=(),
        attrs=WIDE_NUMBER,
    )
    pupils = tables.Column(
        verbose_name="Pupils", orderable=False, empty_values=(), attrs=WIDE_NUMBER
    )
    fsm = tables.Column(
        verbose_name="Free meals", orderable=False, empty_values=(), attrs=WIDE_NUMBER
    )
    ask = tables.Column(
        verbose_name="Pair", orderable=False, empty_values=(), accessor="key"
    )

    noun = "mentors"

    def __init__(
        self,
        candidates: Sequence[Candidate],
        *,
        mentee: Membership | None,
        area: Area | None,
        helping: Collection[int],
        declined: Mapping[int, date],
        may_pair: bool,
    ) -> None:
        hidden = [] if mentee else ["far", "ask"]
        if area is None or area.is_lead:
            hidden.append("strength")
        if not may_pair and "ask" not in hidden:
            hidden.append("ask")
        super().__init__(candidates, exclude=hidden)
        self.mentee, self.area, self.helping = mentee, area, helping
        self.declined = declined
        self.facts: dict[int, Facts] = {}
        self.caption = "Mentors that may help, with distance, room and their school"
        self.empty_text = (
            "No mentor fits. Go farther, take a filter away, or ask for another area."
        )

    def written_rows(self) -> SafeString:
        """Return the page's rows as HTML, with what is fetched for them alone."""
        shown: list[Candidate] = [row.record for row in self.paginated_rows]
        self.facts = facts_of([each.key for each in shown])
        return super().written_rows()

    def render_name(self, record: Candidate) -> SafeString:
        """Return the school as the way to what it offers."""
        facts = self.facts[record.key]
        where = facts["town"] or facts["authority__name"] or "Place not known"
        refused = self.declined.get(record.key)
        return format_html(
            '<a href="{}">{}</a><small>{}, URN {}</small>{}',
            reverse("offers", kwargs={"pk": record.key}),
            record.name,
            where,
            facts["urn"],
            format_html("<small>Declined on {}</small>", day_words(refused))
            if refused
            else "",
        )

    def render_far(self, record: Candidate) -> str | SafeString:
        """Return the distance, or that there is no place to measure to."""
        return distance_words(record.far) or format_html(
            '<span class="reason">{}</span>', "No place on the map"
        )

    def render_strength(self, record: Candidate) -> str:
        """Return how far its help goes in the area."""
        return Offer.Strength(record.strength).label if record.strength else ""

    def render_free(self, record: Candidate) -> str:
        """Return the places free of those it has."""
        return f"{max(record.free, 0)} of {self.facts[record.key]['places']}"

    def render_days(self, record: Candidate) -> str | SafeString:
        """Return the days it offers in a year."""
        days = self.facts[record.key]["days_a_year"]
        if days is None:
            return format_html('<span class="reason">{}</span>', days_words(None))
        return f"{days:,}"

    def render_result(self, record: Candidate) -> SafeString:
        """Return its school's latest result, or why there is none."""
        facts = self.facts[record.key]
        held = facts["summary__latest_year"] is not None
        cell = result_cell(facts) if held else NO_RESULT
        value: Any = cell.value or format_html(
            '<span class="reason">{}</span>', cell.reason
        )
        return format_html("{}<small>{}</small>", value, cell.small)

    def render_pupils(self, record: Candidate) -> str | SafeString:
        """Return the pupils on roll."""
        pupils = self.facts[record.key]["pupils"]
        return UNKNOWN if pupils is None else f"{pupils:,}"

    def render_fsm(self, record: Candidate) -> str | SafeString:
        """Return the share of pupils eligible for free school meals."""
        share = self.facts[record.key]["percent_fsm"]
        return UNKNOWN if share is None else f"{share:.1f}%"

    def render_ask(self, record: Candidate) -> SafeString:
        """Return the way to propose it, or that it helps in the area already."""
        if record.key in self.helping:
            return format_html('<span class="tag tag-good">{}</span>', "Helps already")
        if not record.has_room or self.mentee is None:
            return format_html('<span class="reason">{}</span>', "No place free")
        asked = {"mentor": record.key}
        if self.area is not None:
            asked["area"] = self.area.pk
        return format_html(
            '<a href="{}?{}">Propose<span class="unseen"> {}</span></a>',
            reverse("pairing_propose", kwargs={"pk": self.mentee.pk}),
            urlencode(asked),
            record.name,
        )
