"""Every published result of one school, each with its change on the year before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentoring.pages.parts import release_word
from results.charts.scale import with_unit
from results.figures.breaks import Break
from results.figures.display import signed
from results.figures.figure import Figure, Missing, Release
from results.figures.gains import NoGain, gain
from results.models import Measure, Result

Facts = Mapping[str, Any]
UNITS: dict[str, str] = {Measure.Unit.PERCENT: "%", Measure.Unit.POINTS: "points"}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result; `reason` stands for a value, `no_change` for a change.

    `caution` is what to bear in mind of the change; empty for nothing.
    """

    measure: str
    year: int
    value: str
    reason: str
    cohort: int | None
    release: str
    change: str
    caution: str
    no_change: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change in words with its cautions, or the reason there is none."""

    text: str = ""
    caution: str = ""
    reason: str = ""


def results_table(
    results: Iterable[Result], shared: Facts, *, min_publish: int, min_analyse: int
) -> list[ResultRow]:
    """Return a row for every result, by measure and year; empty for none.

    `results` are all of a school's, weakest release first, with their measures; the
    strongest release of each stands. Where two of its URNs have a result of one year,
    the value stands, then the later URN.
    """
    breaks = [
        Break(year, name, frozenset(measures), kind, applies, sentence)
        for year, name, measures, kind, applies, sentence in shared.get("breaks", [])
    ]
    current = {
        (row.establishment_id, row.measure_id, row.population, row.year): row
        for row in results
    }
    chosen: dict[tuple[str, str, int], Result] = {}
    for each in sorted(
        current.values(), key=lambda row: (row.value is not None, row.establishment_id)
    ):
        chosen[each.measure_id, each.population, each.year] = each
    rows = []
    for key in sorted(chosen):
        before = chosen.get((key[0], key[1], key[2] - 1))
        row = chosen[key]
        rows.append(_row(row, _change(before, row, breaks, min_analyse), min_publish))
    return rows


def _row(each: Result, change: Change, min_publish: int) -> ResultRow:
    is_hidden = each.cohort is not None and each.cohort < min_publish
    reason = Missing.SUPPRESSED if is_hidden else each.reason
    return ResultRow(
        measure=each.measure.short_name,
        year=each.year,
        value="" if reason else _with_decimals(each),
        reason=reason_words(reason) if reason else "",
        cohort=None if is_hidden else each.cohort,
        release=release_word(each.release),
        change="" if is_hidden else change.text,
        caution="" if is_hidden else change.caution,
        no_change=reason_words(Missing.SUPPRESSED) if is_hidden else change.reason,
    )


def reason_words(reason: str) -> str:
    """Return why there is no value, as a sentence."""
    return Missing(reason).sentence


def _with_decimals(each: Result) -> str:
    unit = UNITS.get(each.measure.unit, "")
    return with_unit(each.value or 0.0, unit, each.measure.decimals)


def _change(
    before: Result | None, row: Result, breaks: Sequence[Break], min_analyse: int
) -> Change:
    """Return the change on the year before with its cautions, or why there is none."""
    if before is None or before.value is None or row.value is None:
        return Change(reason="No result for one of the two years.")
    series = {each.year: figure_of(each) for each in (before, row)}
    found = gain(series, before.year, row.year, breaks, min_analyse)
    if isinstance(found, NoGain):
        return Change(reason=found.sentence)
    return Change(
        text=signed(found.change, row.measure.decimals),
        caution=" ".join(found.cautions),
    )


def figure_of(each: Result) -> Figure:
    """Return a stored result as the arithmetic takes it."""
    return Figure(
        year=each.year,
        measure=each.measure_id,
        population=each.population,
        release=Release(each.release),
        value=each.value,
        number=each.number,
        cohort=each.cohort,
        reason=Missing(each.reason) if each.reason else None,
    )
