"""The cast that goes round every address, and the schools it plays among."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.test import Client

from mentoring.models import EligibilityList, Membership, Programme
from schools.models import Role, School, Trust, User
from tests import factories

# Everyone signed in, in the order of the design's table; `two_roles` acts as the
# mentor's head until they switch to evaluator.
WITH_A_ROLE = (
    "officer",
    "finance",
    "mentor_head",
    "mentee_head",
    "stranger_head",
    "delegate",
    "director",
    "other_director",
    "evaluator",
    "administrator",
    "two_roles",
)
SIGNED_IN = (*WITH_A_ROLE, "nobody")
CAST = (*SIGNED_IN, "anonymous")

TODAY = date(2006, 11, 20)


@dataclass(frozen=True, slots=True)
class Scene:
    """A mentee, its mentor, and a stranger with results; each with its people.

    `cast` has no `anonymous`; `roles` has each person's first role, and `two_roles`'
    second as `second_role`.
    """

    cast: Mapping[str, User]
    roles: Mapping[str, Role]
    mentee: School
    mentor: School
    stranger: School
    mentee_membership: Membership
    mentor_membership: Membership
    eligibility: EligibilityList

    def client(self, name: str) -> Client:
        """Return a browser in which this member of the cast is signed in."""
        client = Client(raise_request_exception=True)
        if name != "anonymous":
            client.force_login(self.cast[name])
        return client


def _school(name: str, urn: int) -> School:
    school = factories.SchoolFactory.create(name=name, urn=urn)
    establishment = factories.EstablishmentFactory.create(school=school)
    for year, value in ((2003, 30.0), (2004, 32.0), (2005, 38.0), (2006, 45.0)):
        factories.ResultFactory.create(
            establishment=establishment, year=year, value=value, number=int(value)
        )
    return school


def _person(name: str) -> User:
    words = name.replace("_", " ")
    return factories.UserFactory.create(
        email=f"{name}@example.org", name=f"The {words}"
    )


def build() -> Scene:
    """Return the scene, freshly made in the database."""
    programme = factories.ProgrammeFactory.create()
    Programme.objects.filter(pk=programme.pk).update(demo_today=TODAY)
    mentee = _school("Alder Grove School", 100101)
    mentor = _school("Beacon High School", 100102)
    stranger = _school("Cedar Park Academy", 100103)
    trust, other_trust = factories.TrustFactory.create_batch(2)
    places: dict[str, dict[str, School | Trust | str]] = {
        "officer": {"kind": Role.Kind.STAFF},
        "finance": {"kind": Role.Kind.FINANCE},
        "mentor_head": {"kind": Role.Kind.HEAD, "school": mentor},
        "mentee_head": {"kind": Role.Kind.HEAD, "school": mentee},
        "stranger_head": {"kind": Role.Kind.HEAD, "school": stranger},
        "delegate": {"kind": Role.Kind.DELEGATE, "school": mentee},
        "director": {"kind": Role.Kind.DIRECTOR, "trust": trust},
        "other_director": {"kind": Role.Kind.DIRECTOR, "trust": other_trust},
        "evaluator": {"kind": Role.Kind.EVALUATOR},
        "administrator": {"kind": Role.Kind.ADMINISTRATOR},
        "two_roles": {"kind": Role.Kind.HEAD, "school": mentor},
    }
    cast = {name: _person(name) for name in SIGNED_IN}
    roles = {
        name: factories.RoleFactory.create(user=cast[name], **place)
        for name, place in places.items()
    }
    roles["second_role"] = factories.RoleFactory.create(
        user=cast["two_roles"], kind=Role.Kind.EVALUATOR
    )
    eligibility = factories.EligibilityListFactory.create()
    for rank, school in enumerate((mentee, stranger, mentor), start=1):
        factories.EligibilityEntryFactory.create(
            list=eligibility,
            school=school,
            rank=rank,
            value=20.0 + rank,
            standing="eligible" if school == mentee else "above",
        )
    return Scene(
        cast=cast,
        roles=roles,
        mentee=mentee,
        mentor=mentor,
        stranger=stranger,
        mentee_membership=factories.MembershipFactory.create(school=mentee),
        mentor_membership=factories.MembershipFactory.create(
            school=mentor, role=Membership.Role.MENTOR
        ),
        eligibility=eligibility,
    )
