"""What the step of a school in the programme does to its pairings, when asked to."""

from datetime import date

from mentoring.actions.move_pairing import move_pairing
from mentoring.models import Membership, Pairing
from mentoring.models.pairing import PairingQuerySet
from mentoring.steps import membership as steps
from mentoring.steps.pairing import CALL_OFF, END, PAUSE, RESUME, State
from schools.models import User

ENDS = (steps.COMPLETE, steps.WITHDRAW)
UNDER_WAY = (State.ACTIVE, State.PAUSED)
SAW_IT_THROUGH = "The school saw its time in the programme through."


def touched_by(membership: Membership, step: steps.Step) -> PairingQuerySet:
    """Keep the pairings of a school that a step leaves open, and could move along."""
    pairings = Pairing.objects.of_membership(membership).with_schools()
    if step in ENDS:
        return pairings.open()
    state = {steps.PAUSE: State.ACTIVE, steps.RESUME: State.PAUSED}.get(step)
    return pairings.filter(state=state) if state else pairings.none()


def settle_pairings(
    membership: Membership,
    step: steps.Step,
    *,
    day: date,
    reason: str,
    by: User | None,
    on: date,
) -> None:
    """End, call off, pause or resume the pairings that `step` touches, from `day`.

    Call it in the step's transaction. Raises ValidationError where help began, or a
    day of it was given, after `day`.
    """
    given = {"ended": day, "day": day, "reason": reason or SAW_IT_THROUGH}
    for pairing in touched_by(membership, step).order_by("pk"):
        if step in ENDS:
            move = END if pairing.standing in UNDER_WAY else CALL_OFF
        else:
            move = PAUSE if step == steps.PAUSE else RESUME
            given["day"] = max(day, pairing.since)
        move_pairing(pairing, move, given, by=by, on=on)
