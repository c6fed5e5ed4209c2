"""Takes back a decision about a succession: everything is as it was before."""

from django.core.exceptions import ValidationError
from django.db import transaction

from schools.actions.refresh_schools import refresh_schools
from schools.models import Establishment, School, SchoolPredecessor, Succession, User

State = Succession.State


@transaction.atomic
def undo_succession(
    *, succession: Succession, by: User | None, reason: str
) -> list[int]:
    """Let `succession` wait again, and return the ids of the schools it changed.

    The establishments that moved go back to the school they came from. Raises
    ValidationError where nothing was decided, without a reason, or where a later
    decision rests on this one; the sentence names it.
    """
    current = (
        Succession.objects.with_ends()
        .select_for_update(of=("self",))
        .get(pk=succession.pk)
    )
    if current.state == State.WAITING:
        raise ValidationError("Nothing has been decided here that could be undone.")
    if not reason:
        raise ValidationError("Say why the decision is taken back.")
    touched: list[int] = []
    if current.state == State.ACCEPTED:
        touched = _move_back(current)
    else:
        touched = _take_back_record(current)
    current.state, current.doubt = State.WAITING, Succession.Doubt.UNDONE
    current.emptied = current.survivor = None
    current.moved_urns = []
    current.decided_at, current.decided_by, current.reason = None, by, reason
    current.save()
    succession.refresh_from_db()
    return touched


def _take_back_record(current: Succession) -> list[int]:
    """Delete the predecessor that `current` recorded, unless another link states it.

    A school may have two URNs that merged into one: it is a predecessor once, for both.
    """
    row = SchoolPredecessor.objects.filter(succession=current).first()
    if row is None:
        return []
    other = (
        Succession.objects.filter(
            state=current.state,
            recorded__isnull=True,
            link__successor__school=current.link.successor.school,
            link__predecessor__school=current.link.predecessor.school,
        )
        .select_related("link")
        .order_by("pk")
        .first()
    )
    if other is None:
        row.delete()
    else:
        row.succession, row.date = other, other.link.date
        row.save()
    return [row.school_id, row.predecessor_id]


def _move_back(current: Succession) -> list[int]:
    """Give the emptied school its establishments back; it stands again."""
    emptied, survivor = current.emptied, current.survivor
    if emptied is None or survivor is None:
        return []
    _check_nothing_rests_on(current, survivor)
    moved = Establishment.objects.filter(urn__in=current.moved_urns)
    stays = Establishment.objects.filter(school=survivor).exclude(
        urn__in=current.moved_urns
    )
    named = {}
    if survivor.urn in current.moved_urns or survivor.urn == emptied.urn:
        # The survivor had taken the other's name; what it was before is its own again.
        own = set(stays.values_list("urn", flat=True))
        before = current.link.predecessor_id
        named[survivor.pk] = before if before in own else max(own)
    moved.update(school=emptied)
    # The survivor gives up the URN before the other takes it: no two schools share it.
    refresh_schools({survivor.pk}, named)
    School.objects.filter(pk=emptied.pk).update(continued_by=None)
    refresh_schools({emptied.pk})
    return [survivor.pk, emptied.pk]


def _check_nothing_rests_on(current: Succession, survivor: School) -> None:
    """Refuse where what moved has moved on, or the survivor stands for more."""
    if survivor.continued_by_id is not None:
        later = Succession.objects.with_ends().get(emptied=survivor)
        raise ValidationError(
            f"A later decision rests on this one: {later.link.predecessor} became "
            f"{later.link.successor}. Undo that first."
        )
    owners = set(
        Establishment.objects.filter(urn__in=current.moved_urns).values_list(
            "school_id", flat=True
        )
    )
    if owners != {survivor.pk}:
        raise ValidationError(
            "A later decision has moved these establishments on. Undo it first."
        )
