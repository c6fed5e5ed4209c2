"""Decides a succession in a way that moves no establishment."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from schools.actions.accept_succession import check_waits
from schools.models import SchoolPredecessor, Succession, User

State = Succession.State
KINDS = {
    State.MERGER: SchoolPredecessor.Kind.MERGER,
    State.SPLIT: SchoolPredecessor.Kind.SPLIT,
}


@transaction.atomic
def settle_succession(
    *,
    succession: Succession,
    state: Succession.State,
    at: datetime,
    by: User | None,
    reason: str,
) -> None:
    """Record `succession` as a merger, a split, or two different schools.

    After a merger or a split the later school lists the earlier as a predecessor.
    Raises ValidationError where it was decided before, where the two are one school
    already, or where different schools are declared without a reason.
    """
    current = (
        Succession.objects.with_ends()
        .select_for_update(of=("self",))
        .get(pk=succession.pk)
    )
    check_waits(current)
    if state == State.APART and not reason:
        raise ValidationError("Say why these are different schools.")
    school = current.link.successor.school
    predecessor = current.link.predecessor.school
    if state in KINDS and school == predecessor:
        raise ValidationError(
            f"{school} has both URNs already: it cannot be its own predecessor."
        )
    current.state, current.reason = state, reason
    current.decided_at, current.decided_by = at, by
    current.save()
    if state in KINDS:
        held = SchoolPredecessor.objects.filter(school=school, predecessor=predecessor)
        if not held.exists():
            SchoolPredecessor.objects.create(
                school=school,
                predecessor=predecessor,
                kind=KINDS[state],
                date=current.link.date,
                succession=current,
            )
    succession.refresh_from_db()
