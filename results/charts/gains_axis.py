"""What pictures of gains share: an axis of points a year that lies along the bottom."""

import math
from collections.abc import Sequence

from results.charts.frame import Format
from results.charts.labels import text_width
from results.charts.scale import Scale, nice_step, ticks
from results.charts.style import AXIS, GRID, MUTED
from results.charts.svg import document, rule, text_at
from results.figures.display import signed

PAD = 12.0
"""Room from the edge of the picture to the ends of the axis."""


def gains_axis(values: Sequence[float], size: Format) -> Scale:
    """Return the axis over all values, ending on ticks, with zero inside."""
    every = [*values, 0.0]
    low, high = min(every), max(every)
    step = nice_step(max(high - low, 1.0), size.most_steps)
    low = math.floor(low / step + 1e-9) * step
    high = max(math.ceil(high / step - 1e-9) * step, low + step)
    return Scale(low, high, PAD, size.width - PAD)


def gains_ground(x: Scale, top: float, bottom: float, size: Format) -> str:
    """Return the upright lines at the ticks, zero darker, with words below."""
    step = nice_step(x.high - x.low, size.most_steps)
    parts = []
    for value in ticks(x.low, x.high, step):
        at = x(value)
        is_zero = math.isclose(value, 0, abs_tol=step / 1e6)
        css, colour = ("chart-axis", AXIS) if is_zero else ("chart-grid", GRID)
        parts.append(rule(at, top, at, bottom, css=css, stroke=colour))
        words = signed(value, 0 if step >= 1 else 1)
        edge = text_width(words, size.font) / 2
        parts.append(
            text_at(
                min(max(at, edge), size.width - edge),
                bottom + size.font + 6,
                words,
                css="chart-tick",
                fill=MUTED,
                anchor="middle",
            )
        )
    return "".join(parts)


def gains_picture(  # noqa: PLR0917 -- a picture's parts, as both that draw it have them
    body: str,
    bottom: float,
    size: Format,
    chart_id: str,
    words: tuple[str, str],
    role: str = "group",
) -> str:
    """Return the whole picture with its axis named; `words` are title, description."""
    foot = bottom + 2 * size.font + 16
    label = text_at(
        size.width / 2,
        foot - 4,
        "Points a year",
        css="chart-tick",
        fill=MUTED,
        anchor="middle",
    )
    return document(
        width=size.width,
        height=foot,
        css=f"chart-svg chart-{size.name}",
        ids=f"{chart_id}-{size.name}",
        title=words[0],
        description=words[1],
        font_size=size.font,
        body=body + label,
        role=role,
    )
