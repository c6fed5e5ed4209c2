"""Two people decide two links of one school at once: its pupils are counted once."""

from collections.abc import Sequence
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from mentoring.actions.decide_succession import Decision, decide_succession
from schools.actions import settle_succession
from schools.models import EstablishmentLink, SchoolPredecessor, Succession
from tests import factories
from tests.harness import database
from tests.mentoring.imports.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
MERGER = Decision(Succession.State.MERGER)
RULE = "schools_schoolpredecessor_merges_once"


@pytest.fixture
def links(transactional_db: None) -> Sequence[Succession]:
    """Return two waiting links from one school to two."""
    before = factories.EstablishmentFactory.create()
    after = factories.EstablishmentFactory.create_batch(2)
    stated = [
        EstablishmentLink.objects.create(
            predecessor=before, successor=each, kind="merger"
        )
        for each in after
    ]
    return [factories.SuccessionFactory.create(link=each) for each in stated]


def decide(link: Succession) -> None:
    decide_succession(
        successions=[link],
        decision=MERGER,
        by=factories.UserFactory.create(),
        on=date(2018, 9, 3),
    )


def decided_together(links: Sequence[Succession]) -> list[str]:
    return together(lambda number: decide(links[number]))


def test_of_two_who_decide_at_once_one_is_refused(links: Sequence[Succession]) -> None:
    assert decided_together(links) == ["ValidationError", "done"]
    assert SchoolPredecessor.objects.count() == 1
    assert Succession.objects.waiting().count() == 1


def test_the_database_alone_refuses_the_second(
    links: Sequence[Succession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where neither saw the other's: what it refuses is a sentence, not a fault."""
    monkeypatch.setattr(settle_succession, "_check_merges_once", lambda *_: None)
    assert decided_together(links) == ["ValidationError", "done"]
    (waiting,) = Succession.objects.waiting()
    with pytest.raises(ValidationError, match="counted in another merger already"):
        decide(waiting)


def test_without_the_rule_both_are_counted(
    links: Sequence[Succession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with neither the check nor the rule, both mergers stand."""
    monkeypatch.setattr(settle_succession, "_check_merges_once", lambda *_: None)
    with database.unruled(SchoolPredecessor, RULE):
        assert decided_together(links) == ["done", "done"]
        assert SchoolPredecessor.objects.count() == 2
        SchoolPredecessor.objects.all().delete()


def test_of_two_recorded_before_the_rule_the_later_waits_again(
    links: Sequence[Succession], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle_succession, "_check_merges_once", lambda *_: None)
    migration = import_module("schools.migrations.0009_a_school_merges_once")
    with database.unruled(SchoolPredecessor, RULE):
        for link in links:
            decide(link)
        migration.later_mergers_wait(apps, connection)
    first, second = Succession.objects.order_by("pk")
    assert (first.state, first.recorded.kind) == ("merger", "merger")
    assert (second.state, second.doubt) == ("waiting", "undone")
    assert second.reason == "Its pupils would have been counted in two mergers."
    assert SchoolPredecessor.objects.count() == 1
