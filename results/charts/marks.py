"""Marks on a line chart: joining, breaks, cautions, and years without any figure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from results.charts.frame import Format, Frame
from results.charts.labels import rows, text_width, wrapped
from results.charts.scale import Scale
from results.charts.series import Line, Mark, cautions
from results.charts.style import AMBER, AMBER_SOFT, INK, MUTED, SHADE
from results.charts.svg import escaped, number, rule, text_at

_GAP = 7


@dataclass(frozen=True)
class Flag:
    """The label of an upright: its lines, its side of the line, and its row from 0."""

    x: float
    lines: list[str]
    is_left: bool
    row: int
    kind: str


def upright_at(mark: Mark) -> float:
    """Return where on the year axis the upright of `mark` stands.

    A break named by its first new year stands half a year before it.
    """
    if mark.kind == "break" and float(mark.year).is_integer():
        return mark.year - 0.5
    return mark.year


def flags(marks: Sequence[Mark], x: Scale, size: Format) -> list[Flag]:
    """Return the labels of joins and breaks, in rows so that none meets another."""
    chosen = []
    for mark in sorted(marks, key=lambda mark: mark.year):
        if mark.kind == "caution":
            continue
        at = x(upright_at(mark))
        rooms = (size.width - at - 2 * _GAP, at - 2 * _GAP)
        is_left = text_width(mark.label, size.font) > rooms[0] and rooms[1] > rooms[0]
        lines = wrapped(mark.label, rooms[is_left], size.font)
        chosen.append((at, lines, is_left, mark.kind))
    spans = []
    for at, lines, is_left, _kind in chosen:
        width = max(text_width(line, size.font) for line in lines) + 2 * _GAP
        spans.append((at - width, at) if is_left else (at, at + width))
    return [
        Flag(at, lines, is_left, row, kind)
        for (at, lines, is_left, kind), row in zip(chosen, rows(spans), strict=True)
    ]


def row_tops(found: Sequence[Flag], size: Format) -> list[float]:
    """Return the top of each row of labels, and last the bottom of them all."""
    tops = [4.0]
    for row in range(max((flag.row for flag in found), default=-1) + 1):
        most = max(len(flag.lines) for flag in found if flag.row == row)
        tops.append(tops[-1] + most * size.line_height + 4)
    return tops


def draw_flags(found: Sequence[Flag], frame: Frame) -> str:
    """Return the uprights of joins and breaks with their labels."""
    size = frame.format
    tops = row_tops(found, size)
    parts = []
    for flag in found:
        top = tops[flag.row]
        is_join = flag.kind == "join"
        colour = INK if is_join else MUTED
        css = f"chart-{flag.kind}"
        parts.append(
            rule(
                flag.x,
                top,
                flag.x,
                frame.bottom,
                css=css,
                stroke=colour,
                width=1.5,
                dash="5 4" if is_join else "1 4",
            )
        )
        if not is_join:
            parts.append(_slashes(flag.x, frame.bottom))
        parts.extend(
            text_at(
                flag.x - _GAP if flag.is_left else flag.x + _GAP,
                top + size.font * 0.85 + index * size.line_height,
                line,
                css=f"chart-flag {css}-label",
                fill=colour,
                anchor="end" if flag.is_left else "start",
                weight=600,
            )
            for index, line in enumerate(flag.lines)
        )
    return "".join(parts)


def _slashes(x: float, y: float) -> str:
    """Return the sign of a broken axis: two short strokes across it."""
    return "".join(
        rule(
            x + shift - 3,
            y + 7,
            x + shift + 3,
            y - 7,
            css="chart-break",
            stroke=MUTED,
            width=2,
        )
        for shift in (-3, 3)
    )


def draw_cautions(marks: Sequence[Mark], frame: Frame) -> str:
    """Return a numbered ring under the year of each caution."""
    font = frame.format.font
    y = frame.bottom + font + 27
    seen: dict[float, int] = {}
    parts = []
    for index, mark in cautions(marks):
        x = min(
            frame.x(mark.year) + 24 * seen.get(mark.year, 0), frame.format.width - 12
        )
        seen[mark.year] = seen.get(mark.year, 0) + 1
        parts.append(
            f'<g class="chart-caution"><title>{escaped(mark.label)}</title>'
            f'<circle cx="{number(x)}" cy="{number(y)}" r="10" fill="{AMBER_SOFT}"'
            f' stroke="{AMBER}" stroke-width="1.5"/>'
            + text_at(
                x,
                y + 4.5,
                str(index),
                css="chart-caution-number",
                fill=AMBER,
                anchor="middle",
                weight=700,
                size=13,
            )
            + "</g>"
        )
    return "".join(parts)


def draw_empty_years(lines: Sequence[Line], frame: Frame) -> str:
    """Return a strip that says "No figures" over years in which no line has any."""
    known = {
        point.year for line in lines for point in line.points if point.value is not None
    }
    parts = []
    for first, last in _stretches([year for year in frame.years if year not in known]):
        start, end = frame.x(first - 0.5), frame.x(last + 0.5)
        parts.append(
            f'<rect class="chart-empty" x="{number(start)}" y="{number(frame.top)}"'
            f' width="{number(end - start)}"'
            f' height="{number(frame.bottom - frame.top)}" fill="{SHADE}"/>'
        )
        size = frame.format
        if end - start < text_width("figures", size.font):
            continue
        parts.extend(
            text_at(
                (start + end) / 2,
                frame.bottom - 12 - (1 - index) * size.line_height,
                word,
                css="chart-tick",
                fill=MUTED,
                anchor="middle",
            )
            for index, word in enumerate(["No", "figures"])
        )
    return "".join(parts)


def _stretches(years: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last year of each unbroken stretch of `years` (rising)."""
    found: list[tuple[int, int]] = []
    for year in years:
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def has_caution(marks: Sequence[Mark]) -> bool:
    """Say whether a row of numbers is needed under the years."""
    return any(mark.kind == "caution" and math.isfinite(mark.year) for mark in marks)
