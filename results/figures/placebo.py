"""How many schools outside the programme gained as much: chance in plain words."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placebo:
    """Of `of` schools outside the programme, `at_least` gained as much or more."""

    at_least: int
    of: int

    @property
    def share(self) -> float:
        """Return the share that gained as much, 0 to 1; 0 of none."""
        return self.at_least / self.of if self.of else 0.0


def placebo_share(gain: float, outside: Collection[float]) -> Placebo:
    """Return how many of the gains of schools `outside` are `gain` or more."""
    return Placebo(sum(each >= gain for each in outside), len(outside))
