"""Decides a succession in a way that moves no establishment."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from schools.actions.accept_succession import check_waits
from schools.constraints import sentence_of
from schools.models import School, SchoolPredecessor, Succession, User

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
    if state == State.MERGER:
        _check_merges_once(predecessor, school)
    current.state, current.reason = state, reason
    current.decided_at, current.decided_by = at, by
    current.save()
    if state in KINDS:
        held = SchoolPredecessor.objects.filter(school=school, predecessor=predecessor)
        if not held.exists():
            _add(
                SchoolPredecessor(
                    school=school,
                    predecessor=predecessor,
                    kind=KINDS[state],
                    date=current.link.date,
                    succession=current,
                )
            )
    succession.refresh_from_db()


def _add(row: SchoolPredecessor) -> None:
    """Record a predecessor; what the database refuses becomes a sentence.

    Two people may decide two links of one school at once: neither sees the other's.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise sentence_of(error, SchoolPredecessor) from error


def _check_merges_once(predecessor: School, school: School) -> None:
    """Refuse to add a school's pupils to two that came after it, and name both.

    The database refuses it too, but cannot say which schools.
    """
    other = (
        SchoolPredecessor.objects.filter(
            predecessor=predecessor, kind=SchoolPredecessor.Kind.MERGER
        )
        .exclude(school=school)
        .select_related("school")
        .first()
    )
    if other is not None:
        raise ValidationError(
            f"{predecessor} would be merged into {other.school} and into {school}, and "
            "its pupils counted in both. Record a split for a school that went into "
            "several."
        )
