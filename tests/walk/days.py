"""Support days in their states, for the walks over their pages."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mentoring.models import StaffMember, SupportDay
from tests import factories
from tests.harness.cast import Scene
from tests.walk.pairings import MISSING, foreign, own, proposal

Arguments = Callable[[Scene, str], dict[str, Any]]
GIVEN_ON = date(2006, 11, 6)


def colleague(scene: Scene) -> StaffMember:
    """Return somebody of the mentor school, the same each time."""
    held = StaffMember.objects.filter(school=scene.mentor, name="Rowan Reed").first()
    return held or factories.StaffMemberFactory.create(
        school=scene.mentor, name="Rowan Reed"
    )


def waiting(scene: Scene) -> SupportDay:
    """Return a day that the mentor logged and the mentee is to confirm."""
    held = SupportDay.objects.filter(pairing=own(scene), state="waiting").first()
    return held or factories.SupportDayFactory.create(
        pairing=own(scene),
        giver=colleague(scene),
        given_on=GIVEN_ON,
        logged_by=scene.cast["mentor_head"],
    )


def queried(scene: Scene) -> SupportDay:
    """Return a day that the mentee has queried."""
    held = SupportDay.objects.filter(pairing=own(scene), state="queried").first()
    return held or factories.SupportDayFactory.create(
        pairing=own(scene),
        giver=colleague(scene),
        given_on=GIVEN_ON.replace(day=7),
        state="queried",
        queried_on=GIVEN_ON.replace(day=8),
        queried_for=scene.mentee,
        query="Nobody came on that day.",
    )


def before(scene: Scene) -> SupportDay:
    """Return a day of schools that nobody of the cast belongs to."""
    held = SupportDay.objects.filter(pairing=foreign(scene)).first()
    return held or factories.SupportDayFactory.create(pairing=foreign(scene))


DAY: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": waiting(scene).pk},
    "foreign": lambda scene, _name: {"pk": before(scene).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
STEP: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": waiting(scene).pk, "name": "query"},
    "confirm": lambda scene, _name: {"pk": waiting(scene).pk, "name": "confirm"},
    "take-back": lambda scene, _name: {"pk": waiting(scene).pk, "name": "take-back"},
    "void": lambda scene, _name: {"pk": waiting(scene).pk, "name": "void"},
    "withdraw": lambda scene, _name: {"pk": queried(scene).pk, "name": "withdraw"},
    "keep": lambda scene, _name: {"pk": queried(scene).pk, "name": "keep"},
    "halve": lambda scene, _name: {"pk": queried(scene).pk, "name": "halve"},
    "restore": lambda scene, _name: {"pk": waiting(scene).pk, "name": "restore"},
    "foreign": lambda scene, _name: {"pk": before(scene).pk, "name": "void"},
    "silence": lambda scene, _name: {"pk": waiting(scene).pk, "name": "silence"},
    "missing": lambda _scene, _name: {"pk": MISSING, "name": "void"},
}
LOG: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": own(scene).pk},
    "proposed": lambda scene, _name: {"pk": proposal(scene).pk},
    "foreign": lambda scene, _name: {"pk": foreign(scene).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def days(scene: Scene, rows: int) -> None:
    """Add days of the pairing, each of somebody else and logged by somebody else."""
    for _ in range(rows):
        factories.SupportDayFactory.create(pairing=own(scene), given_on=GIVEN_ON)


def days_of_many(scene: Scene, rows: int) -> None:
    """Add days of pairings of their own."""
    days(scene, rows)
    for _ in range(rows):
        factories.SupportDayFactory.create()


def of_a_day(scene: Scene, rows: int) -> None:
    """Add people to the visit of a day, and events."""
    held = waiting(scene)
    for _ in range(rows):
        factories.SupportDayFactory.create(
            pairing=held.pairing, given_on=held.given_on, visit=held.visit
        )
        factories.EventFactory.create(
            verb="queried a support day",
            noun="mentoring.supportday",
            noun_id=held.pk,
            who=factories.UserFactory.create(),
        )


def pairings_to_log(scene: Scene, rows: int) -> None:
    """Add pairings, each of schools of its own."""
    for _ in range(rows + 1):  # of one there is no choice
        factories.PairingFactory.create()


def people_to_choose(scene: Scene, rows: int) -> None:
    """Add people to both schools of the pairing."""
    for _ in range(rows):
        factories.StaffMemberFactory.create(school=scene.mentor)
        factories.StaffMemberFactory.create(school=scene.mentee)
