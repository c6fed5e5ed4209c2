"""A pairing in every state, each reached by the steps people take."""

from datetime import date
from typing import Any

from mentoring.actions.move_pairing import take_pairing_step
from mentoring.actions.propose_pairing import propose_pairing
from mentoring.models import Area, Membership, Pairing
from mentoring.steps.pairing import BY_NAME, State
from schools.models import User
from tests import factories

TODAY = date(2006, 11, 20)
BEGAN, AHEAD, LATER = date(2006, 9, 4), date(2006, 12, 1), date(2006, 10, 2)
TOO_LATE = date(2007, 3, 1)
GIVEN: dict[str, Any] = {
    "day": LATER,
    "ended": LATER,
    "reason": "The schools asked for it.",
    "words": "How many pupils are there?",
    "handover": "",
    "again": "yes",
}
"""What any step could ask for; each takes what it asks."""

WAYS: dict[State, tuple[str, ...]] = {
    State.PROPOSED: (),
    State.ASKED: ("ask",),
    State.ACCEPTED: ("accept",),
    State.ACTIVE: ("accept",),
    State.PAUSED: ("accept", "pause"),
    State.DECLINED: ("decline",),
    State.EXPIRED: ("expire",),
    State.CALLED_OFF: ("call-off",),
    State.ENDED: ("accept", "end"),
}


def couple(places: int = 1) -> tuple[Membership, Membership]:
    """Return a mentor with `places`, and a mentee, both there since 2004."""
    return (
        factories.MembershipFactory.create(role="mentor", places=places),
        factories.MembershipFactory.create(),
    )


def propose(
    mentor: Membership, mentee: Membership, by: User | None = None, **given: Any
) -> Pairing:
    """Propose a pairing in Leadership that is to have begun."""
    area = given.pop("area", None) or Area.objects.get(name="Leadership")
    started = given.pop("started", BEGAN)
    return propose_pairing(
        mentor=mentor,
        mentee=mentee,
        area=area,
        started=started,
        by=by,
        on=given.pop("on", TODAY),
        **given,
    )


def step(pairing: Pairing, name: str, by: User | None = None, **given: Any) -> Pairing:
    """Take a step from where the pairing stands."""
    return take_pairing_step(
        pairing=pairing,
        step=BY_NAME[name],
        seen=given.pop("seen", pairing.steps_taken),
        by=by,
        on=given.pop("on", TOO_LATE if name == "expire" else TODAY),
        **{**GIVEN, **given},
    )


def in_state(state: State, mentor: Membership, mentee: Membership) -> Pairing:
    """Return a pairing of the two in `state`."""
    started = AHEAD if state == State.ACCEPTED else BEGAN
    pairing = propose(mentor, mentee, started=started)
    for name in WAYS[state]:
        pairing = step(pairing, name)
    return pairing
