"""What a line is called: labels at the ends on a page, a legend on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.charts.frame import Format, Frame
from results.charts.labels import spread, text_width, wrapped
from results.charts.scale import with_unit
from results.charts.series import Line, Point, line_decimals
from results.charts.style import Kind, Look, look_of, marker
from results.charts.svg import rule, text_at

#: The widest and narrowest room for labels right of the plot.
_MOST, _LEAST = 220, 90
_LEADER = 26
_SAMPLE = 34


@dataclass(frozen=True)
class Ending:
    """The end of a line: its last figure, and the words that name both."""

    line: Line
    last: Point
    words: str
    look: Look


def endings(lines: Sequence[Line], unit: str, decimals: int) -> list[Ending]:
    """Return the ends of the lines that have a figure, in the order given.

    A line that stops before the others says in which year.
    """
    kinds: list[Kind] = [line.kind for line in lines]
    latest = max(
        (point.year for line in lines for point in line.points if _known(point)),
        default=0,
    )
    found = []
    for line in lines:
        known = [point for point in line.points if point.value is not None]
        if not known:
            continue
        last = known[-1]
        shown = line_decimals(line, unit, decimals)
        words = f"{line.name} {with_unit(last.value or 0.0, unit, shown)}"
        if last.year != latest:
            words += f" in {last.year}"
        found.append(Ending(line, last, words, look_of(line.kind, kinds)))
    return found


def _known(point: Point) -> bool:
    return point.value is not None


def label_room(ends: Sequence[Ending], size: Format) -> float:
    """Return the width to keep free right of the plot for the labels of `ends`."""
    widest = max((text_width(end.words, size.font) for end in ends), default=0)
    return min(max(widest, _LEAST), _MOST)


def label_lines(ends: Sequence[Ending], size: Format, room: float) -> list[list[str]]:
    """Return each label in lines that fit `room`."""
    return [wrapped(end.words, room, size.font) for end in ends]


def heights(lines: Sequence[Sequence[str]], size: Format) -> list[float]:
    """Return the height each label needs, with a little air."""
    return [len(words) * size.line_height + 4 for words in lines]


def draw_labels(ends: Sequence[Ending], frame: Frame, room: float) -> str:
    """Return the labels right of the plot, kept apart and tied to their line's end."""
    size = frame.format
    texts = label_lines(ends, size, room)
    wanted = [frame.y(end.last.value or 0.0) for end in ends]
    centres = spread(wanted, heights(texts, size), frame.top - 10, frame.bottom + 10)
    start = frame.right + _LEADER
    parts = []
    for end, words, at, centre in zip(ends, texts, wanted, centres, strict=True):
        x = frame.x(end.last.year) + 9
        parts.append(
            f'<g class="chart-label chart-{end.line.kind}">'
            + rule(
                max(x, frame.right - 4),
                at,
                start - 5,
                centre,
                css="chart-leader",
                stroke=end.look.colour,
            )
        )
        first = centre - (len(words) - 1) * size.line_height / 2 + size.font * 0.35
        parts.extend(
            text_at(
                start,
                first + index * size.line_height,
                line,
                css="chart-name",
                fill=end.look.colour,
                weight=600,
            )
            for index, line in enumerate(words)
        )
        parts.append("</g>")
    return "".join(parts)


def legend_height(ends: Sequence[Ending], size: Format) -> float:
    """Return the height of the legend of a narrow picture."""
    texts = label_lines(ends, size, size.width - _SAMPLE - 12)
    return sum(heights(texts, size)) + 8


def draw_legend(ends: Sequence[Ending], size: Format, top: float) -> str:
    """Return the legend under a narrow picture: a piece of each line, and its words."""
    texts = label_lines(ends, size, size.width - _SAMPLE - 12)
    parts = []
    y = top + 8
    for end, words, height in zip(ends, texts, heights(texts, size), strict=True):
        kind, look = end.line.kind, end.look
        middle = y + size.line_height / 2
        parts.append(
            f'<g class="chart-label chart-{kind}">'
            + rule(
                2,
                middle,
                _SAMPLE,
                middle,
                css=f"chart-line chart-{kind}",
                stroke=look.colour,
                width=look.width,
                dash=look.dash,
            )
            + marker(look, kind, _SAMPLE / 2 + 1, middle)
        )
        parts.extend(
            text_at(
                _SAMPLE + 9,
                middle + size.font * 0.35 + index * size.line_height,
                line,
                css="chart-name",
                fill=look.colour,
                weight=600,
            )
            for index, line in enumerate(words)
        )
        parts.append("</g>")
        y += height
    return "".join(parts)
