"""Areas, terms, needs, offers and a school's staff, for the walks over their pages."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from mentoring.models import Area, Membership, Pairing, StaffMember, Term
from schools.models import School
from tests import factories
from tests.harness.cast import Scene

Arguments = Callable[[Scene, str], dict[str, Any]]
MISSING = 987654


def area() -> Area:
    """Return an area that is in use, the same each time."""
    return Area.objects.get(name="Leadership")


def term() -> Term:
    """Return a term, the same each time."""
    held = Term.objects.first()
    return held or factories.TermFactory.create()


def member(school: School, *, is_erased: bool = False) -> StaffMember:
    """Return somebody of a school, the same each time."""
    held = school.staff_members.filter(is_erased=is_erased).first()
    return held or factories.StaffMemberFactory.create(
        school=school,
        is_erased=is_erased,
        **({"name": StaffMember.ERASED, "post": ""} if is_erased else {}),
    )


MEMBER: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": member(scene.mentor).pk},
    "foreign": lambda scene, _name: {"pk": member(scene.mentee).pk},
    "erased": lambda scene, _name: {"pk": member(scene.mentor, is_erased=True).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
AREA: Mapping[str, Arguments] = {
    "own": lambda _scene, _name: {"pk": area().pk},
    "lead": lambda _scene, _name: {"pk": Area.lead().pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
TERM: Mapping[str, Arguments] = {
    "own": lambda _scene, _name: {"pk": term().pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}


NEEDS: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": needy(scene).pk},
    "mentor": lambda scene, _name: {"pk": scene.mentor_membership.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
OFFERS: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": offering(scene).pk},
    "mentee": lambda scene, _name: {"pk": scene.mentee_membership.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def needy(scene: Scene) -> Membership:
    """Return the mentee, which needs help in an area."""
    if not scene.mentee_membership.needs.exists():
        factories.NeedFactory.create(mentee=scene.mentee_membership, area=area())
    return scene.mentee_membership


def offering(scene: Scene) -> Membership:
    """Return the mentor, which offers an area by somebody, and more days than usual."""
    mentor = scene.mentor_membership
    if not mentor.offers.exists():
        made = factories.OfferFactory.create(mentor=mentor, area=area())
        made.staff.add(member(scene.mentor))
        Membership.objects.filter(pk=mentor.pk).update(days_a_year=30)
    return mentor


def search(scene: Scene, _name: str) -> dict[str, Any]:
    """Fill in the address of the search, with something to find."""
    offering(scene)
    needy(scene)
    return {}


def search_of(scene: Scene, _name: str) -> dict[str, Any]:
    """Return the search for whoever offers what the mentee needs, wherever it is."""
    return {"mentee": str(scene.mentee_membership.pk), "area": str(area().pk)}


def board(scene: Scene, _name: str) -> dict[str, Any]:
    """Fill in the address of the board, with a mentor whose days are not enough."""
    held = Pairing.objects.filter(mentor=offering(scene)).first()
    if held is None:
        factories.PairingFactory.create(
            mentor=scene.mentor_membership,
            mentee=scene.mentee_membership,
            planned_days=29,
        )
    return {}


def needs(scene: Scene, rows: int) -> None:
    """Add needs of the mentee."""
    for _ in range(rows):
        factories.NeedFactory.create(mentee=scene.mentee_membership)


def offers(scene: Scene, rows: int) -> None:
    """Add offers of the mentor, each with somebody who gives it."""
    for _ in range(rows):
        made = factories.OfferFactory.create(mentor=scene.mentor_membership)
        made.staff.add(factories.StaffMemberFactory.create(school=scene.mentor))


def mentors(_scene: Scene, rows: int) -> None:
    """Add mentors with an offer, a mentee and a day of support."""
    for _ in range(rows):
        day = factories.SupportDayFactory.create(pairing__planned_days=20)
        factories.OfferFactory.create(mentor=day.pairing.mentor, area=area())


def areas(_scene: Scene, rows: int) -> None:
    """Add areas with a need, an offer and a pairing, and areas that are retired."""
    for _ in range(rows):
        made = factories.PairingFactory.create().area
        factories.NeedFactory.create(area=made)
        factories.OfferFactory.create(area=made)
        factories.AreaFactory.create(retired_on=date(2006, 9, 1))


def terms(_scene: Scene, rows: int) -> None:
    """Add terms, one after the other."""
    last = Term.objects.order_by("-ended").first()
    day = last.ended if last else date(2007, 1, 1)
    for _ in range(rows):
        first, day = day + timedelta(days=1), day + timedelta(days=30)
        factories.TermFactory.create(started=first, ended=day)


def staff(scene: Scene, rows: int) -> None:
    """Add people of the mentee, each named in an offer, and people who left."""
    mentor = scene.mentee.memberships.filter(role="mentor").first()
    mentor = mentor or factories.MembershipFactory.create(
        school=scene.mentee, role="mentor"
    )
    for _ in range(rows):
        given = factories.StaffMemberFactory.create(school=scene.mentee)
        factories.OfferFactory.create(mentor=mentor).staff.add(given)
        factories.StaffMemberFactory.create(
            school=scene.mentee, left_on=date(2006, 7, 20)
        )
