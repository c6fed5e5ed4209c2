"""What the calendar does to pairings: proposals expire, pairings begin."""

from datetime import date

from django.core.exceptions import ValidationError

from mentoring.actions.move_pairing import take_pairing_step
from mentoring.models import Pairing
from mentoring.models.pairing import PairingQuerySet
from mentoring.steps.pairing import BEGIN, EXPIRE, State, Step


def turn_pages(*, on: date) -> int:
    """Take every step that is due on `on`, each by itself; return how many were.

    What somebody moves at the same moment is left to them.
    """
    late = Pairing.objects.filter(state=State.PROPOSED, answer_by__lt=on)
    due = Pairing.objects.filter(state=State.ACCEPTED, started__lte=on)
    return _each(late, EXPIRE, on) + _each(due, BEGIN, on)


def _each(pairings: PairingQuerySet, step: Step, on: date) -> int:
    taken = 0
    for pairing in pairings.order_by("pk"):
        try:
            take_pairing_step(
                pairing=pairing, step=step, seen=pairing.steps_taken, by=None, on=on
            )
        except ValidationError:
            continue
        taken += 1
    return taken
