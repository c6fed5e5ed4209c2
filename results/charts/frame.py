"""The geometry of a line chart: its size, margins, axes and grid."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from results.charts.labels import text_width
from results.charts.scale import (
    Scale,
    decimals_for,
    free_domain,
    nice_step,
    percentage_domain,
    ticks,
)
from results.charts.series import Line, Mark
from results.charts.style import AXIS, GRID, MUTED
from results.charts.svg import rule, text_at
from results.figures.display import points

#: A mark this many years outside the figures is of no use to their reader.
NEAR = 1.0
#: Room from the edge of the plot to the first and last year.
INSET = 16


@dataclass(frozen=True)
class Format:
    """The size of a picture: for a page (wide) or for a phone (narrow)."""

    width: float
    plot_height: float
    font: float
    most_steps: int
    name: str

    @property
    def line_height(self) -> float:
        """Return the height of a line of text."""
        return self.font * 1.3


WIDE = Format(width=1000, plot_height=300, font=14, most_steps=10, name="wide")
NARROW = Format(width=340, plot_height=230, font=15, most_steps=7, name="narrow")


@dataclass(frozen=True)
class Frame:
    """A plot: its scales hold its edges, and `years` is every year of the span."""

    format: Format
    x: Scale
    y: Scale
    years: range
    step: float
    unit: str
    decimals: int

    @property
    def left(self) -> float:
        """Return the left edge of the plot."""
        return self.x.start - INSET

    @property
    def right(self) -> float:
        """Return the right edge of the plot."""
        return self.x.end + INSET

    @property
    def top(self) -> float:
        """Return the upper edge of the plot."""
        return self.y.end

    @property
    def bottom(self) -> float:
        """Return the lower edge of the plot."""
        return self.y.start


def value_axis(
    lines: Sequence[Line], unit: str, most_steps: int
) -> tuple[float, float, float]:
    """Return the lower end, upper end and step of the axis, in `unit`."""
    values = [
        value
        for line in lines
        for point in line.points
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    find = percentage_domain if unit == "%" else free_domain
    low, high = find(values, most_steps)
    return low, high, nice_step(high - low, most_steps)


def axis_decimals(lines: Sequence[Line], unit: str) -> int:
    """Return how many decimals figures show, alike in a chart and its table."""
    low, high, _step = value_axis(lines, unit, WIDE.most_steps)
    return decimals_for(high - low)


def year_axis(
    lines: Sequence[Line], marks: Sequence[Mark]
) -> tuple[range, float, float]:
    """Return every year of the lines, and the two ends of the axis.

    The axis reaches a little further for a mark just outside the years.
    """
    years = [point.year for line in lines for point in line.points]
    span = range(min(years), max(years) + 1)
    near = [mark.year for mark in near_marks(marks, span)]
    return span, min([span[0], *near]), max([span[-1], *near])


def near_marks(marks: Sequence[Mark], years: range) -> list[Mark]:
    """Return the marks that lie within the years or just outside them."""
    return [
        mark
        for mark in marks
        if math.isfinite(mark.year) and years[0] - NEAR <= mark.year <= years[-1] + NEAR
    ]


def tick_words(low: float, high: float, step: float, unit: str) -> list[str]:
    """Return the words at the ticks, from the bottom; the top one carries the unit."""
    decimals = max(0, -math.floor(math.log10(step)))
    words = [points(value, decimals) for value in ticks(low, high, step)]
    if unit == "%":
        words[-1] += "%"
    return words


def grid(frame: Frame) -> str:
    """Return the horizontal lines, their values, and the years along the bottom."""
    low, high = frame.y.low, frame.y.high
    values = ticks(low, high, frame.step)
    words = tick_words(low, high, frame.step, frame.unit)
    base = 0.0 if low < 0 < high else low
    font = frame.format.font
    parts = []
    for value, word in zip(values, words, strict=True):
        y = frame.y(value)
        is_base = math.isclose(value, base, abs_tol=frame.step / 1e6)
        css, colour = ("chart-axis", AXIS) if is_base else ("chart-grid", GRID)
        parts.append(rule(frame.left, y, frame.right, y, css=css, stroke=colour))
        parts.append(
            text_at(
                frame.left - 8,
                y + font * 0.35,
                word,
                css="chart-tick",
                fill=MUTED,
                anchor="end",
            )
        )
    return "".join(parts) + _years(frame)


def _years(frame: Frame) -> str:
    """Return a tick for every year, and its number wherever there is room."""
    font = frame.format.font
    span = len(frame.years) - 1
    room = (frame.x.end - frame.x.start) / span if span else frame.x.end
    every = math.ceil(text_width("2000", font) * 1.15 / room)
    parts = []
    for year in frame.years:
        x, y = frame.x(year), frame.bottom
        parts.append(rule(x, y, x, y + 5, css="chart-axis", stroke=AXIS))
        if (frame.years[-1] - year) % every == 0:
            parts.append(
                text_at(
                    x,
                    y + 8 + font,
                    str(year),
                    css="chart-tick",
                    fill=MUTED,
                    anchor="middle",
                )
            )
    return "".join(parts)
