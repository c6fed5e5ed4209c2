"""Hands a portfolio to another member of staff in one step: tasks and pairings."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from mentoring.models import Event, Pairing, TodoNote
from mentoring.models.pairing import PairingQuerySet
from mentoring.todos import live_notes
from schools.models import Role, User


@transaction.atomic
def hand_over_tasks(*, user: User, to: User, by: User | None, on: date) -> int:
    """Return how many things and pairings that `user` had are `to`'s now.

    What is put aside stays put aside. Notes on what was resolved go along, as it may
    come back, and are not counted. Raises ValidationError with a sentence where
    there are none, or `to` cannot do them.
    """
    if to == user:
        raise ValidationError({"to": "Choose somebody else."})
    if not takers(on).filter(pk=to.pk).exists():
        raise ValidationError({"to": "Choose somebody of the programme's staff."})
    things = things_of(user, on).count()
    pairings = portfolio_of(user).update(officer=to)
    handed = things + pairings
    if not handed:
        raise ValidationError(f"{user} has nothing to hand over.")
    TodoNote.objects.filter(owner=user).update(owner=to)
    Event.record(
        by,
        "handed over what needs doing",
        user,
        on=on,
        changes={
            "owner": [user.pk, to.pk],
            "things": [things, 0],
            "pairings": [pairings, 0],
        },
    )
    return handed


def things_of(user: User, on: date) -> QuerySet[TodoNote]:
    """Keep the notes on what somebody has and that needs doing on `on`."""
    return live_notes(on).filter(owner=user)


def portfolio_of(user: User) -> PairingQuerySet:
    """Keep the pairings that somebody looks after and that are not over."""
    return Pairing.objects.filter(officer=user).open()


def takers(on: date) -> QuerySet[User]:
    """Return who may have something to do for the programme on `on`, by name."""
    live = Role.objects.live_on(on).filter(kind__in=Role.KNOWS_EVERYBODY)
    return User.objects.filter(pk__in=live.values("user")).order_by("name", "pk")
