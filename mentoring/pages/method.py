"""How the figures are worked out, in words; the numbers in them are those in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentoring.models import Programme
from mentoring.pages.parts import release_word, span
from results.figures.adjusted import FEWEST
from results.figures.figure import Missing
from results.figures.intervals import FEW_CLUSTERS
from results.figures.programme import MIN_SCHOOLS
from results.figures.reasons import Reason
from results.models import Measure, MeasureBreak, NationalFigure


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure: its code and name, years, what it is counted in, what it is."""

    code: str
    name: str
    years: str
    unit: str
    description: str


@dataclass(frozen=True, slots=True)
class BreakRow:
    """A year from which results changed: what it does to a gain, and why."""

    year: int
    name: str
    effect: str
    sentence: str


@dataclass(frozen=True, slots=True)
class EnglandRow:
    """A figure of England that the dashboard rests on, with where it came from."""

    year: int
    measure: str
    value: str
    release: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason for which a school is left out, and how many are at present."""

    sentence: str
    n_schools: int


@dataclass(frozen=True, slots=True)
class MethodPage:
    """All tables of the page; `minima` are sentences.

    Below `few_mentors` of them likely ranges are worked out with more care.
    """

    measures: Sequence[MeasureRow]
    breaks: Sequence[BreakRow]
    england: Sequence[EnglandRow]
    exclusions: Sequence[Exclusion]
    markers: Sequence[str]
    minima: Sequence[str]
    few_mentors: int = FEW_CLUSTERS


EXCLUDING = (
    Reason.NO_BASELINE,
    Reason.BASELINE_SUPPRESSED,
    Reason.LATEST_SUPPRESSED,
    Reason.NOT_ENOUGH_YEARS,
    Reason.JOINED_TOO_RECENTLY,
    Reason.DEFINITION_BREAK,
    Reason.SMALL_COHORT,
    Reason.SCHOOL_CLOSED,
)


def method_page(
    programme: Programme,
    measures: Sequence[Measure],
    breaks: Sequence[MeasureBreak],
    england: Sequence[NationalFigure],
    facts: Mapping[str, Any],
) -> MethodPage:
    """Return the page of what is held; `facts` are the dashboard's."""
    names = {each.code: each for each in measures}
    return MethodPage(
        measures=[measure_row(each) for each in measures],
        breaks=[break_row(each) for each in breaks],
        england=[england_row(each, names[each.measure_id]) for each in england],
        exclusions=exclusions(facts.get("left_out") or []),
        markers=[each.sentence for each in Missing],
        minima=minima(programme),
    )


def measure_row(measure: Measure) -> MeasureRow:
    """Return a measure in words."""
    years = (
        span(measure.first_year, measure.last_year)
        if measure.last_year
        else f"from {measure.first_year}"
    )
    return MeasureRow(
        code=measure.code,
        name=measure.name,
        years=years,
        unit=measure.get_unit_display(),
        description=measure.description,
    )


def break_row(each: MeasureBreak) -> BreakRow:
    """Return a break in words."""
    when = (
        "A gain that starts or ends in this year"
        if each.applies == MeasureBreak.Applies.ENDPOINT
        else "A gain that starts before this year and ends in it or later"
    )
    does = (
        "is not given"
        if each.kind == MeasureBreak.Kind.REFUSE
        else "is given with a caution"
    )
    return BreakRow(each.year, each.name, f"{when} {does}.", each.sentence)


def england_row(each: NationalFigure, measure: Measure) -> EnglandRow:
    """Return one of England's figures in words."""
    return EnglandRow(
        year=each.year,
        measure=measure.short_name,
        value=f"{each.value:g}",
        release=release_word(each.release),
        basis=each.get_basis_display(),
        source=each.source,
    )


def exclusions(left_out: Sequence[Mapping[str, Any]]) -> list[Exclusion]:
    """Return every reason for leaving a school out, with how many it leaves out now."""
    counts: dict[str, int] = {}
    for group in left_out:
        counts[group["reason"]] = counts.get(group["reason"], 0) + group["n_schools"]
    return [Exclusion(each.sentence, counts.get(each, 0)) for each in EXCLUDING]


def minima(programme: Programme) -> list[str]:
    """Return the smallest numbers that are shown or counted, in sentences."""
    return [
        f"A result of fewer than {programme.min_publish} pupils is hidden everywhere.",
        f"A school with fewer than {programme.min_analyse} pupils at either end of its "
        "gain is left out of every average, and listed as such.",
        f"A school with fewer than {programme.min_rank} pupils counts, and is marked "
        "as small.",
        f"No average of fewer than {MIN_SCHOOLS} schools is shown. Where a hidden "
        "group could be worked out by taking the others from the total, the smallest "
        "other group is hidden too.",
        f"A comparison with similar schools needs at least {FEWEST} of them outside "
        "the programme.",
    ]
