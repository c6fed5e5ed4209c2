"""The people of a school who give support, as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.models import Offer, StaffMember
from mentoring.steps.membership import OPEN
from schools.models import School


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody of a school, with the areas in which they are named to give support."""

    member: StaffMember
    areas: Sequence[str]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A school's people: those there, and those who left; the latest to leave first."""

    title: str
    there: Sequence[StaffRow]
    gone: Sequence[StaffRow]


def staff_page(school: School, on: date) -> StaffPage:
    """Return the people of `school` as they stand on `on`; the erased are left out."""
    people = school.staff_members.named().order_by("name", "post", "pk")
    named = Offer.staff.through.objects.filter(
        staffmember__school=school,
        offer__mentor__state__in=OPEN,
        offer__area__retired_on__isnull=True,
    ).order_by("offer__area__position", "offer__area__name")
    areas: dict[int, list[str]] = {}
    for member, area in named.values_list("staffmember_id", "offer__area__name"):
        areas.setdefault(member, []).append(area)
    rows = [StaffRow(each, areas.get(each.pk, [])) for each in people]
    gone = [row for row in rows if row.member.left_on and row.member.left_on < on]
    there = [row for row in rows if row not in gone]
    return StaffPage(
        title=title_of(school, len(there)),
        there=there,
        gone=sorted(gone, key=lambda row: row.member.left_on or on, reverse=True),
    )


def title_of(school: School, count: int) -> str:
    """Return how many people of the school may give support."""
    if not count:
        return f"Nobody of {school} is entered yet"
    people = "One person" if count == 1 else f"{count:,} people"
    return f"{people} of {school} may give support"
