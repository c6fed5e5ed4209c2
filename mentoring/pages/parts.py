"""The parts that pages are made of, and the words they share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.forms import ChoiceField, Form, ModelChoiceField, MultipleChoiceField
from django.http import HttpRequest

from results.charts.line import Line, Mark, caution_notes, line_chart
from results.charts.scale import with_unit
from results.charts.table import figures_table
from results.figures.display import points, signed
from results.figures.figure import Release

LONGEST_SHOWN = 40
"""Characters of a value that is not understood; enough to recognise it by."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the figures at the head of a page; `reason` stands for a value."""

    label: str
    value: str = ""
    unit: str = ""
    detail: str = ""
    source: str = ""
    reason: str = ""
    is_lead: bool = False


def range_words(low: float, high: float) -> str:
    """Return a likely range in words, without its unit."""
    return f"{signed(low)} to {signed(high)}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture in its two widths, with its notes, table and source.

    `narrow` is empty for a picture that suits both; `legend` pairs a mark as SVG text
    with its words, where the picture does not name its marks itself.
    """

    title: str
    summary: str
    wide: str
    narrow: str
    notes: Sequence[tuple[int, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    source: str
    legend: Sequence[tuple[str, str]] = ()


def draw(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    *,
    chart_id: str,
    title: str,
    summary: str,
    source: str,
    unit: str = "%",
) -> Chart:
    """Return the lines as a chart with its table; `summary` describes the picture."""
    fixed = tuple(replace(line, points=tuple(line.points)) for line in lines)
    return _drawn(
        fixed,
        tuple(marks),
        chart_id=chart_id,
        title=title,
        summary=summary,
        source=source,
        unit=unit,
    )


@lru_cache(maxsize=256)
def _drawn(
    lines: tuple[Line, ...],
    marks: tuple[Mark, ...],
    *,
    chart_id: str,
    title: str,
    summary: str,
    source: str,
    unit: str,
) -> Chart:
    """Draw; a page that is looked at again is not drawn again."""
    wide, narrow = (
        line_chart(
            lines,
            title=title,
            description=summary,
            marks=marks,
            unit=unit,
            narrow=is_narrow,
            chart_id=chart_id,
        )
        for is_narrow in (False, True)
    )
    table = figures_table(lines, unit=unit)
    return Chart(
        title=title,
        summary=summary,
        wide=wide,
        narrow=narrow,
        notes=caution_notes(marks),
        columns=table.columns,
        rows=table.rows,
        source=source,
    )


def release_word(release: int | None) -> str:
    """Return "provisional", "revised" or "final"; "release unknown" for None."""
    return Release(release).label if release else "release unknown"


def in_brackets(release: int) -> str:
    """Return the release as a figure carries it in a sentence; final needs none."""
    return "" if release == Release.FINAL else f" ({release_word(release)})"


def span(base: int, last: int) -> str:
    """Return two years as words."""
    return f"{base} to {last}"


def years_words(years: int) -> str:
    """Return a number of years in words, as in "in two years"."""
    words = {1: "one year", 2: "two years", 3: "three years", 4: "four years"}
    return words.get(years, f"{years} years")


def rise_words(change: float, *, decimals: int = 1) -> str:
    """Return a change as "a rise of 5.0" or "a fall of 2.3"; points are its unit."""
    size = points(abs(change), decimals)
    if float(size) == 0:
        return "no change"
    return f"a {'rise' if change > 0 else 'fall'} of {size}"


def rose(change: float) -> str:
    """Return "rose" or "fell"."""
    return "rose" if change >= 0 else "fell"


def day_words(day: date) -> str:
    """Return a date as 20 November 2006."""
    return f"{day.day} {day:%B %Y}"


def mismatch_sentence(england: Mapping[str, Any], ours: str) -> str:
    """Return which releases are compared where they differ, empty where they agree."""
    groups: dict[tuple[int, int], list[str]] = {}
    for year, mine, theirs in england.get("mismatches") or []:
        groups.setdefault((mine, theirs), []).append(str(year))
    if not groups:
        return ""
    named = "; ".join(
        f"for {' and '.join(years)} {ours} results are {release_word(mine)} and "
        f"England\u2019s figures {release_word(theirs)}"
        for (mine, theirs), years in groups.items()
    )
    return (
        f"No like-for-like release exists: {named}. The comparison is therefore "
        f"{release_word(england['label'])}."
    )


def level(value: float, *, is_share: bool, is_whole: bool) -> str:
    """Return a level with its unit; one published as a whole number stays whole."""
    return with_unit(value, "%" if is_share else "points", 0 if is_whole else 1)


def unit_words(*, is_share: bool) -> str:
    """Return what a change is counted in, at its first use on a page."""
    return "percentage points" if is_share else "points"


def seam_label(year: int) -> str:
    """Return the few words at a place where the line stops; sentences stand below."""
    return f"New measure or rules in {year}"


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is on: what it says, and the address without it."""

    label: str
    remove_url: str


def active_filters(request: HttpRequest, form: Form) -> list[ActiveFilter]:
    """Return the filters of the URL that are on, each with its own way out.

    One that is not understood has its way out too: the list is empty until it is gone.
    """
    found = []
    for name, field in form.fields.items():
        values = [value for value in request.GET.getlist(name) if value]
        is_wrong = bool(form.errors.get(name))
        if not values or not (is_wrong or form.cleaned_data.get(name)):
            continue
        if not isinstance(field, MultipleChoiceField):
            values = values[-1:]
        for value in values:
            shown: Any = value
            is_choice = isinstance(field, ChoiceField) and field.valid_value(value)
            if is_wrong and not is_choice:
                shown = f"{value[:LONGEST_SHOWN]}, not understood"
            elif isinstance(field, ModelChoiceField):
                shown = form.cleaned_data[name]
            elif isinstance(field, ChoiceField):
                shown = dict(cast("Iterable[Any]", field.choices)).get(value, value)
            query = request.GET.copy()
            query.setlist(name, [each for each in values if each != value])
            query.pop("page", None)
            found.append(
                ActiveFilter(
                    f"{field.label}: {shown}", f"{request.path}?{query.urlencode()}"
                )
            )
    return found
