"""Many requests for a mentor's last place at once: one wins, the others are told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mentoring import pairing_rules
from mentoring.models import Membership, Pairing
from tests import factories
from tests.harness import database
from tests.mentoring.imports.test_races import together
from tests.mentoring.pairings_world import couple, propose

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS = 50


def asked_at_once(mentor: Membership) -> tuple[list[str], list[str]]:
    """Propose fifty mentees to one mentor; return the ends and the sentences."""
    mentees = [factories.MembershipFactory.create() for _ in range(REQUESTS)]
    sentences: list[str] = []

    def act(number: int) -> None:
        try:
            propose(Membership.objects.get(pk=mentor.pk), mentees[number])
        except ValidationError as refusal:
            sentences.extend(refusal.messages)
            raise

    return together(act, count=REQUESTS), sentences


def test_fifty_for_the_last_place(transactional_db: None) -> None:
    mentor, _ = couple(places=1)
    ends, sentences = asked_at_once(mentor)
    assert sorted(ends) == ["ValidationError"] * (REQUESTS - 1) + ["done"]
    assert all("no place free" in sentence for sentence in sentences)
    assert Pairing.objects.count() == 1
    mentor.refresh_from_db()
    assert mentor.places_taken == 1


def test_without_the_guards_more_get_through(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nothing counts the places, and nothing asks before."""
    mentor, _ = couple(places=1)
    monkeypatch.setattr(pairing_rules, "check_room", lambda *_: None)
    with database.lifted("mentoring_pairing"):
        connection.close()
        ends, _ = asked_at_once(mentor)
    assert ends.count("done") > 1
