"""What a line chart is drawn from: points, lines and marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from results.charts.scale import drawable
from results.charts.style import Kind


@dataclass(frozen=True)
class Point:
    """A figure of an exam year in the unit of its chart, or a gap with its reason.

    `value` None is a gap, and `reason` the words for it. `low` and `high` are the ends
    of the likely range (95%), both or neither.
    """

    year: int
    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A named series; `key` tells it apart, `kind` decides how it looks."""

    key: str
    name: str
    points: Sequence[Point]
    kind: Kind


@dataclass(frozen=True)
class Mark:
    """Something a reader of the line must know about a place on the year axis.

    `join`: a dashed upright at `year`, which may lie between exam years. `break`: no
    line crosses it; a whole `year` is the first year of the new definition. `caution`:
    a number under `year`, whose sentence (`label`) the page shows below.
    """

    year: float
    label: str
    kind: Literal["join", "caution", "break"]


def line_decimals(line: Line, unit: str, most: int) -> int:
    """Return how many decimals the figures of `line` show, of at most `most`.

    None where all are whole percentages: figures published as whole must not look
    finer than they are, and 50.0 among others must not look coarser.
    """
    values = [each.value for each in line.points if each.value is not None]
    is_whole = all(float(value).is_integer() for value in values)
    return 0 if unit == "%" and is_whole else most


def tidy(line: Line) -> Line:
    """Return `line` in order of years, with only numbers that can be drawn.

    A year given twice keeps its last point; a range with one end has none.
    """
    points = {}
    for point in line.points:
        low, high = drawable(point.low), drawable(point.high)
        if low is None or high is None or point.value is None:
            low = high = None
        points[point.year] = Point(
            point.year, drawable(point.value), low, high, point.reason
        )
    return Line(
        line.key, line.name, [points[year] for year in sorted(points)], line.kind
    )


def runs(points: Iterable[Point], breaks: Sequence[float]) -> list[list[Point]]:
    """Return the stretches of `points` that may be joined, each of one point or more.

    A stretch ends at a gap, at a year without a point, and at a break: a break at b
    lies between a and c when a < b <= c.
    """
    found: list[list[Point]] = []
    previous: Point | None = None
    for point in points:
        if point.value is None:
            previous = None
            continue
        if (
            previous is None
            or point.year - previous.year > 1
            or any(previous.year < at <= point.year for at in breaks)
        ):
            found.append([])
        found[-1].append(point)
        previous = point
    return found


def cautions(marks: Sequence[Mark]) -> list[tuple[int, Mark]]:
    """Return the cautions in order of year, numbered from 1 as the chart draws them."""
    chosen = [mark for mark in marks if mark.kind == "caution"]
    return list(enumerate(sorted(chosen, key=lambda mark: mark.year), start=1))


def caution_notes(marks: Sequence[Mark]) -> list[tuple[int, str]]:
    """Return (number, sentence) for the list of notes that stands under the chart."""
    return [(number, mark.label) for number, mark in cautions(marks)]
