"""How many schools have which score, with a cut through them.

The three parts differ in more than colour: eligible schools are filled, near misses
hatched, the others hollow.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from results.charts.frame import NARROW, WIDE, Format
from results.charts.labels import text_width
from results.charts.scale import Scale, nice_step, ticks
from results.charts.style import AXIS, GRID, INK, LOOKS, MUTED, PAPER, Kind
from results.charts.svg import document, number, rule, text_at
from results.figures.display import points, signed
from results.figures.threshold import Tally

Part = Literal["eligible", "near", "above"]
PARTS: tuple[Part, ...] = ("eligible", "near", "above")
_KINDS: dict[Part, Kind] = {"eligible": "programme", "near": "similar", "above": "rest"}

_HEIGHT = {WIDE.name: 260.0, NARROW.name: 200.0}
_LEAST = 1.5
_PAD = 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """How many schools score above `low`, up to and with `high`, by part."""

    low: float
    high: float
    eligible: int
    near: int
    above: int

    @property
    def schools(self) -> int:
        """Return how many schools the bar holds."""
        return self.eligible + self.near + self.above


@dataclass(frozen=True, slots=True)
class Cut:
    """An upright line at a score; `short` is its name on a phone.

    `is_tried` marks one that is only tried: its line is dashed.
    """

    value: float
    name: str
    short: str
    is_tried: bool = False


def bars_of(
    tally: Tally, cut: float, near_top: float | None, *, decimals: int, most: int = 40
) -> list[Bar]:
    """Return the scores in bars whose edges stand on the cut, so none straddles it.

    Near misses are the schools above `cut` up to `near_top`, None where there are
    none. Steps are 1, 2 or 5 times ten and no finer than a score's `decimals`.
    """
    if not tally:
        return []
    least = 10.0**-decimals
    span = max(tally[-1][0] - tally[0][0], least)
    step = max(nice_step(span, most), least)
    counts: dict[int, dict[Part, int]] = {}
    for score, schools in tally:
        at = math.ceil(round((score - cut) / step, 6))
        part: Part = "above"
        if score <= cut:
            part = "eligible"
        elif near_top is not None and score <= near_top:
            part = "near"
        found = counts.setdefault(at, dict.fromkeys(PARTS, 0))
        found[part] += schools
    nothing = dict.fromkeys(PARTS, 0)
    return [
        Bar(cut + (at - 1) * step, cut + at * step, **counts.get(at, nothing))
        for at in range(min(counts), max(counts) + 1)
    ]


def distribution_chart(
    bars: Sequence[Bar],
    cuts: Sequence[Cut],
    *,
    title: str,
    description: str,
    chart_id: str,
    axis: str,
    decimals: int,
    is_signed: bool,
    narrow: bool = False,
) -> str:
    """Return `bars` (at least one) with the cuts through them, as SVG text.

    `axis` names the score; `is_signed` writes its numbers with their sign.
    """
    size = NARROW if narrow else WIDE
    ids = f"{chart_id}-{size.name}"
    every = [bars[0].low, bars[-1].high, *(cut.value for cut in cuts)]
    tallest = max(bar.schools for bar in bars)
    left = _PAD + text_width(f"{tallest:,}", size.font)
    x = Scale(min(every), max(every), left, size.width - _PAD)
    top = len(cuts) * size.line_height * 1.15 + 6
    bottom = top + _HEIGHT[size.name]
    y = Scale(0, tallest, bottom, top + 8)
    foot = bottom + 2 * size.font + 16
    body = (
        _hatching(ids)
        + _heights(y, x, tallest, size)
        + "".join(_bar(bar, x, y, ids) for bar in bars)
        + _scores(x, bottom, size, decimals, is_signed=is_signed)
        + _cuts(cuts, x, bottom, size, decimals, is_signed=is_signed)
        + _axis_name(axis, (left + size.width) / 2, foot - 4)
    )
    return document(
        width=size.width,
        height=foot,
        css=f"chart-svg chart-{size.name}",
        ids=ids,
        title=title,
        description=description,
        font_size=size.font,
        body=body,
    )


def key(part: Part, chart_id: str) -> str:
    """Return the small mark of a part for the legend, hidden from screen readers."""
    ids = f"{chart_id}-key-{part}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart-key" viewBox="0 0 14 14"'
        f' aria-hidden="true">{_hatching(ids) if part == "near" else ""}'
        f"{_part(part, (1, 1, 12, 12), ids)}</svg>"
    )


def _hatching(ids: str) -> str:
    look = LOOKS[_KINDS["near"]]
    return (
        f'<defs><pattern id="{ids}-hatch" width="5" height="5"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path class="chart-line chart-similar" d="M1 0v5" fill="none"'
        f' stroke="{look.colour}" stroke-width="2"/></pattern></defs>'
    )


def _part(part: Part, box: tuple[float, float, float, float], ids: str) -> str:
    """Return one part of a bar: filled, hatched or hollow; `box` is x, y and size."""
    left, top, width, height = box
    kind = _KINDS[part]
    colour = LOOKS[kind].colour
    place = (
        f'x="{number(left)}" y="{number(top)}" width="{number(width)}"'
        f' height="{number(height)}"'
    )
    if part == "eligible":
        return f'<rect class="chart-marker chart-{kind}" {place} fill="{colour}"/>'
    hollow = (
        f'<rect class="chart-hollow chart-{kind}" {place} fill="{PAPER}"'
        f' stroke="{colour}"/>'
    )
    if part == "above":
        return hollow
    return f'{hollow}<rect {place} fill="url(#{ids}-hatch)"/>'


def _bar(bar: Bar, x: Scale, y: Scale, ids: str) -> str:
    """Return a bar, its parts one upon the other from the lowest scores."""
    left, right = x(bar.low) + 0.5, x(bar.high) - 0.5
    width = max(right - left, 1.0)
    drawn, under = [], 0
    for part in PARTS:
        schools = getattr(bar, part)
        if schools:
            foot, head = y(under), y(under + schools)
            height = max(foot - head, _LEAST)
            drawn.append(_part(part, (left, foot - height, width, height), ids))
        under += schools
    return "".join(drawn)


def _heights(y: Scale, x: Scale, tallest: int, size: Format) -> str:
    """Return the level lines, each with its number of schools at the left."""
    step = max(nice_step(tallest, 4), 1.0)
    parts = []
    for value in ticks(0, tallest, step):
        at = y(value)
        css, colour = ("chart-axis", AXIS) if value == 0 else ("chart-grid", GRID)
        parts.append(rule(x.start, at, x.end, at, css=css, stroke=colour))
        parts.append(
            text_at(
                x.start - 6,
                at + size.font * 0.35,
                f"{value:,.0f}",
                css="chart-tick",
                fill=MUTED,
                anchor="end",
            )
        )
    return "".join(parts)


def _scores(
    x: Scale, bottom: float, size: Format, decimals: int, *, is_signed: bool
) -> str:
    """Return the scores along the bottom, as many as there is room for."""
    step = nice_step(x.high - x.low, 10 if size is WIDE else 5)
    places = min(max(0, -math.floor(math.log10(step))), decimals)
    parts = []
    for value in ticks(x.low, x.high, step):
        words = signed(value, places) if is_signed else points(value, places)
        edge = text_width(words, size.font) / 2
        parts.append(
            rule(x(value), bottom, x(value), bottom + 5, css="chart-axis", stroke=AXIS)
        )
        parts.append(
            text_at(
                min(max(x(value), edge), size.width - edge),
                bottom + size.font + 8,
                words,
                css="chart-tick",
                fill=MUTED,
                anchor="middle",
            )
        )
    return "".join(parts)


def _axis_name(axis: str, middle: float, baseline: float) -> str:
    """Return the name of the score, under its numbers."""
    return text_at(
        middle, baseline, axis, css="chart-tick", fill=MUTED, anchor="middle"
    )


def _baseline(row: int, size: Format) -> float:
    """Return where the name of a cut is written; each has a row of its own."""
    return row * size.line_height * 1.15 + size.font


def _cuts(
    cuts: Sequence[Cut],
    x: Scale,
    bottom: float,
    size: Format,
    decimals: int,
    *,
    is_signed: bool,
) -> str:
    """Return every cut with its score."""
    write = signed if is_signed else points
    return "".join(
        _cut(cut, write(cut.value, decimals), _baseline(row, size), x, bottom)
        for row, cut in enumerate(cuts)
    )


def _cut(cut: Cut, score: str, baseline: float, x: Scale, bottom: float) -> str:
    """Return a cut's line, named above the bars in a row of its own."""
    at = x(cut.value)
    size = NARROW if x.end < NARROW.width else WIDE
    words = f"{cut.short if size is NARROW else cut.name} {score}"
    width = text_width(words, size.font)
    is_right = at + 6 + width <= size.width
    top = baseline - size.font * 0.8
    dash = "5 4" if cut.is_tried else ""
    return (
        rule(at, top, at, bottom, css="chart-halo", stroke=PAPER, width=5)
        + rule(at, top, at, bottom, css="chart-join", stroke=INK, width=2.5, dash=dash)
        + text_at(
            at + 6 if is_right else max(at - 6, width),
            baseline,
            words,
            css="chart-join-label",
            fill=INK,
            anchor="start" if is_right else "end",
            weight=600,
        )
    )
