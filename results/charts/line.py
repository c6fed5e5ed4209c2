"""Lines over the years: a school or the programme beside England and others."""

from collections.abc import Sequence

from results.charts import ends
from results.charts import marks as marking
from results.charts.frame import (
    INSET,
    NARROW,
    WIDE,
    Format,
    Frame,
    axis_decimals,
    grid,
    near_marks,
    tick_words,
    value_axis,
    year_axis,
)
from results.charts.labels import text_width
from results.charts.scale import Scale
from results.charts.series import Line, Mark, Point, caution_notes, tidy
from results.charts.strokes import draw_bands, draw_lines
from results.charts.style import MUTED
from results.charts.svg import document, text_at

__all__ = ["Line", "Mark", "Point", "caution_notes", "line_chart"]

_LEADER_ROOM = 30
_EMPTY_HEIGHT = 120


def line_chart(
    lines: Sequence[Line],
    *,
    title: str,
    description: str,
    marks: Sequence[Mark] = (),
    unit: str = "%",
    narrow: bool = False,
    chart_id: str = "chart",
) -> str:
    """Return `lines` drawn over the years of the exams, as SVG text.

    `unit` "%" gives the common axis from 0; any other (a word such as "points", or "")
    an axis that fits, below zero too. `narrow` draws for a phone, with a legend below.
    `chart_id` is unique on the page; the narrow picture's ids differ from the wide
    one's. Without a single figure the picture says so.
    """
    size = NARROW if narrow else WIDE
    drawn = [tidy(line) for line in lines]
    has_figures = any(p.value is not None for line in drawn for p in line.points)
    if has_figures:
        height, body = _chart(drawn, marks, unit, size)
    else:
        height, body = _EMPTY_HEIGHT, text_at(
            size.width / 2, _EMPTY_HEIGHT / 2, "No figures to draw.",
            css="chart-tick", fill=MUTED, anchor="middle",
        )  # fmt: skip
    return document(
        width=size.width,
        height=height,
        css=f"chart-svg chart-{size.name}",
        ids=f"{chart_id}-{size.name}",
        title=title,
        description=description,
        font_size=size.font,
        body=body,
    )


def _chart(
    lines: Sequence[Line], marks: Sequence[Mark], unit: str, size: Format
) -> tuple[float, str]:
    """Return the height of the picture and its contents; a line has a figure."""
    is_narrow = size is NARROW
    low, high, step = value_axis(lines, unit, size.most_steps)
    decimals = axis_decimals(lines, unit)
    years, first, last = year_axis(lines, marks)
    shown = near_marks(marks, years)
    named = ends.endings(lines, unit, decimals)
    room = 0.0 if is_narrow else ends.label_room(named, size) + _LEADER_ROOM
    words = tick_words(low, high, step, unit)
    left = max(text_width(word, size.font) for word in words) + 14
    x = Scale(first, last, left + INSET, size.width - room - INSET - 4)
    flags = marking.flags(shown, x, size)
    top = max(marking.row_tops(flags, size)[-1] + 8, size.font)
    plot = size.plot_height
    if not is_narrow:
        texts = ends.label_lines(named, size, room - _LEADER_ROOM)
        plot = max(plot, sum(ends.heights(texts, size)))
    bottom = top + plot
    frame = Frame(size, x, Scale(low, high, bottom, top), years, step, unit, decimals)
    foot = bottom + size.font + 16 + (26 if marking.has_caution(shown) else 0)
    body = (
        marking.draw_empty_years(lines, frame)
        + grid(frame)
        + marking.draw_flags(flags, frame)
        + draw_bands(lines, shown, frame)
        + draw_lines(lines, shown, frame)
        + marking.draw_cautions(shown, frame)
    )
    if is_narrow:
        return foot + ends.legend_height(named, size), body + ends.draw_legend(
            named, size, foot
        )
    return foot, body + ends.draw_labels(named, frame, room - _LEADER_ROOM)
