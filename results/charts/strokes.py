"""The lines themselves: bands of the likely range, strokes and markers."""

from collections.abc import Sequence

from results.charts.frame import NARROW, Frame
from results.charts.scale import with_unit
from results.charts.series import Line, Mark, Point, line_decimals, runs
from results.charts.style import Kind, look_of, marker
from results.charts.svg import escaped, number, path

#: Half the width of the band of a year on its own, in SVG units.
LONE = 5


def breaks(marks: Sequence[Mark]) -> list[float]:
    """Return the years at which no line is joined."""
    return [mark.year for mark in marks if mark.kind == "break"]


def draw_bands(lines: Sequence[Line], marks: Sequence[Mark], frame: Frame) -> str:
    """Return the likely ranges as shaded bands; a year on its own gets a narrow one."""
    parts = []
    kinds: list[Kind] = [line.kind for line in lines]
    for line in lines:
        colour = look_of(line.kind, kinds).colour
        ranged = [
            point if point.low is not None else Point(point.year, None)
            for point in line.points
        ]
        for run in runs(ranged, breaks(marks)):
            outline = path(_outline(run, frame), closed=True)
            parts.append(
                f'<path class="chart-band chart-{line.kind}"'
                f' d="{outline}" fill="{colour}" fill-opacity=".13"/>'
            )
    return "".join(parts)


def _outline(run: Sequence[Point], frame: Frame) -> list[tuple[float, float]]:
    """Return the corners of a band: along its upper edge, and back along the lower."""
    edges = [(frame.x(point.year), point) for point in run]
    if len(run) == 1:
        x, point = edges[0]
        edges = [(x - LONE, point), (x + LONE, point)]
    upper = [(x, frame.y(point.high or 0.0)) for x, point in edges]
    return upper + [(x, frame.y(point.low or 0.0)) for x, point in reversed(edges)]


def draw_lines(lines: Sequence[Line], marks: Sequence[Mark], frame: Frame) -> str:
    """Return the lines and their markers, the first line on top."""
    kinds: list[Kind] = [line.kind for line in lines]
    parts = []
    for line in reversed(lines):
        look = look_of(line.kind, kinds)
        dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
        for run in runs(line.points, breaks(marks)):
            places = [(frame.x(p.year), frame.y(p.value or 0.0)) for p in run]
            if len(run) > 1:
                parts.append(
                    f'<path class="chart-line chart-{line.kind}" d="{path(places)}"'
                    f' fill="none" stroke="{look.colour}"'
                    f' stroke-width="{number(look.width)}" stroke-linecap="round"'
                    f' stroke-linejoin="round"{dash}/>'
                )
            for point, (x, y) in zip(run, places, strict=True):
                dot = marker(look, line.kind, x, y)
                parts.append(_point(line, point, frame, dot))
    return "".join(parts)


def _point(line: Line, point: Point, frame: Frame, dot: str) -> str:
    """Return a marker; on a page it says its figure under the mouse."""
    if frame.format is NARROW:
        return dot
    value = with_unit(
        point.value or 0.0, frame.unit, line_decimals(line, frame.unit, frame.decimals)
    )
    words = escaped(f"{line.name}, {point.year}: {value}")
    return f"<g><title>{words}</title>{dot}</g>"
