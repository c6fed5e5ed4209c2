"""How full a mentor is: the days it planned or gave, beside those it offers."""

from dataclasses import dataclass
from enum import StrEnum

NEARLY, FULL = 80, 100
"""Per cent of the days a year at which a mentor is nearly full, and overloaded."""

HALVES_A_DAY = 2


class Overload(StrEnum):
    """How a mentor stands, in a word or two."""

    UNKNOWN = "Days not said"
    ROOM = "Has days left"
    NEARLY = "Nearly full"
    OVER = "Full or overloaded"


@dataclass(frozen=True, slots=True)
class Load:
    """Days of one year; `offered` is None where the mentor has not said.

    `planned` are those of pairings that take a place, `given_halves` the half days
    given in the year up to now.
    """

    offered: int | None
    planned: int
    given_halves: int

    @property
    def given(self) -> float:
        """Return the days given, half days included."""
        return self.given_halves / HALVES_A_DAY

    @property
    def left(self) -> float | None:
        """Return the days left of those offered: below 0 where more were given."""
        return None if self.offered is None else self.offered - self.given

    @property
    def per_cent(self) -> float | None:
        """Return the greater of planned and given, in per cent of the days offered.

        None where nothing was said, or no day is offered and none is asked.
        """
        used = max(float(self.planned), self.given)
        if not self.offered:
            return None
        return 100 * used / self.offered

    @property
    def overload(self) -> Overload:
        """Return how the mentor stands; days beyond an offer of none are too many."""
        if self.offered is None:
            return Overload.UNKNOWN
        if self.per_cent is None:
            asked = self.planned or self.given_halves
            return Overload.OVER if asked else Overload.ROOM
        if self.per_cent >= FULL:
            return Overload.OVER
        return Overload.NEARLY if self.per_cent >= NEARLY else Overload.ROOM
