"""Schools ticked in their list, to be enrolled or invited together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticks:
    """The list as it was left: its query, and whether the whole page is ticked."""

    query: str
    is_all: bool
