"""The other school confirms days, or its silence does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.confirm_days import confirm_by_silence, confirm_days
from mentoring.models import Event, Programme, SupportDay
from tests import factories
from tests.mentoring.days_world import MONDAY, TODAY, World
from tests.mentoring.imports.test_races import together


@pytest.fixture
def world(db: None) -> World:
    return World()


def confirm(world: World, *days: SupportDay, said: str = "") -> int:
    return confirm_days(
        days=SupportDay.objects.filter(pk__in=[day.pk for day in days]),
        school=world.mentee.school,
        taken_back=said,
        by=world.mentees_head,
        on=TODAY,
    )


def events(verb: str) -> list[Event]:
    return list(Event.objects.filter(verb=verb).order_by("pk"))


def test_the_other_school_confirms_days_each_with_its_event(world: World) -> None:
    days = [world.day(given_on=MONDAY.replace(day=day)) for day in (6, 7)]
    assert confirm(world, *days) == 2
    for day in days:
        day.refresh_from_db()
        assert (day.state, day.confirmed_on) == ("confirmed", TODAY)
        assert day.confirmed_by == world.mentees_head
    done = events("confirmed a support day")
    assert [event.noun_id for event in done] == [day.pk for day in days]
    assert done[0].changes == {"state": ["waiting", "confirmed"]}
    assert done[0].school_id == world.mentee.school_id
    assert done[0].other_school_id == world.mentor.school_id


def test_what_it_takes_back_is_kept(world: World) -> None:
    day = world.day()
    confirm(world, day, said=" A reading list ")
    day.refresh_from_db()
    assert day.taken_back_there == "A reading list"
    with pytest.raises(ValidationError, match="500 characters"):
        confirm(world, world.day(given_on=TODAY), said="x" * 501)


def test_the_school_that_logged_it_confirms_nothing(world: World) -> None:
    day = world.day()
    with pytest.raises(ValidationError, match="answered already"):
        confirm_days(
            days=SupportDay.objects.filter(pk=day.pk),
            school=world.mentor.school,
            by=world.mentors_head,
            on=TODAY,
        )
    assert events("confirmed a support day") == []


def test_days_of_other_schools_and_answered_ones_are_left(world: World) -> None:
    mine, other = world.day(), factories.SupportDayFactory.create()
    void = world.day(given_on=TODAY)
    SupportDay.objects.filter(pk=void.pk).update(
        state="void", voided_on=TODAY, why_voided="It was another day."
    )
    assert confirm(world, mine, other, void) == 1
    other.refresh_from_db()
    assert other.state == "waiting"
    with pytest.raises(ValidationError):
        confirm(world, mine)


def test_silence_confirms_after_fourteen_days_and_once(world: World) -> None:
    day = world.day(on=TODAY)
    assert confirm_by_silence(on=date(2006, 12, 3)) == 0
    assert confirm_by_silence(on=date(2006, 12, 4)) == 1
    assert confirm_by_silence(on=date(2006, 12, 5)) == 0
    day.refresh_from_db()
    assert (day.state, day.confirmed_on, day.confirmed_by) == (
        "confirmed",
        date(2006, 12, 4),
        None,
    )
    (event,) = events("let silence confirm a support day")
    assert (event.who, event.noun_id) == (None, day.pk)


def test_the_days_of_silence_are_the_programmes(world: World) -> None:
    Programme.objects.update(days_to_confirm=3)
    world.day()
    assert confirm_by_silence(on=date(2006, 11, 22)) == 0
    assert confirm_by_silence(on=date(2006, 11, 23)) == 1


def test_silence_leaves_what_is_queried_or_void(world: World) -> None:
    SupportDay.objects.filter(pk=world.day().pk).update(
        state="queried",
        queried_on=TODAY,
        queried_for=world.mentee.school,
        query="Nobody came.",
    )
    assert confirm_by_silence(on=date(2007, 1, 1)) == 0


def test_silence_goes_on_in_parts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentoring.actions.confirm_days.AT_ONCE", 2)
    for day in (6, 7, 8, 9, 10):
        world.day(given_on=MONDAY.replace(day=day))
    assert confirm_by_silence(on=date(2007, 1, 1)) == 5
    assert len(events("let silence confirm a support day")) == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does() -> None:
    world = World()
    day = world.day()
    assert together(lambda _number: confirm(world, day)) == ["ValidationError", "done"]
    assert len(events("confirmed a support day")) == 1
