"""Writes links into the database and decides the plain ones, in one transaction."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from schools.actions.add_schools import NewSchool, add_schools
from schools.actions.decide_successions import decide_successions
from schools.imports.changes import Watch
from schools.imports.links import Link, Links
from schools.imports.moves import Moves
from schools.imports.outcome import Outcome, Progress, close_run, open_run, silent
from schools.imports.table_file import TableFile
from schools.imports.writing import insert_rows, update_rows
from schools.models import Establishment, EstablishmentLink, ImportRun, User
from schools.naming import counted

LAYOUT = "GIAS links_edubasealldata"
NOT_SAID = ("number", "type_name", "type_group", "phase", "status", "town", "postcode")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database holds of the establishments that links may touch."""

    urns: set[int]
    opened: dict[int, date | None]
    closed: set[int]

    @classmethod
    def now(cls) -> "_Known":
        held = Establishment.objects.order_by()
        return cls(
            urns=set(held.values_list("urn", flat=True)),
            opened=dict(held.filter(opened__isnull=False).values_list("urn", "opened")),
            closed=set(held.filter(status="Closed").values_list("urn", flat=True)),
        )


def apply_links(
    file: TableFile,
    links: Links,
    *,
    in_programme: AbstractSet[int],
    at: datetime,
    by: User | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Add and update links, then accept plain successions and let the others wait.

    `in_programme` holds the ids of schools with programme rows, which survive; `at`
    is when the rule decided. Call it in a transaction.
    """
    run = open_run(file, ImportRun.Kind.LINKS, LAYOUT, by=by)
    outcome = Outcome(
        ImportRun.Kind.LINKS,
        LAYOUT,
        "links",
        refusals=links.refused,
        notes=links.notes,
    )
    known = _Known.now()
    strangers = sorted(links.urns - known.urns)
    moves = Moves()
    watched = Watch(EstablishmentLink.objects.all(), ("kind", "date"))
    _add_establishments(strangers, links.names, progress)
    if strangers:
        outcome.notes.append(
            f"{len(strangers)} establishments are known only from the links."
        )
    _apply(_resolved(links.links, known), outcome, progress)
    _note_set_aside(links, outcome)
    decided = decide_successions(in_programme=in_programme, at=at)
    outcome.moves_figures = bool(strangers or decided.accepted)
    outcome.notes += decided.notes()
    moves.record(run, strangers)
    watched.record(run)
    moves.record_successions(run)
    close_run(run, outcome)
    return outcome


def _add_establishments(
    urns: list[int], names: dict[int, str], progress: Progress
) -> None:
    """Add the establishments that only links name, each with its own school."""
    named = {urn: names.get(urn) or f"URN {urn}" for urn in urns}
    schools = add_schools(
        (NewSchool(urn, name) for urn, name in named.items()), len(urns), progress
    )
    insert_rows(
        Establishment,
        ("urn", "school", "origin", "name", *NOT_SAID),
        (
            (urn, schools[urn], Establishment.Origin.LINK.value, name)
            + ("",) * len(NOT_SAID)
            for urn, name in named.items()
        ),
        len(urns),
        progress,
    )


def _resolved(
    links: dict[tuple[int, int], Link], known: _Known
) -> dict[tuple[int, int], tuple[str, date | None]]:
    """Return kind and date of each link, by predecessor and successor.

    A pair without a direction runs from the closed establishment to the one that is
    not; where the register does not tell, from the lower URN.
    """
    resolved = {}
    for pair, link in links.items():
        one, other = pair
        if not link.is_directed:
            closed = [urn for urn in pair if urn in known.closed]
            one = closed[0] if len(closed) == 1 else min(pair)
            other = pair[0] if one == pair[1] else pair[1]
        day = link.predecessor_date or link.successor_date or known.opened.get(other)
        resolved[one, other] = (link.kind.value, day)
    return resolved


def _apply(
    resolved: dict[tuple[int, int], tuple[str, date | None]],
    outcome: Outcome,
    progress: Progress,
) -> None:
    """Add the links that are new and update those that changed."""
    held = {
        (one, other): (pk, kind, day)
        for pk, one, other, kind, day in EstablishmentLink.objects.values_list(
            "pk", "predecessor_id", "successor_id", "kind", "date"
        )
    }
    new = []
    changed = []
    for pair, (kind, day) in resolved.items():
        was = held.get(pair)
        if was is None:
            new.append((*pair, kind, day))
        elif was[1:] != (kind, day):
            changed.append((was[0], kind, day))
    names = ("predecessor", "successor", "kind", "date")
    insert_rows(EstablishmentLink, names, new, len(new), progress)
    update_rows(EstablishmentLink, ("kind", "date"), changed)
    outcome.added, outcome.changed = len(new), len(changed)
    outcome.unchanged = len(resolved) - len(new) - len(changed)


def _note_set_aside(links: Links, outcome: Outcome) -> None:
    if links.set_aside:
        by_type = ", ".join(
            f"{count} of type {link_type or '(none)'}"
            for link_type, count in links.set_aside.most_common()
        )
        outcome.notes.append(
            counted(
                links.set_aside.total(),
                f"line does not say who succeeded whom and was set aside: {by_type}.",
                f"lines do not say who succeeded whom and were set aside: {by_type}.",
            )
        )
    undirected = sum(not link.is_directed for link in links.links.values())
    if undirected:
        outcome.notes.append(
            counted(
                undirected,
                "amalgamation does not say which school came first; it runs from the "
                "closed one, else from the lower URN.",
                "amalgamations do not say which school came first; they run from the "
                "closed one, else from the lower URN.",
            )
        )
