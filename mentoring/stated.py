"""What a mentee needs and what a mentor offers, as flat facts with names.

The names are `need_<area>`, `offer_<area>`, `staff_<area>`, `places` and `days_a_year`:
the same in what a form was shown, in what it sends and in the events of a change.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mentoring.matching.guideline import Guideline
from mentoring.models import Area, Membership, Need, Offer, Programme, StaffMember

Facts = dict[str, Any]
MOVED = "moved"
"""The code of the refusal where somebody else changed what was seen."""

NEEDS: dict[Any, str] = {
    each.value: f"{each.label.lower()} priority" for each in Need.Priority
}
OFFERS: dict[Any, str] = {each.value: each.label.lower() for each in Offer.Strength}


def needs_of(membership: Membership) -> Facts:
    """Return a mentee's needs in areas in use: 1 is high, 3 is low; none, no entry."""
    rows = membership.needs.filter(area__in=Area.objects.in_use().special())
    return {
        f"need_{area}": priority
        for area, priority in rows.order_by("area").values_list("area", "priority")
    }


def offers_of(membership: Membership, on: date) -> Facts:
    """Return a mentor's offers in areas in use, who gives them, places and days.

    Who has left by `on` is not named any more. `days_a_year` is left out where nothing
    was said.
    """
    room = Membership.objects.filter(pk=membership.pk)
    places, days = room.values_list("places", "days_a_year").get()
    found: Facts = {"places": places}
    if days is not None:
        found["days_a_year"] = days
    rows = membership.offers.filter(area__in=Area.objects.in_use().special())
    for area, strength in rows.values_list("area", "strength"):
        found[f"offer_{area}"] = strength
    there = StaffMember.objects.named().there_on(on)
    named = rows.filter(staff__in=there).order_by("staff")
    for area, member in named.values_list("area", "staff"):
        found.setdefault(f"staff_{area}", []).append(member)
    return found


def is_open(membership: Membership, on: date) -> bool:
    """Return whether the school is invited, in the programme, or in it for a while."""
    return membership.is_open or (membership.left is not None and membership.left >= on)


def guideline_of(programme: Programme) -> Guideline:
    """Return the days that a member of staff usually gives, as staff have set them."""
    return Guideline(
        programme.least_days_each,
        programme.most_days_each,
        programme.ceiling_days_each,
    )


def staff_named(facts: Mapping[str, Any]) -> set[int]:
    """Return who is named in any of the offers."""
    lists = (value for name, value in facts.items() if name.startswith("staff_"))
    return {member for each in lists for member in each}


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Facts:
    """Return what differs, as an event has it: name to [before, after]."""
    names = dict.fromkeys([*before, *after])
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def check_seen(seen: Mapping[str, Any], held: Mapping[str, Any]) -> None:
    """Refuse to write over what somebody else changed; say what it is now."""
    changes = changes_between(seen, held)
    if changes:
        said = "; ".join(change_words(changes, area_names()))
        raise ValidationError(
            "This was changed since you opened this page, perhaps by you. Now it is: "
            f"{said}. Nothing of yours is lost: look below, and save again if it is "
            "still right.",
            code=MOVED,
        )


def area_names() -> dict[int, str]:
    """Return the name of every area, retired ones too, by its id."""
    return dict(Area.objects.values_list("pk", "name"))


def change_words(
    changes: Mapping[str, Sequence[Any]], areas: Mapping[int, str]
) -> list[str]:
    """Return changes in plain words, as "Leadership: high priority, before no need".

    Who is named is counted and never told: events hold no names.
    """
    found = []
    for name, (before, after) in changes.items():
        kind, _, key = name.partition("_")
        what = areas.get(int(key), "an area") if key.isdecimal() else ""
        if kind == "need":
            words = [NEEDS.get(each, "no need") for each in (after, before)]
        elif kind == "offer":
            words = [OFFERS.get(each, "not offered") for each in (after, before)]
        elif kind == "staff":
            what = f"staff named for {what}"
            words = [str(len(each or ())) for each in (after, before)]
        else:
            what = name.replace("_", " ")
            words = [
                "not said" if each is None else str(each) for each in (after, before)
            ]
        found.append(f"{what}: {words[0]}, before {words[1]}")
    return found
