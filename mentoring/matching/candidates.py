"""Mentors who may help a mentee in an area: who fits, and in which order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WEAKEST = 9
"""Beyond every strength: nothing is offered."""

FARTHEST = float("inf")


class Order(StrEnum):
    """What comes first."""

    NEAREST = "nearest"
    STRONGEST = "strongest"
    ROOMIEST = "room"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor as it is weighed; `key` is its membership's id.

    `strength` is 1 where it leads in the area, 2 where it can support, None where no
    area is asked for; `far` is in kilometres, None where one school has no place.
    `helps` is whether this mentee has one of its places already.
    """

    key: int
    name: str
    strength: int | None
    free: int
    far: float | None
    helps: bool = False

    @property
    def has_room(self) -> bool:
        """Return whether it could take the mentee on."""
        return self.free > 0 or self.helps


@dataclass(frozen=True, slots=True)
class Found:
    """Those who fit, in order, and how many of the others have no place to go by."""

    fitting: Sequence[Candidate]
    unplaced: int


def fitting(
    candidates: Iterable[Candidate],
    *,
    needs_room: bool,
    within: float | None,
    order: Order,
) -> Found:
    """Return the candidates that fit.

    `within` is in kilometres, its end included; None for any distance. Where there is
    one, a candidate without a distance is left out and counted.
    """
    kept = [each for each in candidates if each.has_room or not needs_room]
    unplaced = 0
    if within is not None:
        unplaced = sum(each.far is None for each in kept)
        kept = [each for each in kept if each.far is not None and each.far <= within]
    return Found(sorted(kept, key=KEYS[order]), unplaced)


def _far(one: Candidate) -> float:
    return FARTHEST if one.far is None else one.far


def _weak(one: Candidate) -> int:
    return WEAKEST if one.strength is None else one.strength


KEYS: dict[Order, Callable[[Candidate], Any]] = {
    Order.NEAREST: lambda one: (_far(one), _weak(one), -one.free, one.name, one.key),
    Order.STRONGEST: lambda one: (_weak(one), _far(one), -one.free, one.name, one.key),
    Order.ROOMIEST: lambda one: (-one.free, _weak(one), _far(one), one.name, one.key),
}
"""How each order weighs; what is not known comes last, equals go by name."""
