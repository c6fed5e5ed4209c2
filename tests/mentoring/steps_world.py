"""A membership in every state, each reached by the steps people take."""

from datetime import date
from typing import Any

from mentoring.actions.enrol_school import enrol_school
from mentoring.actions.move_membership import take_step
from mentoring.models import Membership
from mentoring.steps.membership import BY_NAME, State
from schools.models import School, User

TODAY = date(2006, 11, 20)
JOINED, LATER = date(2006, 9, 1), date(2006, 10, 2)
GIVEN: dict[str, Any] = {
    "joined": JOINED,
    "left": LATER,
    "day": LATER,
    "reason": "The school asked for it.",
}
"""What any step could ask for; each takes what it asks."""

WAYS: dict[State, tuple[str, ...]] = {
    State.INVITED: ("invite",),
    State.ACTIVE: ("enrol",),
    State.PAUSED: ("enrol", "pause"),
    State.DECLINED: ("invite", "decline"),
    State.WITHDRAWN: ("enrol", "withdraw"),
    State.COMPLETED: ("enrol", "complete"),
}


def step(
    membership: Membership, name: str, by: User | None = None, **given: Any
) -> Membership:
    """Take a step from where the membership stands."""
    return take_step(
        membership=membership,
        step=BY_NAME[name],
        seen=given.pop("seen", membership.steps_taken),
        by=by,
        on=TODAY,
        **{**GIVEN, **given},
    )


def start(school: School, name: str = "enrol", role: str = "mentor") -> Membership:
    """Return a new membership: enrolled, or invited."""
    is_invited = name == "invite"
    return enrol_school(
        school=school,
        role=role,
        joined=None if is_invited else JOINED,
        state=State.INVITED if is_invited else None,
        by=None,
        on=TODAY,
    )


def in_state(state: State, school: School, role: str = "mentor") -> Membership:
    """Return a membership of `school` in `state`."""
    first, *others = WAYS[state]
    membership = start(school, first, role)
    for name in others:
        membership = step(membership, name)
    return membership
