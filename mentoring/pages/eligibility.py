"""Eligibility in words: who was in the bottom quarter, by which rule, and who not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentoring.bottom_quarter import ExclusionCount
from mentoring.models import EligibilityList, Programme
from mentoring.pages.parts import KeyFigure, day_words, release_word
from results.figures.display import percent, points, signed
from results.models import Measure
from schools.models import School

Facts = Mapping[str, Any]
"""A quarter as `mentoring.summary.quarters` works it out."""


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """What a page says of one bottom quarter; `figures` is empty when none counts."""

    title: str
    lede: str
    figures: Sequence[KeyFigure]
    exclusions: Sequence[ExclusionCount]
    not_counted: int
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one bottom quarter, frozen or not."""

    eligible: int
    counted: int
    with_value: int
    quarter: int
    cut: float
    tied: int
    near_misses: int

    @property
    def share(self) -> float:
        """Return the share of counted schools that is eligible, in per cent."""
        return 100 * self.eligible / self.counted


def score_text(value: float, measure: Measure) -> str:
    """Return a score as text, with a sign where the measure has negative ones."""
    write = signed if measure.minimum < 0 else points
    return write(value, measure.decimals)


def schools_were(count: int) -> str:
    """Return "1 school was" or "753 schools were"."""
    return "1 school was" if count == 1 else f"{count:,} schools were"


def preview_page(facts: Facts, measure: Measure, year: int, on: date) -> QuarterPage:
    """Return what the rule gives on the results held on `on`; nothing is frozen."""
    by = f"by {measure} in {year}"
    if facts["cut"] is None:
        title, lede = f"No school counted {by}", "No score of that year counts."
    else:
        title = f"{schools_were(facts['eligible'])} in the bottom quarter {by}"
        lede = "On the results held today. Schools join as mentees from a frozen list."
    source = f"Source: {facts['source'] or 'not known'}. Worked out on {day_words(on)}."
    return _page(facts, measure, year, title=title, lede=lede, source=source)


def list_page(frozen: EligibilityList, facts: Facts) -> QuarterPage:
    """Return what a frozen list says; later results do not change it."""
    measure, year = frozen.measure, frozen.year
    release = release_word(frozen.release)
    were = schools_were(frozen.eligible)
    frozen_on = day_words(frozen.frozen_on)
    return _page(
        facts,
        measure,
        year,
        title=f"{were} in the bottom quarter by {measure} in {year}",
        lede=(
            f"Frozen on {frozen_on} from {release} results. Later results do not "
            "change it."
        ),
        source=f"{measure} {year}, {release} results; frozen on {frozen_on}.",
    )


def _page(
    facts: Facts, measure: Measure, year: int, *, title: str, lede: str, source: str
) -> QuarterPage:
    exclusions = [ExclusionCount(*row) for row in facts["exclusions"]]
    figures: Sequence[KeyFigure] = ()
    if facts["cut"] is not None:
        key = f"{measure} {year}, {release_word(facts['release'])}"
        figures = key_figures(_counts(facts), measure, key)
    return QuarterPage(
        title=title,
        lede=lede,
        figures=figures,
        exclusions=exclusions,
        not_counted=sum(each.schools for each in exclusions),
        rule=facts["rule"],
        source=source,
    )


def _counts(facts: Facts) -> Counts:
    return Counts(
        eligible=facts["eligible"],
        counted=facts["counted"],
        with_value=facts["with_value"],
        quarter=facts["quarter"],
        cut=facts["cut"],
        tied=facts["tied"],
        near_misses=facts["near_misses"],
    )


def key_figures(counts: Counts, measure: Measure, key: str) -> list[KeyFigure]:
    """Return the four figures; `key` names measure, year and release under each."""
    tied = "1 school has" if counts.tied == 1 else f"{counts.tied:,} schools have"
    return [
        KeyFigure(
            label="In the bottom quarter",
            value=f"{counts.eligible:,}",
            unit="school" if counts.eligible == 1 else "schools",
            detail=f"{percent(counts.share)} of those counted, ties included",
            source=key,
            is_lead=True,
        ),
        KeyFigure(
            label="The cut: this score or less",
            value=score_text(counts.cut, measure),
            detail=(
                f"A quarter is {counts.quarter:,}, rounded up. {tied} exactly the cut."
            ),
            source=key,
        ),
        KeyFigure(
            label="Counted",
            value=f"{counts.counted:,}",
            unit=f"of {counts.with_value:,}",
            detail="All URNs with a score"
            if counts.counted == counts.with_value
            else "URNs with a score; the others are left out, with reasons below",
            source=key,
        ),
        KeyFigure(
            label="Near misses",
            value=f"{counts.near_misses:,}",
            unit="school" if counts.near_misses == 1 else "schools",
            detail="Just above the cut: the natural ones to compare with",
            source=key,
        ),
    ]


def enrol_title(school: School, *, is_entitled: bool) -> str:
    """Return whether a school may join as a mentee, as the page's title."""
    if school.continued_by is not None:
        return f"{school} has become {school.continued_by}"
    if is_entitled:
        return f"{school} is entitled to join as a mentee"
    return f"{school} is in the bottom quarter on no frozen list"


def programme_title(programme: Programme) -> str:
    """Return what the settings come to."""
    return (
        f"Gains are measured by {programme.headline_measure}; mentees come from the "
        f"bottom quarter by {programme.eligibility_measure}"
    )
