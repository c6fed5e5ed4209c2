"""Accepts plain successions by rule, and puts the others before a person."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from schools.actions.cases import cases
from schools.actions.move_establishments import Movement
from schools.actions.successions import Doubt, StatedLink, doubts, in_order
from schools.imports.writing import insert_rows, update_rows
from schools.models import Establishment, EstablishmentLink, Succession

State = Succession.State
DECIDED = ("state", "doubt", "emptied", "survivor", "moved_urns", "decided_at", "case")
UNDONE = Doubt.UNDONE

Held = tuple[int, str, str, int]
"""A succession as it stands: its key, state, doubt and case."""


@dataclass(slots=True)
class Decided:
    """What the rule decided this time, and what waits in all."""

    accepted: int = 0
    waiting: Counter[Doubt] = field(default_factory=Counter)

    def notes(self) -> list[str]:
        """Return the sentences of the report; none where no link was pending."""
        said = []
        if self.accepted:
            said.append(f"{self.accepted} successions were accepted by the rule.")
        if self.waiting:
            why = "; ".join(
                f"{count} because {doubt.label}"
                for doubt, count in self.waiting.most_common()
            )
            said.append(f"{self.waiting.total()} wait for a decision: {why}.")
        return said


@transaction.atomic
def decide_successions(*, in_programme: AbstractSet[int], at: datetime) -> Decided:
    """Decide every link that nothing was decided about yet.

    A plain link moves the predecessor's establishments to the surviving school: the
    one in `in_programme` (ids of schools), else the successor's. What was decided
    before stays, even where a later link would have put it in doubt, and a decision
    that a person took back waits for a person.
    """
    links = [
        StatedLink(*row)
        for row in EstablishmentLink.objects.values_list(
            "pk", "predecessor_id", "successor_id", "kind", "date"
        )
    ]
    held = {
        link: (pk, state, doubt, case)
        for pk, link, state, doubt, case in Succession.objects.values_list(
            "pk", "link_id", "state", "doubt", "case"
        )
    }
    case_of = cases(links)
    pending = [
        link
        for link in links
        if link.pk not in held
        or (held[link.pk][1] == State.WAITING and held[link.pk][2] != UNDONE)
    ]
    doubt_of = doubts(links, _still_open()) if pending else {}
    decisions = _decide(in_order(pending), doubt_of, in_programme, at)
    for decision in decisions:
        decision.case = case_of[decision.link_id]
    _renumber(held, case_of)
    return _write(decisions, held)


def _renumber(held: Mapping[int, Held], case_of: Mapping[int, int]) -> None:
    """Write the case of links that a new link has joined to others."""
    update_rows(
        Succession,
        ("case",),
        (
            (pk, case_of[link])
            for link, (pk, _, _, case) in held.items()
            if case_of[link] != case
        ),
    )


def _still_open() -> set[int]:
    return set(
        Establishment.objects.filter(
            status__startswith="Open", origin=Establishment.Origin.REGISTER
        ).values_list("urn", flat=True)
    )


def _decide(
    pending: list[StatedLink],
    doubt_of: dict[int, Doubt],
    in_programme: AbstractSet[int],
    at: datetime,
) -> list[Succession]:
    """Return the decisions on `pending`, having moved what they move."""
    has_plain = any(not doubt_of[link.pk] for link in pending)
    movement = Movement.of_now() if has_plain else Movement.of_nothing()
    decisions = []
    for link in pending:
        decision = Succession(link_id=link.pk, doubt=doubt_of[link.pk])
        if not decision.doubt:
            one, other = movement.owners(link.predecessor, link.successor)
            if one != other and one in in_programme and other in in_programme:
                decision.doubt = Doubt.BOTH_IN_PROGRAMME
        if decision.doubt:
            decision.state = State.WAITING
        else:
            decision.state = State.ACCEPTED
            decision.decided_at = at
            movement.join(decision, link, in_programme)
        decisions.append(decision)
    movement.write()
    return decisions


def _write(decisions: list[Succession], held: Mapping[int, Held]) -> Decided:
    """Store `decisions`, new ones and those that no longer wait as they did."""
    decided = Decided()
    new, changed = [], []
    for decision in decisions:
        is_accepted = decision.state == State.ACCEPTED
        decided.accepted += is_accepted
        if not is_accepted:
            decided.waiting[Doubt(decision.doubt)] += 1
        if decision.link_id not in held:
            new.append(decision)
        elif held[decision.link_id][1:3] != (decision.state, decision.doubt):
            changed.append((held[decision.link_id][0], decision))
    insert_rows(
        Succession,
        ("link", *DECIDED, "reason"),
        ((decision.link_id, *_told(decision), "") for decision in new),
    )
    update_rows(
        Succession, DECIDED, ((pk, *_told(decision)) for pk, decision in changed)
    )
    return decided


def _told(decision: Succession) -> tuple[object, ...]:
    """Return the values of DECIDED."""
    return (
        *(decision.state, decision.doubt),
        *(decision.emptied_id, decision.survivor_id),
        *(decision.moved_urns, decision.decided_at, decision.case),
    )
