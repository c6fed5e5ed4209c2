"""A sum as steps: each part a bar that starts where the one above it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from results.charts.frame import NARROW, WIDE, Format
from results.charts.gains_axis import PAD, gains_axis, gains_ground, gains_picture
from results.charts.labels import text_width, wrapped
from results.charts.scale import Scale
from results.charts.style import INK, LOOKS, MUTED, PAPER, Kind
from results.charts.svg import number, rule, text_at
from results.figures.display import signed

_BAR, _GAP, _CAP = 26.0, 16.0, 5.0
_INDENT = 6.0
_LEAST = 1.5


@dataclass(frozen=True, slots=True)
class Step:
    """One part in points a year: what it is in words, and how it looks.

    `low` and `high` are the ends of its likely range, None where it has none. A part
    that is not sure is drawn hollow: it may be nothing.
    """

    words: str
    value: float
    kind: Kind
    low: float | None = None
    high: float | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its line of words; `start` and `end` are in points a year."""

    words: str
    value: float
    start: float
    end: float
    kind: Kind | Literal["plain"]
    step: Step | None = None


def steps_chart(
    steps: Sequence[Step],
    total: str,
    *,
    title: str,
    description: str,
    chart_id: str,
    narrow: bool = False,
) -> str:
    """Return `steps` (at least one) under their sum, named `total`, as SVG text."""
    size = NARROW if narrow else WIDE
    rows = _rows(steps, total)
    x = gains_axis([end for row in rows for end in _ends(row)], size)
    words = [_words(row, size) for row in rows]
    tops, at = [], 0.0
    for lines in words:
        tops.append(at)
        at += len(lines) * size.line_height + 4 + _BAR + _GAP
    body = [gains_ground(x, 0, at, size)]
    for row, lines, top in zip(rows, words, tops, strict=True):
        bar_top = top + len(lines) * size.line_height + 4
        body += [_said(row, lines, top, size), _bar(row, bar_top, x)]
    words_of_it = (title, description)
    return gains_picture("".join(body), at, size, chart_id, words_of_it, "img")


def _rows(steps: Sequence[Step], total: str) -> list[_Row]:
    ends = list(accumulate(step.value for step in steps))
    rows = [_Row(total, ends[-1], 0.0, ends[-1], "plain")]
    for step, start, end in zip(steps, [0.0, *ends], ends, strict=False):
        rows.append(_Row(step.words, step.value, start, end, step.kind, step))
    return rows


def _ends(row: _Row) -> list[float]:
    """Return every value that the row reaches to."""
    found = [row.start, row.end]
    if row.step:
        limits = (row.step.low, row.step.high)
        found += [row.start + each for each in limits if each is not None]
    return found


def _words(row: _Row, size: Format) -> list[str]:
    """Return the row's words in lines that leave room for its figure at the end."""
    room = size.width - text_width(signed(row.value), size.font) - 3 * PAD - _INDENT
    return wrapped(row.words, room, size.font)


def _said(row: _Row, lines: Sequence[str], top: float, size: Format) -> str:
    """Return the words over a bar, each line on a ground of its own, and the figure."""
    parts = []
    for place, line in enumerate(lines):
        y = top + place * size.line_height + size.font
        parts.append(
            text_at(PAD + _INDENT, y, line, css="chart-join-label chart-flag", fill=INK)
        )
    parts.append(
        text_at(
            size.width - PAD,
            top + size.font,
            signed(row.value),
            css="chart-join-label chart-flag",
            fill=INK,
            anchor="end",
            weight=600,
        )
    )
    return "".join(parts)


def _bar(row: _Row, top: float, x: Scale) -> str:
    """Return the bar, and its likely range as a line with two ends."""
    left, right = sorted((x(row.start), x(row.end)))
    colour = MUTED if row.kind == "plain" else LOOKS[row.kind].colour
    css = f"chart-marker chart-{row.kind}"
    paint = f'fill="{colour}"'
    is_hollow = row.step is not None and not row.step.is_sure
    if is_hollow:
        css += " chart-hollow"
        paint = (
            f'fill="{PAPER}" stroke="{colour}" stroke-width="2" stroke-dasharray="5 4"'
        )
    width = max(right - left, _LEAST)
    drawn = (
        f'<rect class="{css}" x="{number(left)}" y="{number(top)}"'
        f' width="{number(width)}" height="{number(_BAR)}" {paint}/>'
    )
    if row.step is None or row.step.low is None or row.step.high is None:
        return drawn
    low, high = x(row.start + row.step.low), x(row.start + row.step.high)
    middle = top + _BAR / 2
    strokes = (
        (low, middle, high, middle),
        (low, middle - _CAP, low, middle + _CAP),
        (high, middle - _CAP, high, middle + _CAP),
    )
    halo, line = (
        "".join(rule(*ends, css=css, stroke=stroke, width=width) for ends in strokes)
        for css, stroke, width in (("chart-halo", PAPER, 5), ("chart-range", INK, 2))
    )
    return drawn + halo + line
