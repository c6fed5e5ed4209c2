"""One line of a table of states: a step, who may take it, and what it asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Party = TypeVar("Party", bound=Enum)


@dataclass(frozen=True)
class Step(Generic[State, Party]):
    """One way from some states to another.

    `sources` is empty for a step that makes the thing. `target` is None where the
    state stays, or is what it was before. `verb` is on the button, `done` is how the
    record and the history name it; `asks` names the fields it needs, `must` says what
    has to hold. `needs_dates` keeps it to what has begun. `is_awaited` marks what the
    state waits for, which is offered first.
    """

    name: str
    verb: str
    done: str
    sources: tuple[State, ...]
    target: State | None
    parties: tuple[Party, ...]
    asks: tuple[StrEnum, ...] = ()
    must: tuple[str, ...] = ()
    effect: str = ""
    needs_dates: bool = False
    is_ending: bool = False
    is_awaited: bool = False

    def may_follow(self, state: State, *, has_joined: bool = True) -> bool:
        """Return whether it leads on from `state`."""
        return state in self.sources and (has_joined or not self.needs_dates)

    def is_for(self, parties: Collection[Party]) -> bool:
        """Return whether one of `parties` may take it."""
        return any(party in self.parties for party in parties)
