"""Who can sign in to the demonstration: one person for each role, one with two."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.contrib.auth.hashers import make_password

from mentoring.models import Programme
from schools.models import Role, School, Trust, User

DOMAIN = "schools.example"
"""A domain that can never be anybody's (RFC 2606)."""

SINCE = date(2003, 9, 1)
UNTIL = date(2007, 8, 31)
"""The last day of a delegate: of the school year that the demonstration is in."""

Place = Literal["", "mentee", "mentor", "trust"]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person, and the roles they hold with the place of each."""

    address: str
    name: str
    what: str
    roles: tuple[tuple[Role.Kind, Place], ...]

    @property
    def email(self) -> str:
        """Return the address to sign in with."""
        return f"{self.address}@{DOMAIN}"


Kind = Role.Kind
PEOPLE = (
    Person("staff", "Orla Brennavere", "Programme staff", ((Kind.STAFF, ""),)),
    Person("finance", "Tobin Ashgrellen", "Finance", ((Kind.FINANCE, ""),)),
    Person(
        "mentor.head", "Nadia Quellmarsh", "Head of a mentor", ((Kind.HEAD, "mentor"),)
    ),
    Person(
        "mentee.head", "Imran Dovestrick", "Head of a mentee", ((Kind.HEAD, "mentee"),)
    ),
    Person(
        "delegate",
        "Freya Callowinder",
        "Delegate of a mentee's head",
        ((Kind.DELEGATE, "mentee"),),
    ),
    Person(
        "director",
        "Marcus Pellandrin",
        "Trust director",
        ((Kind.DIRECTOR, "trust"),),
    ),
    Person("evaluator", "Ines Thorvalder", "Evaluator", ((Kind.EVALUATOR, ""),)),
    Person(
        "administrator",
        "Gwen Marliskey",
        "Administrator",
        ((Kind.ADMINISTRATOR, ""),),
    ),
    Person(
        "two.roles",
        "Samir Oakenfrell",
        "Head of a mentor, and trust director",
        ((Kind.HEAD, "mentor"), (Kind.DIRECTOR, "trust")),
    ),
)


def add_people(mentee: School, mentor: School, trust: Trust) -> None:
    """Write everybody with their roles; without a password nobody can sign in yet."""
    places = {"mentee": mentee, "mentor": mentor}
    for person in PEOPLE:
        user = User.objects.create_user(email=person.email, name=person.name)
        for kind, place in person.roles:
            is_delegate = kind == Kind.DELEGATE
            Role.objects.create(
                user=user,
                kind=kind,
                school=places.get(place),
                trust=trust if place == "trust" else None,
                scope=Role.Scope.CONFIRM if is_delegate else "",
                started=SINCE,
                ended=UNTIL if is_delegate else None,
            )


def set_password(password: str) -> None:
    """Give everybody of the demonstration this password.

    Raises ValueError outside a demonstration: a password that many people know must
    never open a real programme.
    """
    if not Programme.the().is_demo:
        raise ValueError("Only a demonstration has one password for everybody.")
    everybody = User.objects.filter(email__in=[person.email for person in PEOPLE])
    everybody.update(password=make_password(password))
