"""What has been done to a membership, and which of its steps still stand."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from mentoring.membership_rules import NOT_RECORDED
from mentoring.models import EligibilityException, Event, Membership
from mentoring.models.eligibility import EligibilityExceptionQuerySet
from mentoring.steps.membership import NEEDS_REASON, UNDO, State

DATES = ("since", "joined", "left")
STATED_NEEDS, STATED_OFFERS = "stated what it needs", "stated what it offers"
STATED = frozenset({STATED_NEEDS, STATED_OFFERS})
"""Verbs of what is on a membership's record and is no step: nothing takes it back."""


def events_of(membership: Membership) -> list[Event]:
    """Return its events with who and why, the earliest first."""
    found = Event.objects.filter(noun="mentoring.membership", noun_id=membership.pk)
    return list(found.select_related("who", "given").order_by("pk"))


def steps_that_stand(membership: Membership) -> list[Event]:
    """Return the steps that were not taken back, the earliest first."""
    return standing(events_of(membership))


def standing(events: Sequence[Event], undone: str = UNDO.done) -> list[Event]:
    """Return the steps among `events` without those taken back, nor the taking back.

    `undone` is the verb of taking back.
    """
    found: list[Event] = []
    for event in events:
        if event.verb in STATED:
            continue
        if event.verb != undone:
            found.append(event)
        elif found:
            found.pop()
    return found


def is_creation(event: Event) -> bool:
    """Return whether the event made the membership."""
    return "role" in event.changes


def granted_with(memberships: Collection[int]) -> EligibilityExceptionQuerySet:
    """Keep the exceptions that the making of these memberships granted with them."""
    made = Event.objects.filter(
        noun="mentoring.membership",
        noun_id__in=memberships,
        changes__has_key="exception",
    )
    keys = [
        changes["exception"][1] for changes in made.values_list("changes", flat=True)
    ]
    return EligibilityException.objects.filter(pk__in=keys)


def states_before(event: Event, joined: date | None) -> dict[str, Any]:
    """Return the columns as they were before `event`.

    Events from before there were states tell of the last day alone: who had none was
    active since it `joined`.
    """
    before: dict[str, Any] = {}
    for name, (was, _) in event.changes.items():
        if name in DATES:
            before[name] = date.fromisoformat(was) if was else None
        elif name == "state":
            before[name] = State(was)
    if "state" not in before and "since" not in before and "left" in before:
        left = before["left"]
        before["state"] = State.WITHDRAWN if left else State.ACTIVE
        before["since"] = left or joined
    return before


def reason_left(events: Sequence[Event], state: str) -> str:
    """Return the reason of the state that the last of `events` left behind."""
    if state not in NEEDS_REASON:
        return ""
    for event in reversed(events):
        if "state" in event.changes or "left" in event.changes:
            given = getattr(event, "given", None)
            return given.text if given else NOT_RECORDED
    return NOT_RECORDED
