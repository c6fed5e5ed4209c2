"""A likely range for a table row: its ends, its middle, and England's mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.charts.scale import Scale
from results.charts.style import AXIS, LOOKS
from results.charts.svg import number, rule

_WIDTH, _HEIGHT, _PAD = 180, 24, 6


@dataclass(frozen=True, slots=True)
class Whisker:
    """A mean with its likely range and England's gain; None where not known."""

    low: float
    middle: float
    high: float
    england: float | None


def whisker_axis(ends: Sequence[float]) -> tuple[float, float]:
    """Return an axis over `ends` with zero inside, alike for all rows of a page."""
    return min([0.0, *ends]), max([1.0, *ends])


def whisker(drawn: Whisker, axis: tuple[float, float]) -> str:
    """Return the range as a line with a dot, England as an upright stroke.

    Hidden from screen readers: the row's figures say it.
    """
    x = Scale(*axis, _PAD, _WIDTH - _PAD)
    ours, theirs = LOOKS["programme"].colour, LOOKS["england"].colour
    middle = _HEIGHT / 2
    parts = [
        rule(x(0), 0, x(0), _HEIGHT, css="chart-axis", stroke=AXIS),
        rule(
            x(drawn.low),
            middle,
            x(drawn.high),
            middle,
            css="chart-line chart-programme",
            stroke=ours,
            width=2,
        ),
    ]
    if drawn.england is not None:
        at = x(drawn.england)
        css = "chart-line chart-england"
        parts.append(
            rule(at, 3, at, _HEIGHT - 3, css=css, stroke=theirs, width=2.5, dash="3 2")
        )
    parts.append(
        f'<circle class="chart-marker chart-programme" cx="{number(x(drawn.middle))}"'
        f' cy="{number(middle)}" r="4.5" fill="{ours}"/>'
    )
    return (
        f'<svg class="whisker" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )
