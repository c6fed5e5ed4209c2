"""The programme's dashboard: the finding, four figures, the pictures, who counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentoring.pages.checks import Checks, checks_of
from mentoring.pages.finding import sentences, title
from mentoring.pages.four_figures import key_figures
from mentoring.pages.levels import levels_chart
from mentoring.pages.origin import origin_chart
from mentoring.pages.parts import (
    Chart,
    KeyFigure,
    day_words,
    mismatch_sentence,
    range_words,
)
from mentoring.pages.places import places_chart
from mentoring.pages.spread import spread_chart
from mentoring.pages.verdict import Verdict, verdict
from results.figures.display import signed

MOST_SOURCES = 4
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImpactPage:
    """What the dashboard shows; `figures` and `chart` are absent before any result."""

    title: str
    sentences: Sequence[str]
    figures: Sequence[KeyFigure] = ()
    verdict: Verdict | None = None
    chart: Chart | None = None
    origin: Chart | None = None
    spread: Chart | None = None
    places: Chart | None = None
    checks: Checks | None = None
    facts: Facts | None = None
    notes: Sequence[str] = ()
    worked_out: str = ""


def impact_page(
    facts: Facts, *, population: str, coverage: str, on: date
) -> ImpactPage:
    """Return the dashboard of `facts`, as `mentoring.summary.impact` made them."""
    worked_out = f"Worked out on {day_words(on)}."
    if facts.get("is_empty", True):
        return ImpactPage(
            title="No programme school has results to compare yet",
            sentences=[
                "This page shows how much mentee schools gained, beside England, once "
                "schools have joined and their results are imported."
            ],
            worked_out=worked_out,
        )
    scope = f"{facts['measure_name']}; {population}"
    return ImpactPage(
        title=title(facts),
        sentences=sentences(facts),
        figures=key_figures(facts, scope, coverage),
        verdict=verdict(facts["similar"]) if "similar" in facts else None,
        chart=levels_chart(facts, population, coverage),
        origin=origin_chart(facts),
        spread=spread_chart(facts),
        places=places_chart(facts["places"]) if "places" in facts else None,
        checks=checks_of(facts.get("similar") or {}),
        facts=facts,
        notes=notes(facts),
        worked_out=" ".join(
            each
            for each in (
                mismatch_sentence(facts.get("england") or {}, "the schools\u2019"),
                *source_sentences(facts.get("sources") or {}),
                worked_out,
            )
            if each
        ),
    )


def source_sentences(sources: Facts) -> list[str]:
    """Return where the schools' figures and England's come from, each in a sentence.

    Results may have come in a file for every authority: the first few are named.
    """
    names = (("schools", "Schools"), ("england", "England"))
    return [
        f"Source, {name}: {'; '.join(_few(sources[key]))}."
        for key, name in names
        if sources.get(key)
    ]


def _few(named: Sequence[str]) -> list[str]:
    more = len(named) - MOST_SOURCES
    if more <= 1:
        return list(named)
    return [*named[:MOST_SOURCES], f"and {more:,} more"]


def notes(facts: Facts) -> list[str]:
    """Return what counts and how, in sentences under the list of schools."""
    said = [
        "A school\u2019s gain runs from the summer before it joined to the latest "
        "summer with a result; every school counts once, however large.",
    ]
    if facts["part_year"]:
        said.append(
            f"{facts['part_year']:,} joined part way through a school year and count."
        )
    if facts["earlier_year"]:
        said.append(
            f"For {facts['earlier_year']:,} the latest result is from before "
            f"{facts['latest_year']}."
        )
    if facts["small"]:
        said.append(
            f"{facts['small']:,} have fewer than {facts['min_rank']} pupils in a year "
            "and count."
        )
    ours, still = facts["gain"], facts["still"]
    said += range_notes(ours)
    if facts["gone"] and "per_year" in still:
        said.append(
            f"The {still['n_schools']:,} of them that are still in the programme "
            f"gained {signed(still['per_year'])} points a year."
        )
    if ours.get("is_weighing_important"):
        said.append(
            f"Weighted by pupils the gain is {signed(ours['pupil_weighted'])}, and "
            f"with all pupils taken as one school {signed(ours['pooled'])}."
        )
    return said


def range_notes(ours: Facts) -> list[str]:
    """Return what the likely range allows for, and the ranges beside it."""
    mentors = ours.get("n_mentors") or 0
    if not mentors:
        return []
    alone, plain = ours["n_alone"], range_words(*ours["plain"])
    by_itself = f"with each school by itself it is {plain} points a year"
    if mentors == 1 and not alone:
        return [
            "All have one lead mentor, so how far its schools move together cannot be "
            f"told: {by_itself}, and that is the likely range given."
        ]
    who = f"the {mentors:,} lead mentors" if mentors > 1 else "one lead mentor"
    others = ""
    if alone:
        others = f"; {alone:,} without one {'stands' if alone == 1 else 'stand'} alone"
    said = [
        f"The likely range allows for the schools of {who} moving together{others}; "
        f"{by_itself}."
    ]
    if ours["bootstrap"]:
        said.append(
            "With so few mentors that is uncertain; drawing mentors by lot again and "
            f"again gives {range_words(*ours['bootstrap'])}."
        )
    return said
