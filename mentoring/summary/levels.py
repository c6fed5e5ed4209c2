"""Levels by year: the programme's schools, England, and what all lines share."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any

from mentoring.summary.held import Held
from mentoring.summary.mentees import Mentee
from mentoring.summary.rest_of_england import counts_are_held, outside
from results.figures.breaks import touching
from results.figures.headline import measure_of
from results.figures.pooling import pooled_value
from results.figures.programme import MIN_SCHOOLS

YEARS_BEFORE = 3
"""Years shown before the first base year, so that its dip can be seen."""


def lines(
    held: Held, counted: Sequence[Mentee], mentees: Sequence[Mentee]
) -> dict[str, Any]:
    """Return the levels by year: the counted schools' mean, England, the rest.

    A mean of fewer than three schools is None with its count. Years run from three
    before the first base year.
    """
    inside = {each.school for each in mentees}
    start = min((each.years.base for each in mentees), default=0) - YEARS_BEFORE
    years = [year for year in held.years if year >= start]
    panel = [held.schools[each.school] for each in counted]
    with_rest = counts_are_held(held)
    rows = []
    for year in years:
        values = [
            value
            for series in panel
            if (figure := series.get(year)) and (value := figure.value) is not None
        ]
        england = held.england_in(year)
        headline = measure_of(held.headlines, year)
        rows.append(
            {
                "year": year,
                "measure": headline.name if headline else "",
                "programme": fmean(values) if len(values) >= MIN_SCHOOLS else None,
                "n_schools": len(values),
                "england": england.value if england else None,
                "england_release": int(england.release) if england else None,
                "rest": pooled_value(outside(held, inside, year))
                if with_rest
                else None,
            }
        )
    return {"rows": rows, "has_rest": with_rest}


def shared_line(held: Held) -> dict[str, Any]:
    """Return what every school's line stands beside: England, seams and cautions."""
    england = {
        str(year): [figure.value, int(figure.release)]
        for year in held.years
        if (figure := held.england_in(year))
    }
    return {
        "years": list(held.years),
        "measures": {
            str(year): [headline.measure, headline.name]
            for year in held.years
            if (headline := measure_of(held.headlines, year))
        },
        "shares": sorted(held.shares),
        "words": {code: list(words) for code, words in held.words.items()},
        "breaks": [
            [
                each.year,
                each.name,
                sorted(each.measures),
                each.kind,
                each.applies,
                each.sentence,
            ]
            for each in held.breaks
        ],
        "england": england,
        "seams": [
            {"year": seam.year, "sentences": list(seam.sentences)}
            for seam in held.seams
        ],
        "cautions": line_cautions(held),
    }


def line_cautions(held: Held) -> list[dict[str, Any]]:
    """Return the cautions between one year of the line and the next, each once."""
    met: dict[str, int] = {}
    for before, year in pairwise(held.years):
        headline = measure_of(held.headlines, year)
        if headline:
            for each in touching(held.breaks, headline.measure, before, year):
                if each.kind == "caution":
                    met.setdefault(each.sentence, each.year)
    return [{"year": year, "sentence": sentence} for sentence, year in met.items()]
