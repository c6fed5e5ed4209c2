"""A day of support is logged: what is written, and every sentence that refuses."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.log_days import NewStaff
from mentoring.models import Area, Event, Pairing, Programme, StaffMember, SupportDay
from tests import factories
from tests.mentoring.days_world import MONDAY, TODAY, World, membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return World()


def refused(world: World, **changed: Any) -> str:
    """Return the sentence with which an entry is refused; nothing is written."""
    before = SupportDay.objects.count(), Event.objects.count()
    with pytest.raises(ValidationError) as refusal:
        world.log(**changed)
    assert (SupportDay.objects.count(), Event.objects.count()) == before
    (sentence,) = refusal.value.messages
    return str(sentence)


def test_a_whole_day_is_written_with_its_event_and_its_total(world: World) -> None:
    logged = world.log(note="  Looked at   timetables ", taken_back="A rota")
    assert logged.is_new
    (day,) = SupportDay.objects.all()
    assert (day.first_half, day.second_half, day.state) == (True, True, "waiting")
    assert (day.giver, day.area.name) == (world.rowan, "Leadership")
    assert (day.direction, day.note) == ("given", "Looked at timetables")
    assert (day.logged_for, day.logged_by) == (world.mentor.school, world.mentors_head)
    assert (day.logged_on, day.is_late, day.taken_back) == (TODAY, False, "A rota")
    world.pairing.refresh_from_db()
    assert (world.pairing.halves_given, world.pairing.halves_back) == (2, 0)
    (event,) = Event.objects.filter(noun="mentoring.supportday")
    assert (event.verb, event.noun_id, event.who) == (
        "logged support days",
        day.pk,
        world.mentors_head,
    )
    assert (event.happened_on, event.school_id, event.other_school_id) == (
        MONDAY,
        world.mentee.school_id,
        world.mentor.school_id,
    )
    assert event.changes == {
        "pairing_id": [None, world.pairing.pk],
        "area_id": [None, world.pairing.area_id],
        "direction": [None, "given"],
        "days": [[], [day.pk]],
        "halves": [0, 2],
    }


def test_half_takes_the_free_half_and_a_third_is_refused(world: World) -> None:
    first, second = world.day(length="half"), world.day(length="half")
    assert (first.first_half, first.second_half) == (True, False)
    assert (second.first_half, second.second_half) == (False, True)
    assert refused(world, length="half") == (
        "Rowan Reed has given the whole of 6 November 2006 already. Choose another "
        "day, or another person."
    )


def test_a_whole_day_beside_a_half_is_refused(world: World) -> None:
    world.log(length="half")
    assert refused(world) == (
        "Rowan Reed has given half of 6 November 2006 already. Choose half a day."
    )


def test_halves_count_over_all_pairings_of_a_person(world: World) -> None:
    other = factories.PairingFactory.create(mentor=world.mentor)
    world.log()
    assert "already" in refused(world, pairing=other)


def test_help_that_rests_takes_no_day(world: World) -> None:
    Pairing.objects.filter(pk=world.pairing.pk).update(
        state="paused", since=date(2006, 11, 7), reason="A new head comes."
    )
    world.log(given_on=date(2006, 11, 6))
    sentence = refused(world, given_on=date(2006, 11, 7))
    assert sentence.startswith("This pairing rests since 7 November 2006.")
    assert SupportDay.objects.count() == 1


def test_a_void_day_leaves_its_halves_free(world: World) -> None:
    day = world.day()
    SupportDay.objects.filter(pk=day.pk).update(
        state="void", voided_on=TODAY, why_voided="It was another day."
    )
    assert world.log().is_new


def test_several_people_on_one_visit_are_one_entry(world: World) -> None:
    other = factories.StaffMemberFactory.create(school=world.mentor.school)
    logged = world.log(givers=[world.rowan, other], length="half")
    assert [day.giver for day in logged.days] == [world.rowan, other]
    assert len({day.visit for day in logged.days}) == 1
    (event,) = Event.objects.filter(verb="logged support days")
    assert event.changes["days"] == [[], [day.pk for day in logged.days]]
    assert event.changes["halves"] == [0, 2]


def test_an_entry_is_written_whole_or_not_at_all(world: World) -> None:
    other = factories.StaffMemberFactory.create(school=world.mentor.school, name="Ash")
    world.log(givers=[other])
    assert "Ash has given the whole" in refused(world, givers=[world.rowan, other])


def test_somebody_new_is_entered_and_found_again(world: World) -> None:
    world.log(givers=[NewStaff(" Briar  Bell ", "Bursar")])
    person = StaffMember.objects.get(name="Briar Bell")
    assert (person.post, person.school) == ("Bursar", world.mentor.school)
    again = world.day(givers=[NewStaff("briar bell")], given_on=date(2006, 11, 7))
    assert again.giver == person


def test_help_that_comes_back_is_of_the_mentees_people(world: World) -> None:
    day = world.day(direction="back", givers=[world.sorrel])
    assert day.direction == "back"
    world.pairing.refresh_from_db()
    assert (world.pairing.halves_given, world.pairing.halves_back) == (0, 2)


def test_nobody_of_another_school_gives_it(world: World) -> None:
    assert refused(world, givers=[world.sorrel]) == (
        "Sorrel Sands is not of Beacon High School. All on a visit are of one."
    )


def test_somebody_who_had_left_did_not_give_it(world: World) -> None:
    world.rowan.left_on = date(2006, 10, 31)
    world.rowan.save()
    assert refused(world) == (
        "Rowan Reed had left Beacon High School by then. Choose another."
    )
    assert world.log(given_on=date(2006, 10, 31)).is_new


def test_the_same_person_is_not_named_twice(world: World) -> None:
    assert "named twice" in refused(world, givers=[world.rowan, world.rowan])
    assert "Choose who gave the day" in refused(world, givers=[])


def test_the_future_is_refused(world: World) -> None:
    assert refused(world, given_on=date(2006, 11, 21)) == (
        "This day has not come yet. Log it once it was given."
    )


@pytest.mark.parametrize("given_on", [date(2006, 10, 1), date(2006, 11, 11)])
def test_a_day_outside_the_pairing_is_told_its_days(
    world: World, given_on: date
) -> None:
    other = factories.PairingFactory.create(
        mentor=world.mentor, started=date(2006, 10, 2), ended=date(2006, 11, 10)
    )
    assert refused(world, pairing=other, given_on=given_on) == (
        "This pairing began on 2 October 2006 and ended on 10 November 2006. Enter a "
        "day within it."
    )


def test_a_pairing_that_has_not_begun_has_no_days(world: World) -> None:
    other = factories.PairingFactory.create(mentor=world.mentor, state="proposed")
    assert refused(world, pairing=other) == (
        "This pairing is proposed, so no day can be logged for it."
    )


def test_back_dating_beyond_sixty_days_needs_a_reason(world: World) -> None:
    assert world.log(given_on=date(2006, 9, 21)).is_new  # 60 days ago
    assert refused(world, given_on=date(2006, 9, 20)) == (
        "20 September 2006 is 61 days ago. Say why it is entered so late."
    )
    day = world.day(given_on=date(2006, 9, 20), why_late="The office was closed.")
    assert not day.is_late
    event = Event.objects.filter(noun_id=day.pk).get(verb="logged support days")
    assert event.given.text == "The office was closed."


def test_a_closed_year_is_for_programme_staff_and_marked(world: World) -> None:
    august = date(2006, 8, 31)
    assert world.log(given_on=august, on=date(2006, 9, 30)).is_new
    late = {"given_on": date(2006, 8, 30), "on": date(2006, 10, 1)}
    assert refused(world, **late, why_late="A flood.") == (
        "The academic year 2005/06 was closed on 1 October 2006. Ask programme staff "
        "to enter this day."
    )
    staff = {**late, "logged_for": None, "by": factories.UserFactory.create()}
    assert "Say why it is entered so late." in refused(world, **staff)
    day = world.day(**staff, why_late="A flood.")
    assert (day.is_late, day.logged_for) == (True, world.mentor.school)


def test_staff_log_for_the_school_that_gave(world: World) -> None:
    day = world.day(direction="back", givers=[world.sorrel], logged_for=None)
    assert day.logged_for == world.mentee.school


def test_a_pairing_for_an_area_takes_no_other(world: World) -> None:
    other = Area.objects.get(name="Core subjects")
    assert refused(world, area=other).startswith("This pairing is for Leadership.")


def test_a_lead_pairing_takes_any_area_in_use(world: World) -> None:
    lead = factories.PairingFactory.create(mentor=world.mentor, area=Area.lead())
    area = Area.objects.get(name="Core subjects")
    assert world.day(pairing=lead, area=area).area == area
    retired = factories.AreaFactory.create(name="Latin", retired_on=TODAY)
    late = {"pairing": lead, "given_on": date(2006, 11, 7)}
    assert "Latin is no longer in use" in refused(world, **late, area=retired)
    assert world.day(**late).area.is_lead


def test_nobody_passes_the_ceiling_of_days_a_year(world: World) -> None:
    Programme.objects.update(most_days_each=1, least_days_each=1, ceiling_days_each=1)
    world.log(given_on=date(2006, 8, 31), on=date(2006, 9, 1))  # of the year before
    world.log()
    assert refused(world, given_on=date(2006, 11, 7), length="half") == (
        "Rowan Reed would give more than 1 days in 2006/07, which nobody may. Ask "
        "programme staff."
    )


def test_what_is_too_long_is_said(world: World) -> None:
    assert "200 characters" in refused(world, note="x" * 201)


def test_a_form_sent_again_returns_what_it_logged(world: World) -> None:
    token = uuid4()
    first = world.log(token=token, length="half")
    again = world.log(token=token, length="half")
    assert (again.is_new, list(again.days)) == (False, list(first.days))
    assert SupportDay.objects.count() == 1
    assert Event.objects.filter(verb="logged support days").count() == 1


def test_another_day_under_the_same_token_is_not_swallowed(world: World) -> None:
    token = uuid4()
    world.log(token=token)
    sentence = refused(world, token=token, given_on=date(2006, 11, 7))
    assert sentence == (
        "This form has logged a day of Rowan Reed on 6 November 2006 already, and now "
        "says something else. If this is another day, send it again. To change that "
        "one, open it and take it back."
    )


def test_nothing_is_logged_for_a_third_school(world: World) -> None:
    third = membership("mentor", "Cedar Park Academy").school
    assert refused(world, logged_for=third) == (
        "A day is logged for one of the two schools of its pairing."
    )


def test_totals_are_those_of_the_days(world: World) -> None:
    world.log()
    world.log(given_on=date(2006, 11, 7), length="half")
    world.log(direction="back", givers=[world.sorrel])
    pairing = Pairing.objects.get(pk=world.pairing.pk)
    assert (pairing.halves_given, pairing.halves_back) == (3, 2)
