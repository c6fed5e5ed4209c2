"""How far schools are from each other, by the national grid."""

from dataclasses import dataclass
from math import hypot

METRES = 1000
"""In a kilometre."""

NEAR = 10
"""Kilometres below which a tenth is worth saying."""


@dataclass(frozen=True, slots=True)
class Place:
    """Easting and northing of a school in metres (OSGB36)."""

    easting: int
    northing: int


def place(easting: int | None, northing: int | None) -> Place | None:
    """Return a school's place; None where the register lacks either number."""
    if easting is None or northing is None:
        return None
    return Place(easting, northing)


def kilometres(one: Place | None, other: Place | None) -> float | None:
    """Return the straight line between two places, in kilometres.

    None where one of them has no place. The grid is flat: over the length of England
    it is off by less than one part in a thousand.
    """
    if one is None or other is None:
        return None
    metres = hypot(one.easting - other.easting, one.northing - other.northing)
    return metres / METRES


def distance_words(far: float | None) -> str:
    """Return a distance as "0.4 km" or "37 km"; empty for None."""
    if far is None:
        return ""
    return f"{far:.1f} km" if far < NEAR else f"{far:.0f} km"
