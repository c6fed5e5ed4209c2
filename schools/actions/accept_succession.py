"""Accepts a succession that waited for a person."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from schools.actions.move_establishments import Movement
from schools.actions.successions import StatedLink
from schools.models import Succession, User


def check_waits(succession: Succession) -> None:
    """Refuse a succession that was decided before."""
    if succession.state != Succession.State.WAITING:
        what = succession.get_state_display()
        raise ValidationError(
            f"This was already decided: {what[0].lower()}{what[1:]}. Undo that first."
        )


@transaction.atomic
def accept_succession(
    *,
    succession: Succession,
    in_programme: AbstractSet[int],
    at: datetime,
    by: User | None = None,
    reason: str = "",
) -> None:
    """Make one school of the two that `succession` joins.

    `in_programme` holds the ids of schools with programme rows, which survive. Raises
    ValidationError where it was decided before, or where both are in the programme.
    """
    current = Succession.objects.select_for_update().get(pk=succession.pk)
    check_waits(current)
    link = current.link
    stated = StatedLink(
        link.pk, link.predecessor_id, link.successor_id, link.kind, link.date
    )
    movement = Movement.of_now()
    one, other = movement.owners(stated.predecessor, stated.successor)
    if one != other and {one, other} <= in_programme:
        raise ValidationError(
            "Both schools are in the programme. They stay two schools until the "
            "membership of one of them is withdrawn."
        )
    movement.join(current, stated, in_programme)
    movement.write()
    current.state = Succession.State.ACCEPTED
    current.doubt = Succession.Doubt.NONE
    current.decided_at, current.decided_by, current.reason = at, by, reason
    current.save()
    succession.refresh_from_db()
