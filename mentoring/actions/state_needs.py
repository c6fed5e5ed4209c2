"""States what a mentee needs help in, and how much each area matters."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.keep import keep
from mentoring.membership_history import STATED_NEEDS
from mentoring.models import Area, Event, Membership, Need
from mentoring.stated import changes_between, check_seen, is_open, needs_of
from schools.models import User


@transaction.atomic
def state_needs(
    *,
    membership: Membership,
    priorities: Mapping[int, int],
    seen: Mapping[str, Any],
    by: User | None,
    on: date,
) -> bool:
    """Write the needs of a mentee; return whether they are others than before.

    `priorities` maps an area's id to 1 (high), 2 or 3 (low); an area that is not named
    is no need. `seen` is what the person had before them (`stated.needs_of`). Raises
    ValidationError with a sentence for the form.
    """
    held = locked(membership.pk, Membership.Role.MENTEE)
    check_open(held, on)
    before = needs_of(held)
    check_areas(priorities)
    after = {f"need_{area}": priorities[area] for area in sorted(priorities)}
    changes = changes_between(before, after)
    if not changes:
        return False
    check_seen(seen, before)
    for name, (_, priority) in changes.items():
        _write(held, int(name.removeprefix("need_")), priority)
    Event.record(
        by, STATED_NEEDS, held, on=on, school_id=held.school_id, changes=changes
    )
    return True


def _write(mentee: Membership, area: int, priority: int | None) -> None:
    """Write one need; None takes it away."""
    need = mentee.needs.filter(area=area).first()
    if priority is None:
        if need is not None:
            need.delete()
        return
    need = need or Need(mentee=mentee, area_id=area)
    need.priority = priority
    keep(need)


def locked(pk: int, role: str) -> Membership:
    """Return the membership as the database has it now, kept from other writers."""
    rows = Membership.objects.filter(role=role).select_related("school")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def check_open(membership: Membership, on: date) -> None:
    """Refuse to change what a school needs or offers once it is out."""
    if not is_open(membership, on):
        raise ValidationError(
            f"{membership.school} is no longer in the programme as a "
            f"{membership.role}, so what it stated stays as it was."
        )


def check_areas(named: Collection[int]) -> None:
    """Refuse areas that are not in use, and the lead, which every mentee may have."""
    in_use = set(Area.objects.in_use().special().values_list("pk", flat=True))
    if not set(named) <= in_use:
        raise ValidationError(
            "One of the areas is no longer in use. Open this page again to see those "
            "that are."
        )
