"""Axes: from values to places on the page, round ticks, and rounding for display."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from results.figures.display import points

#: Larger values are drawn here: no figure of ours comes near, and none may overflow.
LIMIT = 1e12

#: The two upper ends of a percentage axis, and the room left under the lower one.
LOW_ROOF, ROOF, MARGIN = 70.0, 100.0, 2.0

#: Axes shorter than this show two decimals.
FINE_SPAN = 5.0


@dataclass(frozen=True)
class Scale:
    """A straight axis from `low`..`high` (the unit) to `start`..`end` (SVG units).

    Values outside the axis are drawn at its nearer end; an axis of no length draws
    everything in its middle.
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where `value` is drawn, in SVG units."""
        if self.high <= self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def drawable(value: float | None) -> float | None:
    """Return `value` within what an axis can hold, or None for a gap."""
    if value is None or not math.isfinite(value):
        return None
    return min(max(value, -LIMIT), LIMIT)


def nice_step(span: float, most: int) -> float:
    """Return the smallest step of 1, 2 or 5 times ten that makes at most `most` steps.

    `span` is above zero, in the unit of the axis.
    """
    rough = span / most
    power: float = 10.0 ** math.floor(math.log10(rough))
    # The hair's breadth forgives 0.30000000000000004.
    enough = rough * (1 - 1e-9)
    return next(
        factor * power
        for factor in (1.0, 2.0, 5.0, 10.0, 20.0)
        if factor * power >= enough
    )


def ticks(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of `step` from `low` to `high`, both ends included."""
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def percentage_domain(values: Sequence[float], most: int) -> tuple[float, float]:
    """Return 0 to 100, or 0 to 70 when every value leaves room below 70.

    Only two axes exist, so that pictures of different schools can be compared.
    Values that are no share of anything get the axis they need.
    """
    if not values or (min(values) >= 0 and max(values) <= LOW_ROOF - MARGIN):
        return 0.0, LOW_ROOF
    if min(values) >= 0 and max(values) <= ROOF:
        return 0.0, ROOF
    return free_domain(values, most)


def free_domain(values: Sequence[float], most: int) -> tuple[float, float]:
    """Return limits around `values` that stand on the ticks of at most `most` steps.

    Zero is inside when it is nearer than the values' own spread. No values give 0 to 1.
    """
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    # Flat lines still need an axis: a twentieth of their size, at least one unit.
    spread = max(high - low, abs(high) / 20, 1.0)
    missing = max(spread - (high - low), 0.0)
    if 0 <= low <= spread:
        low, high = 0.0, max(high, spread)
    elif -spread <= high <= 0:
        low, high = min(low, -spread), 0.0
    else:
        low, high = low - missing / 2, high + missing / 2
    step = nice_step(high - low, most - 1)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def decimals_for(span: float) -> int:
    """Return how many decimals a value needs on an axis this long: 1 or 2."""
    return 2 if span < FINE_SPAN else 1


def with_unit(value: float, unit: str, decimals: int = 1) -> str:
    """Return `value` with its unit, as 46.3% or 46.3 points."""
    number = points(value, decimals)
    if unit == "%":
        return f"{number}%"
    return f"{number} {unit}" if unit else number


def summer_position(day: date) -> float:
    """Return where `day` stands on an axis of exam years, which turn on 1 May.

    A school that joined on or after 1 May of 2003 stands right of 2003's results.
    """
    year = day.year if (day.month, day.day) >= (5, 1) else day.year - 1
    start, end = date(year, 5, 1), date(year + 1, 5, 1)
    return year + (day - start).days / (end - start).days
