"""Adds, renames, orders and retires areas of help, and takes retired ones back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.keep import keep
from mentoring.models import Area, Event
from schools.models import User

STEP = 10
"""What lies between the positions of two areas."""


@transaction.atomic
def add_area(*, name: str, by: User | None, on: date) -> Area:
    """Return the new area, which comes last. Raises ValidationError for the form."""
    held = Area.objects.select_for_update().order_by("position")
    last = max((each.position for each in held), default=0)
    area = Area(name=_plain(name), position=last + STEP)
    keep(area)
    Event.record(by, "added an area", area, on=on, changes={"name": [None, area.name]})
    return area


@transaction.atomic
def rename_area(*, area: Area, name: str, by: User | None, on: date) -> bool:
    """Give an area, or the lead, a name; return whether it is another than before.

    What was done in the area goes by its new name.
    """
    held = Area.objects.select_for_update().get(pk=area.pk)
    before, held.name = held.name, _plain(name)
    if held.name == before:
        return False
    keep(held)
    changes = {"name": [before, held.name]}
    Event.record(by, "renamed an area", held, on=on, changes=changes)
    return True


@transaction.atomic
def move_area(*, area: Area, is_up: bool, by: User | None, on: date) -> bool:
    """Let an area change places with the one before it, or after it.

    Return whether there was one. The lead comes first always, and retired areas have
    no place.
    """
    held = list(Area.objects.select_for_update().in_use().special().as_listed())
    place = next((at for at, each in enumerate(held) if each.pk == area.pk), None)
    other = -1 if place is None else place - 1 if is_up else place + 1
    if place is None or not 0 <= other < len(held):
        return False
    held[place], held[other] = held[other], held[place]
    for at, each in enumerate(held, 1):
        each.position = STEP * at
    Area.objects.bulk_update(held, ["position"])
    changes = {"place": [place + 1, other + 1]}
    Event.record(by, "moved an area", held[other], on=on, changes=changes)
    return True


@transaction.atomic
def retire_area(*, area: Area, by: User | None, on: date) -> bool:
    """Let nothing new name an area; return whether it was in use.

    What was done in it, and what was stated, is kept. Refuses the lead.
    """
    held = Area.objects.select_for_update().get(pk=area.pk)
    if held.is_lead:
        raise ValidationError("The lead area cannot be retired. It can be renamed.")
    if held.retired_on is not None:
        return False
    held.retired_on = on
    keep(held)
    changes = {"retired_on": [None, on.isoformat()]}
    Event.record(by, "retired an area", held, on=on, changes=changes)
    return True


@transaction.atomic
def take_area_back(*, area: Area, by: User | None, on: date) -> bool:
    """Bring a retired area into use again; return whether it was retired."""
    held = Area.objects.select_for_update().get(pk=area.pk)
    if held.retired_on is None:
        return False
    changes = {"retired_on": [held.retired_on.isoformat(), None]}
    held.retired_on = None
    keep(held)
    Event.record(by, "took an area back", held, on=on, changes=changes)
    return True


def _plain(name: str) -> str:
    """Return a name without spaces about it, or doubled within."""
    return " ".join(name.split())
