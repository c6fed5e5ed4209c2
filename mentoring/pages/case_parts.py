"""The parts of a case, and how a long one is bearable on a phone: cards and folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHOWN = 4
"""Facts of a school that stand on its card; the others are folded."""
FEW = 6
"""Up to so many links are all in view; of more, those of each school are folded."""

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One establishment of a case: `facts` in the order of the page's `labels`."""

    urn: int
    name: str
    url: str
    facts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Stated:
    """A link in words, with what was decided; `pk` is the succession's.

    `start` is the school it starts from.
    """

    pk: int
    start: str
    sentence: str
    detail: str
    is_waiting: bool
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """One school: what tells it from the others, and all else that is held of it."""

    side: Side
    shown: Sequence[Fact]
    folded: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Group:
    """The links that start from one school."""

    start: str
    links: Sequence[Stated]


def cards(
    sides: Sequence[Side], labels: Sequence[str], unknown: Mapping[str, str]
) -> list[Card]:
    """Return a card for each school, with the facts on which they differ first.

    `unknown` maps a label to what stands there where nothing is known: that tells
    nothing apart, and is folded.
    """
    differ = [
        label
        for at, label in enumerate(labels)
        if len({side.facts[at] for side in sides}) > 1
    ]
    found = []
    for side in sides:
        facts = dict(zip(labels, side.facts, strict=True))
        # Its own name heads the card already.
        told = [
            each
            for each in differ
            if facts[each] != unknown.get(each)
            and not facts[each].startswith(side.name)
        ][:SHOWN]
        rest = [label for label in labels if label not in told]
        found.append(
            Card(
                side,
                [(label, facts[label]) for label in told],
                [(label, facts[label]) for label in rest],
            )
        )
    return found


def groups(links: Sequence[Stated]) -> list[Group]:
    """Return the links by the school they start from, in the order they came."""
    found: dict[str, list[Stated]] = {}
    for link in links:
        found.setdefault(link.start, []).append(link)
    return [Group(start, each) for start, each in found.items()]
