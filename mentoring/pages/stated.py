"""What a mentee needs, or a mentor offers, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.models import Area, Membership, Need, Offer, Programme, StaffMember
from mentoring.models.staff_member import schools_open_to
from mentoring.pages.support_day import reads_names
from mentoring.permissions import Permission, may
from mentoring.stated import guideline_of, is_open
from schools.models import Role


@dataclass(frozen=True, slots=True)
class NeedRow:
    """An area that a mentee wants help in, and how much it matters."""

    area: Area
    priority: str
    helped_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An area that a mentor can help in, how far, and who would come."""

    area: Area
    strength: str
    staff: Sequence[StaffMember]


@dataclass(frozen=True, slots=True)
class StatedPart:
    """What a membership's page says of needs or offers; `warning` may be empty.

    `with_names` is whether the reader is shown who of the staff would come.
    """

    needs: Sequence[NeedRow]
    offers: Sequence[OfferRow]
    with_names: bool
    places: str
    days: str
    warning: str
    may_change: bool
    may_search: bool


def reads_stated(membership: Membership, role: Role | None, on: date) -> bool:
    """Return whether `role` may read what a membership's school needs and offers."""
    if not may(role, Permission.SEE_NEEDS):
        return False
    return schools_open_to(role, on).filter(pk=membership.school_id).exists()


def stated_part(
    membership: Membership, role: Role | None, programme: Programme, on: date
) -> StatedPart | None:
    """Return what is stated; None where `role` may not read it."""
    if not reads_stated(membership, role, on):
        return None
    is_mentor = membership.role == Membership.Role.MENTOR
    offers = offer_rows(membership, on) if is_mentor else []
    return StatedPart(
        needs=[] if is_mentor else need_rows(membership),
        offers=offers,
        with_names=reads_names(role),
        places=places_words(membership),
        days=days_words(membership.days_a_year),
        warning=guideline_words(membership, programme, offers),
        may_change=may(role, Permission.CHANGE_NEEDS) and is_open(membership, on),
        may_search=may(role, Permission.SEE_OFFERS),
    )


def need_rows(membership: Membership) -> list[NeedRow]:
    """Return a mentee's needs, the most pressing first, with who helps in each."""
    helped: dict[int, list[str]] = {}
    pairings = membership.helped_by.open().order_by("started", "pk")
    for area, mentor in pairings.values_list("area", "mentor__school__name"):
        helped.setdefault(area, []).append(mentor)
    needs = membership.needs.filter(area__in=Area.objects.in_use())
    rows = needs.select_related("area").order_by(
        "priority", "area__position", "area__name"
    )
    return [
        NeedRow(
            each.area, Need.Priority(each.priority).label, helped.get(each.area_id, [])
        )
        for each in rows
    ]


def offer_rows(membership: Membership, on: date) -> list[OfferRow]:
    """Return a mentor's offers, the strongest first, with the staff who are there."""
    offers = membership.offers.filter(area__in=Area.objects.in_use())
    named: dict[int, list[StaffMember]] = {}
    there = StaffMember.objects.named().there_on(on)
    links = Offer.staff.through.objects.filter(
        offer__mentor=membership, staffmember__in=there
    ).select_related("staffmember")
    for link in links.order_by("staffmember__name", "staffmember"):
        named.setdefault(link.offer_id, []).append(link.staffmember)
    return [
        OfferRow(each.area, Offer.Strength(each.strength).label, named.get(each.pk, []))
        for each in offers.select_related("area").strongest_first()
    ]


def guideline_words(
    mentor: Membership, programme: Programme, offers: Sequence[OfferRow]
) -> str:
    """Return what is to be said of a mentor's days and staff; empty for nothing."""
    staff = {member.pk for offer in offers for member in offer.staff}
    return guideline_of(programme).words(mentor.days_a_year, len(staff))


def places_words(membership: Membership) -> str:
    """Return the room of a mentor, as "2 of 3 places free"."""
    free = membership.places - membership.places_taken
    if not membership.places:
        return "No places"
    noun = "place" if membership.places == 1 else "places"
    return f"{free} of {membership.places} {noun} free"


def days_words(days: int | None) -> str:
    """Return the days offered in a year, or that nothing was said."""
    if days is None:
        return "Not said"
    return f"{days:,} day{'' if days == 1 else 's'}"


def stated_title(membership: Membership) -> str:
    """Return what a mentee needs or a mentor offers, as the page's title."""
    if membership.role == Membership.Role.MENTOR:
        return f"What {membership.school} offers"
    return f"What {membership.school} needs help in"
