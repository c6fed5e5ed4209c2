"""A day is queried, kept, taken back or voided; nothing is deleted."""

from copy import copy
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions import move_day
from mentoring.actions.confirm_days import confirm_by_silence, confirm_days
from mentoring.actions.move_day import (
    halve_day,
    keep_day,
    query_day,
    restore_day,
    take_back_day,
    void_day,
    withdraw_day_query,
)
from mentoring.models import Event, EventReason, Pairing, SupportDay
from mentoring.models.support_day import SupportDayQuerySet
from tests import factories
from tests.mentoring.days_world import TODAY, World
from tests.mentoring.imports.test_races import together

LONG_AGO = date(2006, 10, 2)


@pytest.fixture
def world(db: None) -> World:
    return World()


def query(world: World, day: SupportDay) -> SupportDay:
    return query_day(
        day=day,
        school=world.mentee.school,
        words="Nobody came.",
        by=world.mentees_head,
        on=TODAY,
    )


def last_event(day: SupportDay) -> Event:
    return Event.objects.filter(noun_id=day.pk).latest("pk")


def test_a_query_keeps_its_words_beside_the_event(world: World) -> None:
    day = world.day()
    assert query(world, day).state == "queried"
    day.refresh_from_db()
    assert (day.query, day.queried_on) == ("Nobody came.", TODAY)
    event = last_event(day)
    assert (event.verb, event.given.text) == ("queried a support day", "Nobody came.")
    assert event.changes == {"state": ["waiting", "queried"]}


def test_a_queried_day_counts_until_it_is_answered(world: World) -> None:
    query(world, world.day())
    assert Pairing.objects.get(pk=world.pairing.pk).halves_given == 2


def test_staff_keep_a_queried_day_and_it_is_confirmed(world: World) -> None:
    officer = factories.UserFactory.create()
    day = query(world, world.day())
    kept = keep_day(day=day, words="The visitors' book has it.", by=officer, on=TODAY)
    kept.refresh_from_db()
    assert (kept.state, kept.answered_on) == ("confirmed", TODAY)
    assert (kept.answer, kept.confirmed_by) == ("The visitors' book has it.", officer)
    assert last_event(day).verb == "kept a queried support day"


def test_staff_void_a_queried_day_and_it_counts_no_longer(world: World) -> None:
    day = query(world, world.day())
    void_day(day=day, reason="It was the 7th.", by=None, on=TODAY)
    day.refresh_from_db()
    assert (day.state, day.why_voided) == ("void", "It was the 7th.")
    assert (day.voided_on, day.query) == (TODAY, "Nobody came.")
    assert Pairing.objects.get(pk=world.pairing.pk).halves_given == 0
    assert last_event(day).given.text == "It was the 7th."


def test_only_a_query_is_answered(world: World) -> None:
    for answer in (keep_day, halve_day):
        with pytest.raises(ValidationError, match="This day waits to be confirmed"):
            answer(
                day=world.day(given_on=TODAY.replace(day=6 + (answer is keep_day))),
                words="So.",
                by=None,
                on=TODAY,
            )


def test_half_of_a_queried_day_is_kept(world: World) -> None:
    day = query(world, world.day())
    halve_day(day=day, words="They left at noon.", by=None, on=TODAY)
    day.refresh_from_db()
    assert (day.state, day.first_half, day.second_half) == ("confirmed", True, False)
    assert Pairing.objects.get(pk=world.pairing.pk).halves_given == 1
    event = last_event(day)
    assert event.changes["second_half"] == [True, False]
    assert event.given.text == "They left at noon."


def test_half_a_day_is_not_halved(world: World) -> None:
    day = query(world, world.day(length="half"))
    with pytest.raises(ValidationError, match="It is half a day already"):
        halve_day(day=day, words="So.", by=None, on=TODAY)
    day.refresh_from_db()
    assert (day.state, day.halves) == ("queried", 1)


def test_what_was_confirmed_can_be_queried_still(world: World) -> None:
    """By silence, or by a slip: the query takes back that it was."""
    day = world.day()
    confirm_by_silence(on=TODAY.replace(month=12, day=31))
    day.refresh_from_db()
    assert day.state == "confirmed"
    query(world, day)
    day.refresh_from_db()
    assert (day.state, day.confirmed_on, day.query) == ("queried", None, "Nobody came.")
    assert last_event(day).changes == {"state": ["confirmed", "queried"]}
    keep_day(day=day, words="The book has it.", by=None, on=TODAY)
    day.refresh_from_db()
    query(world, day)
    day.refresh_from_db()
    assert (day.state, day.answer, day.answered_on) == ("queried", "", None)


def test_a_query_that_is_taken_back_leaves_the_day_to_be_confirmed(
    world: World,
) -> None:
    world.day()
    SupportDay.objects.update(given_on=LONG_AGO, logged_on=LONG_AGO)
    day = query(world, SupportDay.objects.get())
    assert (day.state, day.queried_for) == ("queried", world.mentee.school)
    withdraw_day_query(day=day, by=world.mentees_head, on=TODAY)
    day.refresh_from_db()
    assert (day.state, day.query, day.queried_on) == ("waiting", "", None)
    assert day.queried_for is None
    event = last_event(day)
    assert event.verb == "took back a query of a support day"
    assert event.changes["state"] == ["queried", "waiting"]
    assert not EventReason.objects.filter(event=event).exists()
    # Silence counts from now, however long ago the day was logged.
    assert confirm_by_silence(on=TODAY + timedelta(days=13)) == 0
    assert confirm_by_silence(on=TODAY + timedelta(days=14)) == 1
    with pytest.raises(ValidationError, match="This day is confirmed,"):
        withdraw_day_query(day=day, by=None, on=TODAY)


def test_a_day_of_a_closed_year_is_queried_no_more(world: World) -> None:
    day = world.day()
    SupportDay.objects.update(given_on=date(2006, 8, 31))
    day.refresh_from_db()
    with pytest.raises(ValidationError, match="2005/06 was closed on 1 October 2006"):
        query(world, day)
    day.refresh_from_db()
    assert day.state == "waiting"


def test_a_void_day_counts_again(world: World) -> None:
    day = world.day()
    void_day(day=day, reason="A slip", by=None, on=TODAY)
    restored = restore_day(day=day, words="It was given.", by=None, on=TODAY)
    restored.refresh_from_db()
    assert (restored.state, restored.why_voided) == ("confirmed", "")
    assert Pairing.objects.get(pk=world.pairing.pk).halves_given == 2
    assert [
        event.given.text
        for event in Event.objects.filter(noun_id=day.pk).order_by("pk")[1:]
    ] == ["A slip", "It was given."]


def test_a_void_day_that_was_logged_again_stays_void(world: World) -> None:
    day = world.day()
    void_day(day=day, reason="A slip", by=None, on=TODAY)
    world.day(length="half")
    with pytest.raises(ValidationError, match="given the first half of that day"):
        restore_day(day=day, words="It was given.", by=None, on=TODAY)
    day.refresh_from_db()
    assert day.state == "void"
    assert Pairing.objects.get(pk=world.pairing.pk).halves_given == 1


def test_a_confirmed_day_can_be_voided_and_stays_on_record(world: World) -> None:
    day = world.day()
    confirm_days(
        days=SupportDay.objects.all(), school=world.mentee.school, by=None, on=TODAY
    )
    day.refresh_from_db()
    void_day(day=day, reason="A slip", by=None, on=TODAY)
    day.refresh_from_db()
    assert (day.state, day.confirmed_on) == ("void", TODAY)
    assert SupportDay.objects.count() == 1


def test_nothing_is_done_without_words(world: World) -> None:
    day = world.day()
    with pytest.raises(ValidationError, match="Say what is wrong"):
        query_day(day=day, school=world.mentee.school, words="  ", by=None, on=TODAY)
    with pytest.raises(ValidationError, match="Say why the day is void"):
        void_day(day=day, reason="", by=None, on=TODAY)
    with pytest.raises(ValidationError, match="Say why the day stands"):
        keep_day(day=query(world, day), words="", by=None, on=TODAY)
    with pytest.raises(ValidationError, match="200 characters"):
        void_day(day=day, reason="x" * 201, by=None, on=TODAY)


def test_a_day_is_taken_back_by_who_logged_it_until_it_is_confirmed(
    world: World,
) -> None:
    day = world.day()
    take_back_day(day=day, reason="A slip", by=None, on=TODAY)
    assert last_event(day).verb == "took back a support day"
    again = world.day()
    confirm_days(
        days=SupportDay.objects.all(), school=world.mentee.school, by=None, on=TODAY
    )
    with pytest.raises(ValidationError, match="This day is confirmed,"):
        take_back_day(day=again, reason="A slip", by=None, on=TODAY)


def moved_together(world: World) -> tuple[list[str], int]:
    """Let one query a day and another void it, both as they saw it."""
    day = world.day()

    def act(number: int) -> None:
        if number:
            query(world, day)
        else:
            take_back_day(day=day, reason="A slip", by=None, on=TODAY)

    return together(act), Event.objects.filter(noun_id=day.pk).count() - 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_each_step_follows_from_what_stands() -> None:
    """Taking back may follow a query; where one is first for both, that one stands."""
    ends, taken = moved_together(World())
    state = SupportDay.objects.get().state
    assert (ends, taken, state) in (
        (["ValidationError", "done"], 1, "void"),
        (["ValidationError", "done"], 1, "queried"),
        (["done", "done"], 2, "void"),
    )
    assert last_event(SupportDay.objects.get()).changes["state"][1] == state


@pytest.mark.django_db(transaction=True)
def test_of_two_who_query_at_once_one_is_first() -> None:
    world = World()
    day = world.day()
    assert together(lambda _n: query(world, day)) == ["ValidationError", "done"]
    assert Event.objects.filter(verb="queried a support day").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_both_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: asked of what was read before, both queries get through."""
    world = World()
    day = world.day()

    def unguarded(rows: SupportDayQuerySet, one: SupportDay, **new: object) -> bool:
        rows.model.objects.filter(pk=one.pk).update(**new)
        return True

    kept = move_day.as_it_stands(day.pk)
    monkeypatch.setattr(SupportDayQuerySet, "move", unguarded)
    monkeypatch.setattr(move_day, "as_it_stands", lambda _pk: copy(kept))
    assert together(lambda _n: query(world, day)) == ["done", "done"]
    assert Event.objects.filter(verb="queried a support day").count() == 2
