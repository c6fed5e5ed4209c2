"""States what a mentor offers: areas, who gives them, places and days a year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring.actions.keep import keep
from mentoring.actions.state_needs import check_areas, check_open, locked
from mentoring.matching.guideline import Fit
from mentoring.membership_history import STATED_OFFERS
from mentoring.models import Event, Membership, Offer, Programme, StaffMember
from mentoring.stated import (
    changes_between,
    check_seen,
    guideline_of,
    offers_of,
    staff_named,
)
from schools.constraints import sentence_of
from schools.models import User

MOST_PLACES = 100
PLACES_RULE = "no_more_mentees_than_places"


@dataclass(frozen=True, slots=True)
class Offered:
    """What a mentor states.

    `strengths` maps an area's id to 1 (leads) or 2 (can support), `staff` to the ids of
    those who would give it; an area that is not in `strengths` is not offered.
    """

    places: int
    days_a_year: int | None
    strengths: Mapping[int, int]
    staff: Mapping[int, Collection[int]]

    @property
    def facts(self) -> dict[str, Any]:
        """Return it as `stated` has it."""
        found: dict[str, Any] = {"places": self.places}
        if self.days_a_year is not None:
            found["days_a_year"] = self.days_a_year
        for area in sorted(self.strengths):
            found[f"offer_{area}"] = self.strengths[area]
            if self.staff.get(area):
                found[f"staff_{area}"] = sorted(set(self.staff[area]))
        return found


@transaction.atomic
def state_offers(
    *,
    membership: Membership,
    offered: Offered,
    seen: Mapping[str, Any],
    by: User | None,
    on: date,
) -> bool:
    """Write what a mentor offers; return whether it is another than before.

    `seen` is what the person had before them (`stated.offers_of`). Raises
    ValidationError by field: places that are fewer than the mentees who take one, days
    beyond the ceiling, staff of another school.
    """
    held = locked(membership.pk, Membership.Role.MENTOR)
    check_open(held, on)
    before, after = offers_of(held, on), offered.facts
    check_areas(offered.strengths)
    check_staff(held, offered, on)
    check_places(held, offered.places)
    check_days(after)
    changes = changes_between(before, after)
    if not changes:
        return False
    check_seen(seen, before)
    _write_room(held, offered)
    for area in {int(each.rpartition("_")[2]) for each in changes if is_of_area(each)}:
        _write(held, area, before, after)
    Event.record(
        by, STATED_OFFERS, held, on=on, school_id=held.school_id, changes=changes
    )
    return True


def is_of_area(name: str) -> bool:
    """Return whether a fact is of one area."""
    return name.startswith(("offer_", "staff_"))


def check_staff(mentor: Membership, offered: Offered, on: date) -> None:
    """Refuse people who are not there, and staff for what is not offered."""
    there = mentor.school.staff_members.named().there_on(on)
    known = set(there.values_list("pk", flat=True))
    for area, members in offered.staff.items():
        if not set(members) <= known:
            raise ValidationError(
                {
                    f"staff_{area}": (
                        "Somebody ticked here is not at this school any more. Look at "
                        "the list of its staff."
                    )
                }
            )
        if members and area not in offered.strengths:
            raise ValidationError(
                {
                    f"offer_{area}": (
                        "Staff are named for this area. Say that the school leads in "
                        "it or can support, or untick them."
                    )
                }
            )


def check_places(mentor: Membership, places: int) -> None:
    """Refuse fewer places than mentees who take one, and more than anybody has."""
    if not 0 <= places <= MOST_PLACES:
        raise ValidationError(
            {"places": f"Enter a number of places from 0 to {MOST_PLACES}."}
        )
    if places < mentor.places_taken:
        raise too_few_places(mentor.places_taken)


def too_few_places(taken: int) -> ValidationError:
    """Return the refusal of fewer places than are taken."""
    mentees = "1 mentee takes" if taken == 1 else f"{taken} mentees take"
    return ValidationError(
        {
            "places": (
                f"{mentees} a place now, so enter {taken} or more. To have fewer, end "
                "or call off a pairing first."
            )
        }
    )


def check_days(facts: Mapping[str, Any]) -> None:
    """Refuse days beyond the ceiling of those named, where staff have set one."""
    guideline, staff = guideline_of(Programme.the()), len(staff_named(facts))
    days = facts.get("days_a_year")
    if guideline.fit(days, staff) == Fit.BEYOND:
        raise ValidationError({"days_a_year": guideline.words(days, staff)})


def _write_room(mentor: Membership, offered: Offered) -> None:
    """Write places and days, and nothing else of the row: a trigger counts in it."""
    room = {"places": offered.places, "days_a_year": offered.days_a_year}
    try:
        with transaction.atomic():
            Membership.objects.filter(pk=mentor.pk).update(**room)
    except IntegrityError as error:
        if PLACES_RULE in str(error):
            mentor.refresh_from_db(fields=["places_taken"])
            raise too_few_places(mentor.places_taken) from error
        raise sentence_of(error, Membership) from error


def _write(
    mentor: Membership, area: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Write the offer of one area, and who gives it."""
    offer = mentor.offers.filter(area=area).first()
    strength = after.get(f"offer_{area}")
    if strength is None:
        if offer is not None:
            offer.delete()
        return
    offer = offer or Offer(mentor=mentor, area_id=area)
    offer.strength = strength
    keep(offer)
    was, now = (set(facts.get(f"staff_{area}", ())) for facts in (before, after))
    offer.staff.remove(*StaffMember.objects.filter(pk__in=was - now))
    offer.staff.add(*StaffMember.objects.filter(pk__in=now - was))
