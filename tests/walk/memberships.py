"""Memberships in their states, for the walks over their pages."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from mentoring.actions.enrol_together import Terms, enrol_together
from mentoring.models import EnrolmentSet, Membership
from mentoring.steps.membership import State
from tests.harness.cast import TODAY, Scene
from tests.mentoring.steps_world import start

Arguments = Callable[[Scene, str], dict[str, Any]]
MISSING = 987654
TOKEN = UUID("00000000-0000-4000-8000-000000000001")


def invitation(scene: Scene) -> Membership:
    """Return the invitation of the mentee to be a mentor too, the same each time."""
    held = Membership.objects.filter(school=scene.mentee, role="mentor").first()
    return held or start(scene.mentee, "invite")


def together(scene: Scene) -> EnrolmentSet:
    """Return schools that came in together, the same each time."""
    return enrol_together(
        token=TOKEN,
        schools=[scene.stranger],
        terms=Terms("mentor", State.ACTIVE, TODAY),
        by=scene.cast["officer"],
        on=TODAY,
    )


MEMBERSHIP: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.mentee_membership.pk},
    "foreign": lambda scene, _name: {"pk": scene.mentor_membership.pk},
    "invited": lambda scene, _name: {"pk": invitation(scene).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
STEP: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": invitation(scene).pk, "name": "accept"},
    "pause": lambda scene, _name: {
        "pk": scene.mentee_membership.pk,
        "name": "pause",
    },
    "undo": lambda scene, _name: {"pk": scene.mentee_membership.pk, "name": "undo"},
    "too_late": lambda scene, _name: {
        "pk": scene.mentor_membership.pk,
        "name": "decline",
    },
    "no_step": lambda scene, _name: {
        "pk": scene.mentee_membership.pk,
        "name": "dance",
    },
    "missing": lambda _scene, _name: {"pk": MISSING, "name": "accept"},
}


def sets(scene: Scene, _name: str) -> dict[str, Any]:
    """Fill in the address of the list of sets, with one to list."""
    together(scene)
    return {}


SETS: Mapping[str, Arguments] = {"own": sets}
TOGETHER: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"token": together(scene).pk},
    "missing": lambda _scene, _name: {"token": UUID(int=7)},
}
