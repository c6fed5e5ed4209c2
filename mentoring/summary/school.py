"""One school's page and list row: its line, its latest figure and its gain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentoring.models import SchoolSummary
from mentoring.summary.areas import Areas
from mentoring.summary.cohort_change import Spread
from mentoring.summary.held import Held
from results.figures.england import EnglandGain, england_gain, like_for_like, window_of
from results.figures.figure import Figure
from results.figures.gains import Gain, NoGain, gain
from results.figures.headline import latest_run
from results.figures.intervals import Interval, counts_of, wilson
from results.figures.reasons import Reason
from results.figures.timing import exam_years

LONGEST = 3
"""Years that a gain spans at most where no joining date says from when."""


@dataclass(frozen=True, slots=True)
class SchoolGain:
    """A school's gain, since when, and England's over the same years.

    `joined` is None where the gain is over the latest years that can be compared.
    `england` compares like for like: the releases both have, or both named.
    """

    gain: Gain | NoGain
    joined: date | None
    is_part_year: bool
    interval: Interval | None
    england: EnglandGain | NoGain | None


def gain_since(
    held: Held, school: int, joined: date | None, *, min_analyse: int
) -> tuple[Gain | NoGain, bool]:
    """Return the gain since `joined`, or over the latest years; whether part-year."""
    series = held.schools.get(school, {})
    if joined is None:
        window = latest_run(series, held.seams, LONGEST)
        if window is None:
            return NoGain(Reason.NOT_ENOUGH_YEARS), False
        found = gain(series, *window, held.breaks, min_analyse)
        return found, False
    if held.latest_year is None:
        return NoGain(Reason.NOT_ENOUGH_YEARS), False
    years = exam_years(joined)
    found = gain(series, years.base, held.latest_year, held.breaks, min_analyse)
    return found, years.is_part_year


def england_beside(held: Held, found: Gain) -> EnglandGain | NoGain:
    """Return England's gain over the window of one school's gain."""
    england = held.england_of(found.base.measure)
    return england_gain(england, [window_of(found)], held.breaks)


def school_gain(
    held: Held, spread: Spread, school: int, joined: date | None, *, min_analyse: int
) -> SchoolGain:
    """Return all there is to say of one school's gain."""
    found, is_part_year = gain_since(held, school, joined, min_analyse=min_analyse)
    if isinstance(found, NoGain):
        return SchoolGain(found, joined, is_part_year, None, None)
    return SchoolGain(
        gain=found,
        joined=joined,
        is_part_year=is_part_year,
        interval=spread.interval(found),
        england=england_beside(held, found),
    )


def comparable_gain(held: Held, school: int, found: Gain) -> Gain | None:
    """Return the school's gain in the releases that England has too, if it differs.

    A school may stand in a later release than England; where both also have an
    earlier one, that is the fair pair. None where the current figures are it.
    """
    england = held.england_of(found.base.measure)
    by_year = held.releases[school]
    ends = []
    for figure in (found.base, found.last):
        releases = {each.release for each in england if each.year == figure.year}
        ends.append(like_for_like(by_year[figure.year], releases))
    if ends == [found.base, found.last]:
        return None
    again = gain({each.year: each for each in ends}, found.base.year, found.last.year)
    return again if isinstance(again, Gain) else None


def summarise(
    held: Held,
    spread: Spread,
    school: int,
    joined: date | None,
    *,
    areas: Areas,
    min_analyse: int,
    min_publish: int,
) -> SchoolSummary:
    """Return the row that the list and the school's page read, not yet saved."""
    series = held.schools.get(school, {})
    whole = school_gain(held, spread, school, joined, min_analyse=min_analyse)
    latest = series[max(series)] if series else None
    shown = {year: each for year, each in series.items() if is_shown(each, min_publish)}
    summary = SchoolSummary(
        school_id=school,
        spark=spark(held, shown),
        line=[
            _point(held, series[year], held.urns[school][year], min_publish)
            | {"areas": areas.beside(school, series[year])}
            for year in sorted(series)
        ],
        gain=_gain_facts(whole, held, school),
        gain_a_year=None,
        gain_reason="",
    )
    if latest is not None:
        summary.latest_measure_id = latest.measure
        summary.latest_year = latest.year
        summary.latest_release = latest.release
        summary.latest_value = latest.value if is_shown(latest, min_publish) else None
        if summary.latest_value is None:
            summary.latest_reason = str(latest.reason or "suppressed")
    if isinstance(whole.gain, Gain):
        summary.gain_a_year = whole.gain.per_year
        summary.gain_base = whole.gain.base.year
        summary.gain_last = whole.gain.last.year
    else:
        summary.gain_reason = str(whole.gain.reason)
    return summary


def spark(held: Held, shown: Mapping[int, Figure]) -> list[float | None]:
    """Return a school's values year by year; None for a gap, and at every seam.

    Empty where no year is held.
    """
    stops = {seam.year for seam in held.seams}
    values: list[float | None] = []
    for year in range(min(held.years, default=0), max(held.years, default=-1) + 1):
        if year in stops:
            values.append(None)
        figure = shown.get(year)
        values.append(figure.value if figure else None)
    return values


def is_shown(figure: Figure, min_publish: int) -> bool:
    """Return whether a figure rests on enough pupils to be seen.

    A cohort that was not published is not held against it.
    """
    return figure.cohort is None or figure.cohort >= min_publish


def _point(held: Held, figure: Figure, urn: int, min_publish: int) -> dict[str, Any]:
    """Return one year of a school's line as the page keeps it."""
    visible = is_shown(figure, min_publish)
    is_share = figure.measure in held.shares
    counts = counts_of(figure) if is_share and visible else None
    likely = wilson(counts) if counts else None
    return {
        "year": figure.year,
        "measure": figure.measure,
        "release": int(figure.release),
        "value": figure.value if visible else None,
        "low": likely.low if likely else None,
        "high": likely.high if likely else None,
        "cohort": figure.cohort if visible else None,
        "is_whole": figure.number is None,
        "is_share": is_share,
        "reason": str(figure.reason or "") if visible else "suppressed",
        "urn": urn,
    }


def _gain_facts(whole: SchoolGain, held: Held, school: int) -> dict[str, Any]:
    """Return a school's gain as the page keeps it."""
    facts: dict[str, Any] = {
        "joined": whole.joined.isoformat() if whole.joined else None,
        "is_part_year": whole.is_part_year,
    }
    found = whole.gain
    if isinstance(found, NoGain):
        return facts | {"reason": str(found.reason), "sentence": found.sentence}
    facts |= window_facts(held, found)
    if whole.interval is not None:
        facts |= {"low": whole.interval.low, "high": whole.interval.high}
    facts["england"] = england_facts(whole.england)
    fair = comparable_gain(held, school, found)
    if fair is not None and isinstance(whole.england, EnglandGain):
        beside = england_beside(held, fair)
        facts["fair"] = window_facts(held, fair) | {"england": england_facts(beside)}
    return facts


def window_facts(held: Held, found: Gain) -> dict[str, Any]:
    """Return the years, ends, change and cautions of a gain."""
    return {
        "is_share": found.base.measure in held.shares,
        "is_whole": found.base.measure in held.shares and found.base.number is None,
        "measure": found.base.measure,
        "base": found.base.year,
        "last": found.last.year,
        "base_value": found.base.value,
        "last_value": found.last.value,
        "base_release": int(found.base.release),
        "last_release": int(found.last.release),
        "cohort": found.last.cohort,
        "years": found.years,
        "change": found.change,
        "per_year": found.per_year,
        "cautions": list(found.cautions),
        "is_small": found.is_small,
    }


def england_facts(england: EnglandGain | NoGain | None) -> dict[str, Any] | None:
    """Return England's gain as a page keeps it, or the reason there is none."""
    if england is None:
        return None
    if isinstance(england, NoGain):
        return {"reason": str(england.reason), "sentence": england.sentence}
    return {
        "per_year": england.per_year,
        "first_base": england.first_base,
        "last": england.last,
        "release": int(england.release),
        "label": int(england.label),
        "mismatches": [
            [pair.year, int(pair.programme), int(pair.england)]
            for pair in england.mismatches
        ],
        "has_derived": england.has_derived,
        "cautions": list(england.cautions),
    }
