"""Pairings in their states, for the walks over their pages."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mentoring.models import Area, Membership, Pairing, PairingQuery, TodoNote
from tests import factories
from tests.harness.cast import Scene

Arguments = Callable[[Scene, str], dict[str, Any]]
MISSING = 987654
BEGAN = date(2006, 9, 4)


def own(scene: Scene) -> Pairing:
    """Return the pairing in which the mentor leads the mentee, the same each time."""
    held = Pairing.objects.filter(
        mentor=scene.mentor_membership, mentee=scene.mentee_membership
    ).first()
    return held or factories.PairingFactory.create(
        mentor=scene.mentor_membership,
        mentee=scene.mentee_membership,
        area=Area.lead(),
        started=BEGAN,
    )


def proposal(scene: Scene) -> Pairing:
    """Return what the mentor is asked to do for the mentee, the same each time."""
    held = Pairing.objects.filter(state="proposed").first()
    return held or factories.PairingFactory.create(
        mentor=scene.mentor_membership,
        mentee=scene.mentee_membership,
        area=Area.objects.get(name="Leadership"),
        state="proposed",
        started=BEGAN,
    )


def foreign(scene: Scene) -> Pairing:
    """Return a pairing of two schools that nobody of the cast belongs to."""
    known = (scene.mentor_membership.pk, scene.mentee_membership.pk)
    others = Pairing.objects.exclude(mentor__in=known).exclude(mentee__in=known)
    return others.first() or factories.PairingFactory.create(started=BEGAN)


PAIRING: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": own(scene).pk},
    "foreign": lambda scene, _name: {"pk": foreign(scene).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
STEP: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": proposal(scene).pk, "name": "accept"},
    "ask": lambda scene, _name: {"pk": proposal(scene).pk, "name": "ask"},
    "end": lambda scene, _name: {"pk": own(scene).pk, "name": "end"},
    "refer": lambda scene, _name: {"pk": own(scene).pk, "name": "refer"},
    "too_late": lambda scene, _name: {"pk": own(scene).pk, "name": "decline"},
    "foreign": lambda scene, _name: {"pk": foreign(scene).pk, "name": "end"},
    "no_step": lambda scene, _name: {"pk": own(scene).pk, "name": "dance"},
    "missing": lambda _scene, _name: {"pk": MISSING, "name": "end"},
}


def query(scene: Scene) -> PairingQuery:
    """Return what the mentee asks about its pairing, the same each time."""
    held = PairingQuery.objects.filter(pairing=own(scene)).first()
    return held or factories.PairingQueryFactory.create(pairing=own(scene))


def waiting(scene: Scene, _name: str) -> dict[str, Any]:
    """Let things wait for staff and for the mentor's head; the page has no object."""
    query(scene)
    proposal(scene)
    return {}


ANSWER: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": query(scene).pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
PROPOSE: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.mentee_membership.pk},
    "mentor": lambda scene, _name: {"pk": scene.mentor_membership.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def pairings(scene: Scene, rows: int) -> None:
    """Add pairings of the mentor, one of them after the other with the same school."""
    Membership.objects.filter(pk=scene.mentor_membership.pk).update(places=100)
    for _ in range(rows):
        factories.PairingFactory.create(
            mentor=scene.mentor_membership, mentee=scene.mentee_membership
        )


def of_a_pairing(scene: Scene, rows: int) -> None:
    """Add referrals and events to the pairing."""
    held = own(scene)
    for _ in range(rows):
        factories.PairingFactory.create(
            mentee=scene.mentee_membership, referred_from=held
        )
        factories.PairingQueryFactory.create(
            pairing=held, answered_on=date(2006, 11, 20), answer="It did."
        )
        factories.EventFactory.create(
            verb="paused a pairing",
            noun="mentoring.pairing",
            noun_id=held.pk,
            who=factories.UserFactory.create(),
            changes={"planned_days": [1, 2]},
        )


def todos(_scene: Scene, rows: int) -> None:
    """Add one of everything that needs programme staff, and a note on each."""
    for row in range(rows):
        declined = factories.PairingFactory.create(
            state="declined", since=date(2006, 11, 13), started=date(2006, 12, 1)
        )
        active = factories.PairingFactory.create(started=date(2006, 10, 1))
        asked = factories.PairingFactory.create(state="asked", words="How far is it?")
        logged = factories.PairingFactory.create()
        factories.SupportDayFactory.create(pairing=logged, given_on=date(2006, 9, 4))
        query = factories.PairingQueryFactory.create()
        day = factories.SupportDayFactory.create(
            state="queried", queried_on=date(2006, 11, 13), query="It was half a day."
        )
        Membership.objects.filter(pk=active.mentor_id).update(days_a_year=1)
        Pairing.objects.filter(pk=active.pk).update(planned_days=1)
        for kind, pk in (
            *(("refused", declined.pk), ("no_visit", active.pk), ("answer", asked.pk)),
            *(("no_log", logged.pk), ("query", query.pk), ("day_query", day.pk)),
        ):
            factories.TodoNoteFactory.create(
                kind=kind,
                noun_id=pk,
                owner=factories.UserFactory.create(),
                snoozed_until=date(2006, 12, 1) if row % 2 else None,
            )
    for kind in ("links", "days"):
        TodoNote.objects.get_or_create(kind=kind, noun_id=TodoNote.ALL)


def of_a_school(scene: Scene, rows: int) -> None:
    """Add what was done to the mentee's pairings, days and memberships."""
    for _ in range(rows):
        pairing = factories.PairingFactory.create(mentee=scene.mentee_membership)
        day = factories.SupportDayFactory.create(pairing=pairing)
        for verb, noun, key in (
            ("proposed a pairing", "mentoring.pairing", pairing.pk),
            ("logged support days", "mentoring.supportday", day.pk),
            ("enrolled a school", "mentoring.membership", pairing.mentee_id),
        ):
            factories.EventFactory.create(
                verb=verb,
                noun=noun,
                noun_id=key,
                school_id=scene.mentee.pk,
                who=factories.UserFactory.create(),
            )
