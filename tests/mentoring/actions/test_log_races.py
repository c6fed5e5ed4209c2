"""Two sendings of one form, or two people about one giver, at once."""

from uuid import uuid4

import pytest

from mentoring.actions import log_days as action
from mentoring.models import Event, SupportDay
from tests.harness import database
from tests.mentoring.days_world import World
from tests.mentoring.imports.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def sent_twice(world: World) -> list[str]:
    """Let one form, of half a day, be sent twice at once."""
    token = uuid4()
    return together(lambda _number: world.log(token=token, length="half"))


def entries() -> tuple[int, int]:
    """Return how many days there are, and how many entries of them."""
    logged = Event.objects.filter(verb="logged support days")
    return SupportDay.objects.count(), logged.count()


def test_a_form_sent_twice_at_once_is_logged_once(world: World) -> None:
    assert sent_twice(world) == ["done", "done"]
    assert entries() == (1, 1)


def test_without_the_guard_it_is_logged_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the second half of the day is taken by the same form."""
    monkeypatch.setattr(action, "logged_before", lambda _token: [])
    rule = "mentoring_supportday_form_counts_once"
    # SQLite makes the table anew without its rule, which no trigger may look at.
    with database.lifted(), database.unruled(SupportDay, rule):
        assert sent_twice(world) == ["done", "done"]
        assert entries() == (2, 2)
        SupportDay.objects.all().delete()


def test_without_the_look_before_the_rule_underneath_refuses(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action, "logged_before", lambda _token: [])
    assert sent_twice(world) == ["ValidationError", "done"]
    assert entries() == (1, 1)


def test_two_who_log_the_two_halves_at_once_get_one_each(world: World) -> None:
    ends = together(lambda _number: world.log(length="half"))
    assert ends == ["done", "done"]
    days = SupportDay.objects.order_by("pk").values_list("first_half", "second_half")
    assert list(days) == [(True, False), (False, True)]


def test_of_two_who_log_the_whole_day_at_once_one_is_first(world: World) -> None:
    ends = together(lambda _number: world.log())
    assert ends == ["ValidationError", "done"]
    assert entries() == (1, 1)
