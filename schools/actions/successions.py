"""Pure: which links are plain successions, and why the others need a person."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from schools.models import EstablishmentLink, Succession

Doubt = Succession.Doubt


@dataclass(frozen=True, slots=True)
class StatedLink:
    """A link as it is held: from `predecessor` to `successor`, both URNs."""

    pk: int
    predecessor: int
    successor: int
    kind: str
    date: date | None


def doubts(
    links: Collection[StatedLink], still_open: Collection[int]
) -> dict[int, Doubt]:
    """Return each link's doubt by its key, Doubt.NONE where it is plain.

    Plain is one to one: the predecessor has no other successor and the successor no
    other predecessor, of any kind; the predecessor is not among the `still_open`;
    and following such links never leads back.
    """
    onward = Counter(link.predecessor for link in links)
    backward = Counter(link.successor for link in links)
    one_to_one = {
        link.predecessor: link.successor
        for link in links
        if onward[link.predecessor] == 1 and backward[link.successor] == 1
    }
    circling = circles(one_to_one)

    def doubt_of(link: StatedLink) -> Doubt:
        if link.kind != EstablishmentLink.Kind.SUCCESSION:
            return Doubt.MERGER
        if onward[link.predecessor] > 1:
            return Doubt.SEVERAL_SUCCESSORS
        if backward[link.successor] > 1:
            return Doubt.SEVERAL_PREDECESSORS
        if link.predecessor in circling:
            return Doubt.CIRCLE
        return Doubt.STILL_OPEN if link.predecessor in still_open else Doubt.NONE

    return {link.pk: doubt_of(link) for link in links}


def circles(onward: dict[int, int]) -> set[int]:
    """Return the URNs from which `onward` leads back to themselves."""
    settled: set[int] = set()
    circling: set[int] = set()
    for start in onward:
        path: dict[int, int] = {}
        urn = start
        while urn in onward and urn not in settled and urn not in path:
            path[urn] = len(path)
            urn = onward[urn]
        if urn in path:
            circling.update(each for each, at in path.items() if at >= path[urn])
        settled.update(path)
    return circling


def in_order(links: Iterable[StatedLink]) -> list[StatedLink]:
    """Return `links` by date, those without one first, then by URN."""
    return sorted(
        links,
        key=lambda link: (link.date or date.min, link.predecessor, link.successor),
    )
