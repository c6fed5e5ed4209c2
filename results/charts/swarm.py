"""A swarm: every school a dot at its gain, side by side where they would meet.

Above `MOST` schools the dots would be a blot, and bars of how many stand in for them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from results.charts.frame import NARROW, WIDE, Format
from results.charts.gains_axis import gains_axis, gains_ground, gains_picture
from results.charts.labels import text_width
from results.charts.scale import Scale, nice_step
from results.charts.style import LOOKS, PAPER
from results.charts.svg import escaped, number, rule, text_at
from results.figures.display import signed

MOST = 1000
"""Schools above which bars are drawn."""

_RADII = (7.0, 6.0, 5.0, 4.0, 3.5, 3.0, 2.5, 2.0, 1.5, 1.0)
_ROOM = {WIDE.name: 300.0, NARROW.name: 240.0}
_GAP = 1.0
_ROUNDING = 1e-6
_LEAST_BAR = 1.5
_BAR_HEIGHT = 220.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One school: its gain in points a year, its name, and its page if it has one."""

    value: float
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """How many schools gained from `low` up to, but not with, `high`."""

    low: float
    high: float
    n_schools: int


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the swarm: the programme's mean, or England's gain.

    `short` is its name on a phone.
    """

    value: float
    name: str
    kind: str
    short: str


def bins_of(values: Sequence[float], most: int = 30) -> list[Bin]:
    """Return `values` counted in bins of 1, 2 or 5 times ten, zero being an edge."""
    if not values:
        return []
    step = max(nice_step(max(max(values) - min(values), 1.0), most), 1.0)
    counts: dict[int, int] = {}
    for value in values:
        at = math.floor(value / step + 1e-9)
        counts[at] = counts.get(at, 0) + 1
    return [
        Bin(at * step, (at + 1) * step, counts.get(at, 0))
        for at in range(min(counts), max(counts) + 1)
    ]


def bin_words(each: Bin) -> str:
    """Return a bin as "+2 to under +4", alike on picture and table."""
    return f"{signed(each.low, 0)} to under {signed(each.high, 0)}"


def layout(positions: Sequence[float], radius: float) -> list[float]:
    """Return how far each dot stands off the middle line, so that none overlap.

    `positions` are the dots' places along the axis, rising; each dot in turn takes the
    free place nearest the middle, above before below. The same positions always give
    the same picture.
    """
    apart = 2 * radius + _GAP
    found: list[float] = []
    first = 0
    for at, x in enumerate(positions):
        while x - positions[first] >= apart:
            first += 1
        near = [
            (found[other], math.sqrt(apart**2 - (x - positions[other]) ** 2))
            for other in range(first, at)
        ]
        found.append(_free(near))
    return found


def _free(near: Sequence[tuple[float, float]]) -> float:
    """Return the offset nearest zero that lies outside every (middle, reach)."""
    above = _first_free(
        sorted((middle - reach, middle + reach) for middle, reach in near)
    )
    below = _first_free(
        sorted((-middle - reach, reach - middle) for middle, reach in near)
    )
    return above if above <= below else -below


def _first_free(taken: Sequence[tuple[float, float]]) -> float:
    """Return the least offset from zero up that is in no span; `taken` by its start.

    Spans are open: their ends, and what rounding puts just inside them, are free.
    """
    offset = 0.0
    for start, end in taken:
        if start > offset - _ROUNDING:
            break
        if end > offset + _ROUNDING:
            offset = end
    return offset


def swarm_chart(
    dots: Sequence[Dot],
    levels: Sequence[Level],
    *,
    title: str,
    description: str,
    chart_id: str,
    narrow: bool = False,
) -> str:
    """Return `dots` (at least one) as a swarm along their gains, as SVG text.

    Dots of the wide picture lead to their schools by mouse; keyboards and screen
    readers have the list of schools beside it, so the dots are no stops for them.
    """
    size = NARROW if narrow else WIDE
    rising = sorted(dots, key=lambda dot: (dot.value, dot.name))
    ends = [*(dot.value for dot in rising), *(each.value for each in levels)]
    x = gains_axis(ends, size)
    places = tuple(x(dot.value) for dot in rising)
    radius, offsets = _fitting(places, size)
    top = _levels_height(levels, size)
    reach = max(abs(offset) for offset in offsets) + radius + 6
    middle, bottom = top + reach, top + 2 * reach
    drawn = (
        _spots(places, offsets, middle, radius)
        if narrow
        else _links(rising, places, offsets, middle, radius)
    )
    body = gains_ground(x, top, bottom, size) + drawn + _levels(levels, x, bottom, size)
    return gains_picture(body, bottom, size, chart_id, (title, description))


def bars_chart(
    bins: Sequence[Bin],
    levels: Sequence[Level],
    *,
    title: str,
    description: str,
    chart_id: str,
    narrow: bool = False,
) -> str:
    """Return `bins` (at least one) as bars of how many schools, as SVG text."""
    size = NARROW if narrow else WIDE
    ends = [end for each in bins for end in (each.low, each.high)]
    x = gains_axis([*ends, *(each.value for each in levels)], size)
    top = _levels_height(levels, size)
    bottom = top + _BAR_HEIGHT
    tallest = max(each.n_schools for each in bins)
    look = LOOKS["programme"]
    bars = []
    for each in bins:
        left, right = x(each.low) + 0.5, x(each.high) - 0.5
        height = _BAR_HEIGHT * 0.94 * each.n_schools / tallest
        if each.n_schools:
            height = max(height, _LEAST_BAR)
        bars.append(
            f'<rect class="chart-marker chart-programme" x="{number(left)}"'
            f' y="{number(bottom - height)}" width="{number(right - left)}"'
            f' height="{number(height)}" fill="{look.colour}">'
            f"<title>{escaped(f'{bin_words(each)}: {each.n_schools:,}')}</title></rect>"
        )
    body = (
        gains_ground(x, top, bottom, size)
        + "".join(bars)
        + _levels(levels, x, bottom, size)
    )
    return gains_picture(body, bottom, size, chart_id, (title, description))


@lru_cache(maxsize=16)
def _fitting(places: tuple[float, ...], size: Format) -> tuple[float, list[float]]:
    """Return the largest dots whose swarm fits the room, and their offsets.

    The same schools are drawn again and again, so their places are worked out once.
    """
    for radius in _RADII:
        offsets = layout(places, radius)
        if 2 * (max(map(abs, offsets)) + radius) <= _ROOM[size.name]:
            break
    return radius, offsets


def _links(
    dots: Sequence[Dot],
    places: Sequence[float],
    offsets: Sequence[float],
    middle: float,
    radius: float,
) -> str:
    """Return the dots, each the way to its school, hidden from the keyboard."""
    parts = []
    # By name: in the order of their gains they would be a ranking to read out.
    named = sorted(
        zip(dots, places, offsets, strict=True), key=lambda each: each[0].name
    )
    for dot, x, offset in named:
        words = escaped(f"{dot.name}: {signed(dot.value)}")
        circle = (
            f'<circle cx="{number(x)}" cy="{number(middle - offset)}"'
            f' r="{number(radius)}"><title>{words}</title></circle>'
        )
        parts.append(
            f'<a href="{escaped(dot.url)}" tabindex="-1">{circle}</a>'
            if dot.url
            else circle
        )
    colour = LOOKS["programme"].colour
    return (
        f'<g class="chart-marker chart-programme chart-dots" aria-hidden="true"'
        f' fill="{colour}">{"".join(parts)}</g>'
    )


def _spots(
    places: Sequence[float], offsets: Sequence[float], middle: float, radius: float
) -> str:
    """Return the dots as one path of points: a phone's picture weighs little."""
    data = "".join(
        f"M{number(x)} {number(middle - offset)}h0"
        for x, offset in zip(places, offsets, strict=True)
    )
    return (
        f'<path class="chart-line chart-programme" d="{data}" fill="none"'
        f' stroke="{LOOKS["programme"].colour}" stroke-width="{number(2 * radius)}"'
        ' stroke-linecap="round"/>'
    )


def _levels_height(levels: Sequence[Level], size: Format) -> float:
    """Return the room above the plot for the names of the lines, a row each."""
    return len(levels) * size.line_height * 1.15 + 6


def _levels(levels: Sequence[Level], x: Scale, bottom: float, size: Format) -> str:
    """Return a line across the plot for each level, named above it, a row each."""
    parts = []
    row_height = size.line_height * 1.15
    for row, level in enumerate(levels):
        at = x(level.value)
        look = LOOKS["england" if level.kind == "england" else "programme"]
        name = level.short if size is NARROW else level.name
        words = f"{name} {signed(level.value)}"
        width = text_width(words, size.font)
        baseline = row * row_height + size.font
        is_lowest = level.value < max(other.value for other in levels)
        fits_left = at - 6 - width >= 0
        is_right = at + 6 + width <= size.width and not (is_lowest and fits_left)
        css = f"chart-line chart-{level.kind}"
        for stroke, wide, part in ((PAPER, 5, "chart-halo"), (look.colour, 2.5, css)):
            parts.append(
                rule(
                    at,
                    baseline - size.font * 0.8,
                    at,
                    bottom,
                    css=part,
                    stroke=stroke,
                    width=wide,
                    dash="5 4" if level.kind == "england" and part == css else "",
                )
            )
        parts.append(
            text_at(
                at + 6 if is_right else max(at - 6, width),
                baseline,
                words,
                css=f"chart-name chart-{level.kind}",
                fill=look.colour,
                anchor="start" if is_right else "end",
                weight=600,
            )
        )
    return "".join(parts)
