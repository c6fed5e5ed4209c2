"""What has been done to a pairing, and which of its steps still stand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mentoring.membership_history import standing
from mentoring.membership_rules import NOT_RECORDED
from mentoring.models import Event, Pairing
from mentoring.steps.pairing import ACCEPT, BEGIN, NEEDS_REASON, REFER, UNDO, State

DATES = ("since", "started", "ended", "answer_by", "answered_on")
REMINDED = "reminded of a proposal"
YES_AND_BEGIN = (ACCEPT.done, BEGIN.done)
BESIDE = (REFER.done, REMINDED)
"""What is recorded of a pairing and is no step of it."""

RECORDED = ("state", *DATES, "area_id", "planned_days", "again")
"""What an event of a step records, before and after: no words, no names."""


def events_of(pairing: Pairing) -> list[Event]:
    """Return its events with who and why, the earliest first."""
    found = Event.objects.filter(noun="mentoring.pairing", noun_id=pairing.pk)
    return list(found.select_related("who", "given").order_by("pk"))


def steps_that_stand(pairing: Pairing) -> list[Event]:
    """Return the steps that were not taken back, the earliest first."""
    return standing_of(events_of(pairing))


def standing_of(events: Sequence[Event]) -> list[Event]:
    """Return the steps among `events` that were not taken back.

    A referral makes another pairing, and a reminder changes nothing: neither is taken
    back by undoing the last step.
    """
    return standing([each for each in events if each.verb not in BESIDE], UNDO.done)


def is_creation(event: Event) -> bool:
    """Return whether the event made the pairing."""
    return "mentor_id" in event.changes


def came_with_the_yes(standing: Sequence[Event]) -> bool:
    """Return whether the last of the steps that stand began help with the mentor's yes.

    Whoever says yes on or after the first day has help begin by the same click.
    """
    if len(standing) < len(YES_AND_BEGIN):
        return False
    yes, begin = standing[-2:]
    is_due = yes.happened_on >= begin.happened_on
    is_one_click = is_due and yes.who_id == begin.who_id
    return is_one_click and (yes.verb, begin.verb) == YES_AND_BEGIN


def columns_before(event: Event) -> dict[str, Any]:
    """Return the columns as they were before `event`."""
    before: dict[str, Any] = {}
    for name, (was, _) in event.changes.items():
        if name in DATES:
            before[name] = date.fromisoformat(was) if was else None
        elif name == "state":
            before[name] = State(was)
        elif name in {"area_id", "planned_days"}:
            before[name] = int(was)
        elif name == "again":
            before[name] = was or ""
    return before


def reason_left(events: list[Event], state: str) -> str:
    """Return the reason of the state that the last of `events` left behind."""
    if state not in {each.value for each in NEEDS_REASON}:
        return ""
    for event in reversed(events):
        if "state" in event.changes:
            given = getattr(event, "given", None)
            return given.text if given else NOT_RECORDED
    return NOT_RECORDED
