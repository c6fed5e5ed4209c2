"""A mentor, a mentee and their people, for tests of support days.

The mentor is Beacon High School, the mentee Alder Grove School; it is 20 November 2006.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from mentoring.actions.log_days import Logged, NewStaff, log_days
from mentoring.models import Area, Membership, Pairing, StaffMember, SupportDay
from schools.models import Role, School, User
from tests import factories

TODAY = date(2006, 11, 20)
BEGAN = date(2004, 10, 1)
MONDAY = date(2006, 11, 6)


def school(name: str) -> School:
    """Return a school of this name, with its line of the register."""
    made = factories.EstablishmentFactory.create(school__name=name).school
    School.objects.filter(pk=made.pk).update(search=f"{name.lower()} {made.urn}")
    return made


def membership(role: str, name: str) -> Membership:
    """Return the membership of a school of this name."""
    return factories.MembershipFactory.create(role=role, school=school(name), places=30)


@dataclass(slots=True)
class World:
    """The two schools' pairing, with somebody of each, and who logs for each."""

    mentor: Membership = field(
        default_factory=lambda: membership("mentor", "Beacon High School")
    )
    mentee: Membership = field(
        default_factory=lambda: membership("mentee", "Alder Grove School")
    )
    pairing: Pairing = field(init=False)
    rowan: StaffMember = field(init=False)
    sorrel: StaffMember = field(init=False)
    mentors_head: User = field(init=False)
    mentees_head: User = field(init=False)

    def __post_init__(self) -> None:
        """Make what hangs on the two schools."""
        factories.ProgrammeFactory.create(demo_today=TODAY)
        self.pairing = factories.PairingFactory.create(
            mentor=self.mentor,
            mentee=self.mentee,
            started=BEGAN,
            area=Area.objects.get(name="Leadership"),
            planned_days=20,
        )
        people = factories.StaffMemberFactory
        self.rowan = people.create(school=self.mentor.school, name="Rowan Reed")
        self.sorrel = people.create(school=self.mentee.school, name="Sorrel Sands")
        self.mentors_head = self.head(self.mentor.school)
        self.mentees_head = self.head(self.mentee.school)

    @staticmethod
    def head(of: School) -> User:
        """Return somebody who is head of a school."""
        return factories.RoleFactory.create(kind=Role.Kind.HEAD, school=of).user

    def log(
        self,
        *,
        givers: Sequence[StaffMember | NewStaff] | None = None,
        given_on: date = MONDAY,
        length: str = "whole",
        token: UUID | None = None,
        on: date = TODAY,
        **changed: Any,
    ) -> Logged:
        """Log a day of Rowan Reed for the mentor school, but for what is `changed`."""
        chosen: dict[str, Any] = {
            "pairing": self.pairing,
            "logged_for": self.mentor.school,
            "by": self.mentors_head,
            **changed,
        }
        return log_days(
            givers=[self.rowan] if givers is None else givers,
            given_on=given_on,
            length=length,
            token=token or uuid4(),
            on=on,
            **chosen,
        )

    def day(self, **changed: Any) -> SupportDay:
        """Return one day, logged as `log` does."""
        return self.log(**changed).days[0]
