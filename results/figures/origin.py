"""Where a mean gain comes from: England's own, a low start, and what is left.

England gained; similar schools that started as low gained more than England; and
programme schools gained more than those. The parts add up to the gain.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The parts of a mean gain, in points a year; any of them may be below zero.

    `england` is England's gain over the same years, `similar` what schools that
    started as low gained beyond it, `beyond` what programme schools gained beyond
    those, with its likely range `low` to `high`.
    """

    england: float
    similar: float
    beyond: float
    low: float
    high: float

    @property
    def total(self) -> float:
        """Return the programme's mean gain."""
        return self.england + self.similar + self.beyond

    @property
    def is_told_apart(self) -> bool:
        """Return whether what is beyond similar schools leaves out no difference."""
        return not self.low <= 0 <= self.high


def origin_of(
    gain: float, england: float, difference: tuple[float, float, float]
) -> Origin:
    """Return the parts of the programme's mean `gain` in points a year.

    `difference` is the adjusted difference from similar schools with the two ends of
    its likely range: what similar schools would have gained from the same start is
    the gain less it.
    """
    beyond, low, high = difference
    return Origin(england, gain - beyond - england, beyond, low, high)
