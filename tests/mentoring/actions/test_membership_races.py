"""Two people at one membership, or one confirmation, at once: one is first."""

from copy import copy
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions import move_membership
from mentoring.actions.enrol_together import Terms, enrol_together
from mentoring.membership_rules import MOVED
from mentoring.models import EnrolmentSet, Event, Membership
from mentoring.models.membership import MembershipQuerySet
from mentoring.steps.membership import State
from schools.models import School
from tests import factories
from tests.mentoring.imports.test_races import together
from tests.mentoring.steps_world import JOINED, TODAY, start, step

pytestmark = pytest.mark.django_db(transaction=True)


def unguarded(rows: MembershipQuerySet, one: Membership, seen: int, **new: Any) -> bool:
    """Write whatever stands there by now."""
    rows.model.objects.filter(pk=one.pk).update(**new, steps_taken=seen + 1)
    return True


def moved_together(membership: Membership) -> tuple[list[str], int]:
    """Let two people pause what both have seen; return the ends and the steps."""
    names = ("pause", "pause")
    seen = [Membership.objects.get(pk=membership.pk) for _ in names]
    sentences: list[str] = []

    def act(number: int) -> None:
        try:
            step(seen[number], names[number])
        except ValidationError as refusal:
            sentences.extend(refusal.messages)
            raise

    ends = together(act)
    taken = Event.objects.filter(noun_id=membership.pk).count() - 1
    assert sentences in ([], [MOVED])
    return ends, taken


@pytest.fixture
def membership(transactional_db: None) -> Membership:
    return start(factories.EstablishmentFactory.create().school)


def test_of_two_people_who_move_it_at_once_one_is_first(membership: Membership) -> None:
    assert moved_together(membership) == (["ValidationError", "done"], 1)
    membership.refresh_from_db()
    assert membership.steps_taken == 1


def test_without_the_guard_both_are(
    membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: asked of what was read before, both steps get through."""
    kept = move_membership.as_it_stands(membership.pk)
    monkeypatch.setattr(MembershipQuerySet, "move", unguarded)
    monkeypatch.setattr(move_membership, "as_it_stands", lambda _pk: copy(kept))
    assert moved_together(membership) == (["done", "done"], 2)


def confirmed_together(schools: list[School]) -> list[str]:
    token = uuid4()
    terms = Terms("mentor", State.ACTIVE, JOINED)
    return together(
        lambda _number: enrol_together(
            token=token, schools=schools, terms=terms, by=None, on=TODAY
        )
    )


def test_a_confirmation_sent_twice_at_once_makes_one_set(
    transactional_db: None,
) -> None:
    schools = [factories.EstablishmentFactory.create().school for _ in range(2)]
    assert confirmed_together(schools) == ["done", "done"]
    assert EnrolmentSet.objects.count() == 1
    assert Membership.objects.count() == 2
    assert Event.objects.filter(verb="enrolled a school").count() == 2
