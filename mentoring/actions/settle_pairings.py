"""What the step of a school in the programme does to its pairings, when asked to."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from mentoring.actions.move_pairing import move_pairing, take_pairing_step
from mentoring.membership_history import steps_that_stand as steps_taken_by
from mentoring.models import Membership, Pairing
from mentoring.models.pairing import PairingQuerySet
from mentoring.pairing_history import steps_that_stand
from mentoring.steps import membership as steps
from mentoring.steps.pairing import (
    CALL_OFF,
    END,
    PAUSE,
    RESUME,
    TAKES_A_PLACE,
    UNDO,
    State,
)
from schools.models import User

UNDER_WAY = (State.ACTIVE, State.PAUSED, State.ENDED)
ALONG = {
    steps.COMPLETE: (END.done, CALL_OFF.done),
    steps.WITHDRAW: (END.done, CALL_OFF.done),
    steps.PAUSE: (PAUSE.done,),
    steps.RESUME: (RESUME.done,),
}
"""What a step of a school does to its pairings, by how the record names it."""

SAW_IT_THROUGH = "The school saw its time in the programme through."


def touched_by(membership: Membership, step: steps.Step, on: date) -> PairingQuerySet:
    """Keep the pairings of a school that a step leaves open, and could move along.

    Of those that have ended, where the school leaves, the ones whose last day lies
    after `on`. What the school's pause has not brought to rest does not go on with it,
    nor does what rests for the other school as well.
    """
    pairings = Pairing.objects.of_membership(membership).with_schools()
    if step in steps.ENDS:
        ahead = Q(state=State.ENDED, ended__gt=on)
        return pairings.filter(Q(state__in=TAKES_A_PLACE) | ahead)
    if step == steps.PAUSE:
        return pairings.filter(state=State.ACTIVE)
    if step == steps.RESUME:
        rests = steps.State.PAUSED
        of_others = Q(mentor=membership) & ~Q(mentee__state=rests)
        of_others |= Q(mentee=membership) & ~Q(mentor__state=rests)
        along = _brought_to_rest(membership)
        return pairings.filter(of_others, state=State.PAUSED, pk__in=along)
    return pairings.none()


def _brought_to_rest(membership: Membership) -> list[int]:
    """Return the pairings that the school's present pause took along, by their keys."""
    for event in reversed(steps_taken_by(membership)):
        if event.verb == steps.PAUSE.done:
            _, along = event.changes.get("pairings", ([], []))
            return list(along)
    return []


def settle_pairings(
    membership: Membership,
    step: steps.Step,
    *,
    day: date,
    reason: str,
    handover: str = "",
    by: User | None,
    on: date,
) -> list[int]:
    """End, call off, pause or resume the pairings that `step` touches, from `day`.

    `handover` is kept with those that end. Return their keys. Call it in the step's
    transaction. Raises ValidationError where help began, or a day of it was given,
    after `day`.
    """
    why = reason or SAW_IT_THROUGH
    given = {"ended": day, "day": day, "reason": why, "handover": handover}
    moved = []
    for pairing in touched_by(membership, step, on).order_by("pk"):
        if pairing.ended is not None and pairing.ended <= day:
            continue
        if step in steps.ENDS:
            move = END if pairing.standing in UNDER_WAY else CALL_OFF
            # Help that rests does not go on until the school leaves.
            is_resting = pairing.standing == State.PAUSED
            given["ended"] = min(day, max(on, pairing.started)) if is_resting else day
        else:
            move = PAUSE if step == steps.PAUSE else RESUME
            given["day"] = max(day, pairing.since)
        move_pairing(pairing, move, given, by=by, on=on)
        moved.append(pairing.pk)
    return moved


def unsettle_pairings(
    keys: Collection[int],
    step: steps.Step,
    *,
    reason: str,
    by: User | None,
    on: date,
) -> None:
    """Take back what `step` did to the pairings `keys`, as it is taken back itself.

    What somebody has moved since is left to them. Raises ValidationError with a
    sentence where one cannot go back, its place being another's by now.
    """
    for pairing in Pairing.objects.filter(pk__in=keys).order_by("pk"):
        stands = steps_that_stand(pairing)
        if stands and stands[-1].verb in ALONG[step]:
            take_pairing_step(
                pairing=pairing,
                step=UNDO,
                seen=pairing.steps_taken,
                reason=reason,
                by=by,
                on=on,
            )
