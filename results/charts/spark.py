"""A small trend for a table row."""

from collections.abc import Sequence

from results.charts.scale import drawable
from results.charts.svg import escaped

_WIDTH = 88
_HEIGHT = 24
_PAD = 4


def sparkline(
    values: Sequence[float | None], *, label: str = "", least_span: float = 20.0
) -> str:
    """Return a trend 88 by 24 of `values`, one a year, None being a gap.

    The height shows the values' own range, but never less than `least_span` (their
    unit), so that noise does not look like a rise. Named by `label`, or hidden from
    screen readers without one (the row's figures say it). No values give an empty
    picture, so that rows keep their height.
    """
    known = [drawable(value) for value in values]
    present = [value for value in known if value is not None]
    named = (
        f'role="img" aria-label="{escaped(label)}"' if label else 'aria-hidden="true"'
    )
    head = f'<svg class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" {named}>'
    if not present:
        return head + "</svg>"
    low, high = min(present), max(present)
    extra = max(least_span - (high - low), 0.0) / 2
    low, span = low - extra, max(high - low + 2 * extra, 1e-9)
    step = (_WIDTH - 2 * _PAD) / max(len(known) - 1, 1)
    lines, dots = [], []
    run: list[str] = []
    last = ""
    for index, value in enumerate([*known, None]):
        if value is not None:
            x = _PAD + index * step
            y = _HEIGHT - _PAD - (value - low) / span * (_HEIGHT - 2 * _PAD)
            last = f'cx="{x:.1f}" cy="{y:.1f}"'
            run.append(f"{x:.1f} {y:.1f}")
        elif run:
            if len(run) > 1:
                lines.append("M" + "L".join(run))
            else:
                dots.append(f'<circle {last} r="1.5" fill="#0f5149"/>')
            run = []
    trend = "".join(lines)
    drawn = (
        f'<path d="{trend}" fill="none" stroke="#0f5149" stroke-width="2"/>'
        if trend
        else ""
    )
    end = f'<circle {last} r="2.5" fill="#0f5149"/>'
    return f"{head}{drawn}{''.join(dots)}{end}</svg>"
