"""Roles and invitations, for the walks over their pages."""

from collections.abc import Callable, Mapping
from typing import Any

from schools.models import Invitation, School
from tests import factories
from tests.harness.cast import Scene
from tests.walk import factors

Arguments = Callable[[Scene, str], dict[str, Any]]
MISSING = 987654


def _invitation(token: str, **columns: Any) -> Invitation:
    """Return the invitation with this token, the same each time."""
    held = Invitation.objects.with_token(token).first()
    return held or factories.InvitationFactory.create(
        token_hash=Invitation.hash_of(token), **columns
    )


def of_a_delegate(school: School) -> Invitation:
    """Return the invitation of a delegate to `school`."""
    return _invitation(
        f"delegate-{school.pk}",
        kind="delegate",
        school=school,
        scope="log",
        ends=factories.MUCH_LATER,
    )


def of_a_head(school: School) -> Invitation:
    """Return the invitation of a head to `school`."""
    return _invitation(f"head-{school.pk}", kind="head", school=school)


INVITATION: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": of_a_delegate(scene.mentee).pk},
    "foreign": lambda scene, _name: {"pk": of_a_head(scene.stranger).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
PERSON: Mapping[str, Arguments] = {
    "missing": lambda _scene, _name: {"pk": MISSING},
    "foreign": lambda scene, _name: {"pk": scene.cast["stranger_head"].pk},
    "own": lambda scene, _name: {"pk": scene.cast["mentee_head"].pk},
}
ONESELF: Mapping[str, Arguments] = {
    "own": lambda scene, name: {"pk": scene.cast.get(name, scene.cast["officer"]).pk},
    "foreign": lambda scene, name: {
        "pk": scene.cast["finance" if name == "officer" else "officer"].pk
    },
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def with_app(scene: Scene, _name: str) -> dict[str, Any]:
    """Return a person who has a second factor."""
    factors.with_app(scene, "finance")
    return {"pk": scene.cast["finance"].pk}


ACCOUNT: Mapping[str, Arguments] = {
    "own": with_app,
    "missing": lambda _scene, _name: {"pk": MISSING},
}
ROLE: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.roles["delegate"].pk},
    "foreign": lambda scene, _name: {"pk": scene.roles["mentor_head"].pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def listed(scene: Scene, _name: str) -> dict[str, Any]:
    """Fill in the address of the list of invitations, with some to list."""
    of_a_delegate(scene.mentee)
    of_a_head(scene.stranger)
    return {}


def new_person(scene: Scene, _name: str) -> dict[str, Any]:
    """Return the link of somebody who has no account."""
    of_a_head(scene.stranger)
    return {"token": f"head-{scene.stranger.pk}"}


def known_person(scene: Scene, _name: str) -> dict[str, Any]:
    """Return the link of the officer, who is to be an evaluator besides."""
    _invitation("known", kind="evaluator", email=scene.cast["officer"].email)
    return {"token": "known"}


LISTED: Mapping[str, Arguments] = {"own": listed}
LINK: Mapping[str, Arguments] = {
    "own": new_person,
    "known": known_person,
    "missing": lambda _scene, _name: {"token": "nobodys"},
}


def roles(scene: Scene, rows: int) -> None:
    """Add heads, directors and staff."""
    for row in range(rows):
        kind = ("head", "director", "staff")[row % 3]
        places: dict[str, Any] = {
            "head": {"school": factories.SchoolFactory.create()},
            "director": {"trust": factories.TrustFactory.create()},
            "staff": {},
        }
        factories.RoleFactory.create(kind=kind, **places[kind])


def roles_of_one(scene: Scene, rows: int) -> None:
    """Add roles to the head of the mentee."""
    for _ in range(rows):
        factories.RoleFactory.create(
            user=scene.cast["mentee_head"],
            kind="head",
            school=factories.SchoolFactory.create(),
        )


def invitations(_scene: Scene, rows: int) -> None:
    """Add invitations of heads, each by somebody else."""
    for _ in range(rows):
        factories.InvitationFactory.create(
            kind="head",
            school=factories.SchoolFactory.create(),
            invited_by=factories.UserFactory.create(),
        )


def history(scene: Scene, rows: int) -> None:
    """Send an invitation again, many times, by somebody else each time."""
    for _ in range(rows):
        factories.EventFactory.create(
            verb="resent an invitation",
            noun="schools.invitation",
            noun_id=of_a_delegate(scene.mentee).pk,
            who=factories.UserFactory.create(),
        )
