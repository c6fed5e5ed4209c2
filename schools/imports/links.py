"""Reads the register's links: which establishment became which.

The file states most links from both sides. Here the two are one link, from the
predecessor to the successor.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from schools.imports import cells
from schools.imports.cells import CellError, Read
from schools.imports.register import check_columns
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.models import EstablishmentLink

COLUMNS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
Kind = EstablishmentLink.Kind

# What the second URN of a line is to the first: its predecessor, its successor, or
# one of a pair of which the file does not say which came first.
BACK, ON, UNSAID = "predecessor", "successor", "unsaid"
MEANINGS = {
    "Predecessor": (BACK, Kind.SUCCESSION),
    "Successor": (ON, Kind.SUCCESSION),
    "Predecessor - merged": (BACK, Kind.MERGER),
    "Successor - merged": (ON, Kind.MERGER),
    "Predecessor - amalgamated": (BACK, Kind.AMALGAMATION),
    "Successor - amalgamated": (ON, Kind.AMALGAMATION),
    "Result of Amalgamation": (UNSAID, Kind.AMALGAMATION),
    "Predecessor - Split School": (BACK, Kind.SPLIT),
    "Successor - Split School": (ON, Kind.SPLIT),
}
"""The link types that say who succeeded whom. Every other type is set aside."""


@dataclass(slots=True)
class Link:
    """What the file says of one pair, its two sides joined.

    `kind` is the most particular that either side names. `predecessor_date` is the
    predecessor line's, `successor_date` the other's; None where there is none.
    `is_directed` is False where neither side says which came first.
    """

    kind: Kind
    predecessor_date: date | None = None
    successor_date: date | None = None
    is_directed: bool = True


@dataclass(frozen=True, slots=True)
class Links:
    """Links by (predecessor, successor); names of second URNs; types set aside."""

    links: dict[tuple[int, int], Link]
    names: dict[int, str]
    urns: set[int]
    set_aside: Counter[str]
    refused: list[Refusal]
    notes: list[str]


def read_links(file: TableFile) -> Links:
    """Return what `file` says. Raises FileRefusedError where it is no links file."""
    check_columns(file, list(COLUMNS), "the register's file of links")
    pick = itemgetter(*(file.index_of(column) for column in COLUMNS))
    dates = Read("LinkEstablishedDate", cells.day)
    names = Read("LinkName", cells.words(200))
    read = Links({}, {}, set(), Counter(), file.refused, file.notes)
    for number, row in file.rows(COLUMNS):
        urn_text, other_text, name, link_type, day = pick(row)
        try:
            urn, other = _urns(urn_text, other_text)
            stated = dates[day]
            read.names.setdefault(other, names[name])
        except CellError as error:
            file.refused.append(
                Refusal(number, error.column, error.value, error.reason, error.advice)
            )
            continue
        read.urns.update((urn, other))
        meaning = MEANINGS.get(link_type.strip())
        if meaning is None:
            read.set_aside[link_type.strip()] += 1
        else:
            _join(read.links, (urn, other), meaning, stated)
    if not read.urns and not file.refused:
        raise FileRefusedError("The file has 0 rows. Fetch the links again.")
    return read


def _urns(urn_text: str, other_text: str) -> tuple[int, int]:
    urn, _ = cells.urn(urn_text)
    try:
        other, _ = cells.urn(other_text)
    except CellError as error:
        error.column = "LinkURN"
        raise
    if urn == other:
        raise CellError(
            "an establishment cannot succeed itself",
            "Delete the row.",
            other_text,
            "LinkURN",
        )
    return urn, other


def _join(
    links: dict[tuple[int, int], Link],
    line: tuple[int, int],
    meaning: tuple[str, Kind],
    stated: date | None,
) -> None:
    """Add one line to the link of its pair."""
    urn, other = line
    towards, kind = meaning
    pair = (other, urn) if towards == BACK else (urn, other)
    if towards == UNSAID and pair[::-1] in links:
        pair = pair[::-1]
    elif towards != UNSAID and pair not in links:
        # The other side may have come first, without a direction.
        reverse = links.get(pair[::-1])
        if reverse is not None and not reverse.is_directed:
            links[pair] = links.pop(pair[::-1])
    link = links.get(pair)
    if link is None:
        link = links[pair] = Link(kind, is_directed=towards != UNSAID)
    if link.kind == Kind.SUCCESSION:
        link.kind = kind
    link.is_directed = link.is_directed or towards != UNSAID
    if towards == BACK:
        link.predecessor_date = link.predecessor_date or stated
    else:
        link.successor_date = link.successor_date or stated
