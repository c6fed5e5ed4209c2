"""Every published result of one school, each with its change on the year before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from mentoring.pages.parts import release_word
from results.charts.scale import with_unit
from results.figures.breaks import Break
from results.figures.display import signed
from results.figures.figure import Figure, Missing, Release
from results.figures.gains import NoGain, gain
from results.models import Measure

Facts = Mapping[str, Any]
UNITS: dict[str, str] = {Measure.Unit.PERCENT: "%", Measure.Unit.POINTS: "points"}


class Published(NamedTuple):
    """A result as it is stored, in the order of `Result.objects.published_of`."""

    urn: int
    measure: str
    year: int
    population: str
    release: int
    value: float | None
    number: int | None
    cohort: int | None
    reason: str


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
    results: Iterable[tuple[Any, ...]],
    shared: Facts,
    *,
    min_publish: int,
    min_analyse: int,
) -> list[ResultRow]:
    """Return a row for every result, by measure and year; empty for none.

    `results` are all of a school's, weakest release first; the strongest release of
    each stands. Where two of its URNs have a result of one year, the value stands,
    then the later URN. `shared` is `ImpactSummary.line`.
    """
    breaks = tuple(
        Break(year, name, frozenset(measures), kind, applies, sentence)
        for year, name, measures, kind, applies, sentence in shared.get("breaks", [])
    )
    words = tuple((code, *each) for code, each in shared.get("words", {}).items())
    rows = tuple(map(Published._make, results))
    return _table(rows, breaks, words, min_publish=min_publish, min_analyse=min_analyse)


@lru_cache(maxsize=256)
def _table(
    results: tuple[Published, ...],
    breaks: tuple[Break, ...],
    words: tuple[tuple[str, str, str, int], ...],
    *,
    min_publish: int,
    min_analyse: int,
) -> list[ResultRow]:
    """Put the rows together; a page that is looked at again is not put together again.

    `words` gives each measure's code, short name, unit and decimals.
    """
    named = {code: (name, unit, most) for code, name, unit, most in words}
    current = {(row.urn, row.measure, row.population, row.year): row for row in results}
    chosen: dict[tuple[str, str, int], Published] = {}
    for each in sorted(
        current.values(), key=lambda row: (row.value is not None, row.urn)
    ):
        chosen[each.measure, each.population, each.year] = each
    shown = []
    for measure, population, year in sorted(chosen):
        row = chosen[measure, population, year]
        before = chosen.get((measure, population, year - 1))
        name, unit, decimals = named.get(measure, (measure, "", 1))
        change = _change(before, row, breaks, min_analyse, decimals)
        level = level_words(row, UNITS.get(unit, ""), decimals)
        shown.append(_row(row, name, level, change, min_publish))
    return shown


def level_words(row: Published, unit: str, decimals: int) -> str:
    """Return a result with its unit; only one published as whole is shown as whole."""
    value = float(row.value or 0)
    is_whole = unit == "%" and row.number is None and value.is_integer()
    return with_unit(value, unit, 0 if is_whole else decimals)


def _row(
    each: Published, name: str, level: str, change: Change, min_publish: int
) -> ResultRow:
    """Return a row as the page shows it; too small a cohort hides all of it."""
    is_hidden = each.cohort is not None and each.cohort < min_publish
    reason = str(Missing.SUPPRESSED) if is_hidden else each.reason
    why = Missing(reason).sentence if reason else ""
    return ResultRow(
        measure=name,
        year=each.year,
        value="" if reason else level,
        reason=why,
        cohort=None if is_hidden else each.cohort,
        release=release_word(each.release),
        change="" if is_hidden else change.text,
        caution="" if is_hidden else change.caution,
        no_change=why if is_hidden else change.reason,
    )


def _change(
    before: Published | None,
    row: Published,
    breaks: Sequence[Break],
    min_analyse: int,
    decimals: int,
) -> Change:
    """Return the change on the year before with its cautions, or why there is none."""
    if before is None:
        return Change(reason=f"No result of {row.year - 1} is held.")
    if before.value is None or row.value is None:
        return Change(reason="One of the two years has no value.")
    series = {each.year: figure_of(each) for each in (before, row)}
    found = gain(series, before.year, row.year, breaks, min_analyse)
    if isinstance(found, NoGain):
        return Change(reason=found.sentence)
    return Change(text=signed(found.change, decimals), caution=" ".join(found.cautions))


def figure_of(each: Published) -> Figure:
    """Return a stored result as the arithmetic takes it."""
    return Figure(
        year=each.year,
        measure=each.measure,
        population=each.population,
        release=Release(each.release),
        value=each.value,
        number=each.number,
        cohort=each.cohort,
        reason=Missing(each.reason) if each.reason else None,
    )
