"""Schools of the demonstration that merged, two into one under a new URN."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.demo.names import Identity, identities
from mentoring.demo.parameters import Irregular

OPENED = date(2005, 9, 1)
"""When the schools that came of mergers opened: their first exams were in 2006."""


@dataclass(frozen=True, slots=True)
class Merger:
    """Two schools, numbered from 0, that became one on 1 September 2005.

    Where it is not decided, the link waits for somebody to say what it means.
    """

    schools: tuple[int, int]
    is_decided: bool

    def has_happened(self, year: int) -> bool:
        """Return whether the two took the exams of `year` as one school."""
        return date(year, 6, 1) > OPENED


def merging(wanted: Irregular, free: Sequence[int], schools: int) -> tuple[Merger, ...]:
    """Return pairs of neighbours in one authority, the first of each by `free`'s order.

    `free` are schools to which nothing else happens, in an order of chance.
    """
    known = identities(schools) if wanted.merged else []
    left = list(free)
    found = []
    for number in range(wanted.merged // 2):
        first = left.pop(0)
        near = [one for one in left if known[one].authority == known[first].authority]
        second = min(near or left, key=lambda one: _apart(known[first], known[one]))
        left.remove(second)
        is_decided = 2 * number < wanted.merged - wanted.undecided
        found.append(Merger((first, second), is_decided))
    return tuple(found)


def _apart(one: Identity, other: Identity) -> int:
    """Return the squared distance in metres."""
    east, north = one.easting - other.easting, one.northing - other.northing
    return east * east + north * north
