"""The cast that goes round every address, and the schools it plays among."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.test import Client

from mentoring.actions.enrol_school import enrol_schools
from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.bottom_quarter import bottom_quarter
from mentoring.enrolling import Enrolment
from mentoring.models import (
    EligibilityException,
    EligibilityList,
    Membership,
    Programme,
    SavedView,
)
from mentoring.summary.quarters import preview_summary
from results.models import Measure
from schools.models import Role, School, Succession, Trust, User
from tests import factories
from tests.harness.signing_in import sign_in

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
HEADLINES = {2003: "5AC", 2004: "5AC", 2005: "5AC", 2006: "5ACEM"}
LIST_YEAR = 2004
VALUE_ADDED = {
    "code": "VA",
    "unit": Measure.Unit.SCORE,
    "family": Measure.Family.VALUE_ADDED,
    "minimum": 800.0,
    "maximum": 1300.0,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A mentee and a mentor of the programme, a stranger to it, and their people.

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
    exception: EligibilityException
    trust: Trust
    other_trust: Trust
    succession: Succession
    decided: Succession
    view: SavedView
    other_view: SavedView

    def client(self, name: str) -> Client:
        """Return a browser in which this member of the cast is signed in."""
        client = Client(raise_request_exception=True)
        if name != "anonymous":
            # As the database has them: a role that was given or taken ends sessions.
            self.cast[name].refresh_from_db()
            sign_in(client, self.cast[name])
        return client


def _school(name: str, urn: int, value_added: float) -> School:
    """Return a school with four years of the headline and one of value added.

    England's headline changed in 2006, so the last year is of another measure.
    """
    school = factories.SchoolFactory.create(name=name, urn=urn)
    establishment = factories.EstablishmentFactory.create(school=school)
    run = factories.ImportRunFactory.create()
    for year, value in ((2003, 30), (2004, 32), (2005, 38), (2006, 35)):
        factories.ResultFactory.create(
            establishment=establishment,
            measure=factories.MeasureFactory.create(code=HEADLINES[year]),
            year=year,
            value=value,
            number=value,
            run=run,
        )
    factories.ResultFactory.create(
        establishment=establishment,
        measure=factories.MeasureFactory.create(**VALUE_ADDED),
        year=LIST_YEAR,
        value=value_added,
        number=None,
        run=run,
    )
    return school


def _people(mentee: School, mentor: School, stranger: School) -> list[Role]:
    """Make everyone who signs in; return the roles in the order of WITH_A_ROLE."""
    own, other = factories.TrustFactory.create_batch(2)
    places: dict[str, dict[str, object]] = {
        "officer": {"kind": Role.Kind.STAFF},
        "finance": {"kind": Role.Kind.FINANCE},
        "mentor_head": {"kind": Role.Kind.HEAD, "school": mentor},
        "mentee_head": {"kind": Role.Kind.HEAD, "school": mentee},
        "stranger_head": {"kind": Role.Kind.HEAD, "school": stranger},
        "delegate": {"kind": Role.Kind.DELEGATE, "school": mentee},
        "director": {"kind": Role.Kind.DIRECTOR, "trust": own},
        "other_director": {"kind": Role.Kind.DIRECTOR, "trust": other},
        "evaluator": {"kind": Role.Kind.EVALUATOR},
        "administrator": {"kind": Role.Kind.ADMINISTRATOR},
        "two_roles": {"kind": Role.Kind.HEAD, "school": mentor},
    }
    return [
        factories.RoleFactory.create(user=_person(name), **place)
        for name, place in places.items()
    ]


def _person(name: str) -> User:
    return factories.UserFactory.create(
        email=f"{name}@example.org", name=f"The {name.replace('_', ' ')}"
    )


def build() -> Scene:
    """Return the scene, freshly made in the database."""
    factories.ProgrammeFactory.create(
        demo_today=TODAY,
        headline_measure=factories.MeasureFactory.create(code=HEADLINES[TODAY.year]),
        eligibility_measure=factories.MeasureFactory.create(**VALUE_ADDED),
    )
    mentee = _school("Alder Grove School", 100101, 950.0)
    mentor = _school("Beacon High School", 100102, 1040.0)
    stranger = _school("Cedar Park Academy", 100103, 1000.0)
    _school("Dunmore College", 100104, 1010.0)
    people = _people(mentee, mentor, stranger)
    roles = dict(zip(WITH_A_ROLE, people, strict=True))
    roles["second_role"] = factories.RoleFactory.create(
        user=roles["two_roles"].user, kind=Role.Kind.EVALUATOR
    )
    cast = {name: roles[name].user for name in WITH_A_ROLE} | {
        "nobody": _person("nobody")
    }
    officer = cast["officer"]
    trust, other_trust = roles["director"].trust, roles["other_director"].trust
    assert trust is not None
    assert other_trust is not None
    factories.TrustMembershipFactory.create(school=mentee, trust=trust)
    factories.TrustMembershipFactory.create(
        school=mentor, trust=trust, ended=date(2005, 8, 31)
    )
    eligibility = freeze_eligibility(
        measure=factories.MeasureFactory.create(**VALUE_ADDED),
        year=LIST_YEAR,
        by=officer,
        on=date(2004, 9, 1),
    )
    found = bottom_quarter(Programme.the(), eligibility.measure, LIST_YEAR)
    preview_summary(found).save()
    enrol_schools(
        enrolments=[
            Enrolment(mentee, Membership.Role.MENTEE, joined=date(2004, 9, 1)),
            Enrolment(mentor, Membership.Role.MENTOR, joined=date(2004, 9, 1)),
        ],
        by=officer,
        on=TODAY,
    )
    return Scene(
        cast=cast,
        roles=roles,
        mentee=mentee,
        mentor=mentor,
        stranger=stranger,
        mentee_membership=mentee.memberships.get(),
        mentor_membership=mentor.memberships.get(),
        eligibility=eligibility,
        exception=factories.EligibilityExceptionFactory.create(
            school=factories.EstablishmentFactory.create(
                school__name="Elder Vale School"
            ).school,
            granted_by=officer,
        ),
        trust=trust,
        other_trust=other_trust,
        succession=factories.SuccessionFactory.create(),
        decided=factories.SuccessionFactory.create(
            state=Succession.State.APART, decided_at=factories.A_MOMENT, reason="Far"
        ),
        view=factories.SavedViewFactory.create(owner=officer),
        other_view=factories.SavedViewFactory.create(
            owner=factories.UserFactory.create()
        ),
    )
