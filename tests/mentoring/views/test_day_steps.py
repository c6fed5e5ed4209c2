"""A support day's page with its steps, and what is to confirm."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.actions.confirm_days import confirm_by_silence
from mentoring.models import Event, SupportDay
from tests import factories
from tests.mentoring.days_world import TODAY, World
from tests.mentoring.views.test_day_log import browser
from tests.mentoring.views.test_membership import words
from tests.mentoring.views.test_support_day import TO_CONFIRM, heading, varied

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def officer(world: World) -> Client:
    return browser(factories.RoleFactory.create().user)


def test_a_day_says_where_it_stands_and_who_acts_next(world: World) -> None:
    other = factories.StaffMemberFactory.create(school=world.mentor.school, name="Ash")
    day = world.log(givers=[world.rowan, other], note="Timetables").days[0]
    page = words(browser(world.mentees_head).get(day.get_absolute_url()))
    assert "A whole day of support for Alder Grove School on 6 November 2006" in page
    assert (
        "The head of Alder Grove School: confirm or query it. On 4 December 2006 "
        "silence confirms it."
    ) in page
    assert "From Beacon High School to Alder Grove School" in page
    assert "Rowan Reed, Head of mathematics with Ash, Head of mathematics" in page
    assert "Timetables" in page
    assert "Logged 6 November 2006" in page


def test_a_visits_entry_is_in_the_history_of_each_of_its_days(world: World) -> None:
    other = factories.StaffMemberFactory.create(school=world.mentor.school)
    first, second = world.log(givers=[world.rowan, other]).days
    client = browser(world.mentees_head)
    client.post(f"{first.get_absolute_url()}query/", {"words": "Nobody came."})
    assert "Why: Nobody came." in words(client.get(first.get_absolute_url()))
    page = words(client.get(second.get_absolute_url()))
    assert "Logged 6 November 2006" in page
    assert "Queried" not in page


def test_the_other_school_confirms_and_says_what_it_takes_back(world: World) -> None:
    day = world.day()
    client = browser(world.mentees_head)
    response = client.post(
        f"{day.get_absolute_url()}confirm/", {"taken_back": "A rota"}, follow=True
    )
    text = words(response)
    assert "Both schools stand by the day." in text
    assert "Taken back to Alder Grove School A rota" in text
    assert "Nobody: it is confirmed. Either school can still query it." in text
    day.refresh_from_db()
    assert (day.state, day.taken_back_there) == ("confirmed", "A rota")


def test_a_day_says_who_stands_by_it(world: World, officer: Client) -> None:
    silent, void = world.day(), world.day(given_on=TODAY)
    confirm_by_silence(on=TODAY.replace(month=12, day=31))
    page = words(officer.get(silent.get_absolute_url()))
    assert "It counts: nobody queried it in time." in page
    address = void.get_absolute_url()
    officer.post(f"{address}void/", {"reason": "A slip"})
    officer.post(f"{address}restore/", {"words": "It was given."})
    page = words(officer.get(address))
    assert "programme staff have counted it again" in page
    assert "both schools stand by it" not in page


def test_confirming_what_is_confirmed_says_so_and_changes_nothing(
    world: World,
) -> None:
    day = world.day()
    confirm_by_silence(on=TODAY.replace(month=12))
    client = browser(world.mentees_head)
    text = words(
        client.post(f"{day.get_absolute_url()}confirm/", {"taken_back": "A rota"})
    )
    assert "These days were answered already." in text
    assert "This step cannot be taken now" in text
    assert Event.objects.filter(verb="confirmed a support day").count() == 0


def test_from_a_query_to_staffs_answer(world: World, officer: Client) -> None:
    day = world.day()
    head = browser(world.mentees_head)
    refused = head.post(f"{day.get_absolute_url()}query/", {"words": " "})
    assert "Write a sentence." in words(refused)
    head.post(f"{day.get_absolute_url()}query/", {"words": "Nobody came."})
    page = words(officer.get(day.get_absolute_url()))
    assert "Query of Alder Grove School Nobody came." in page
    assert "Programme staff: keep the day, halve it or void it." in page
    answer = {"words": "The visitors' book has it."}
    kept = officer.post(f"{day.get_absolute_url()}keep/", answer, follow=True)
    assert "Answer The visitors&#x27; book has it." in words(kept)
    day.refresh_from_db()
    assert day.state == "confirmed"


@pytest.mark.parametrize(
    ("asker", "other"),
    [("mentees_head", "mentors_head"), ("mentors_head", "mentees_head")],
)
def test_who_queried_a_day_and_nobody_else_takes_the_query_back(
    world: World, officer: Client, asker: str, other: str
) -> None:
    day = world.day()
    address = day.get_absolute_url()
    head, reader = browser(getattr(world, asker)), browser(getattr(world, other))
    head.post(f"{address}query/", {"words": "Nobody came."})
    school = {"mentees_head": world.mentee, "mentors_head": world.mentor}[asker].school
    assert f"Query of {school} Nobody came." in words(reader.get(address))
    assert f"{school} queries Rowan Reed&#x27;s day of" in words(officer.get("/today/"))
    for refused in (reader, officer):
        assert "Take the query back" not in words(refused.get(address))
        assert refused.post(f"{address}withdraw/").status_code == 403
    assert "Take the query back" in words(head.get(address))
    sent = {"csrfmiddlewaretoken": "any"}  # as browsers send where nothing is asked
    page = words(head.post(f"{address}withdraw/", sent, follow=True))
    assert "The day waits to be confirmed again." in page
    assert "Query taken back" in page
    day.refresh_from_db()
    assert day.state == "waiting"
    assert f"{school} queries" not in words(officer.get("/today/"))


def test_staff_keep_half_of_a_day_and_count_a_void_one_again(
    world: World, officer: Client
) -> None:
    day = world.day()
    address = day.get_absolute_url()
    browser(world.mentees_head).post(f"{address}query/", {"words": "Half a day."})
    assert "Keep half of it" in words(officer.get(address))
    halved = officer.post(f"{address}halve/", {"words": "So it was."}, follow=True)
    assert "Kept as half a day" in words(halved)
    assert "Half a day of support" in heading(halved)
    officer.post(f"{address}void/", {"reason": "A slip"})
    page = words(officer.get(address))
    assert "It does not count." in page
    again = officer.post(f"{address}restore/", {"words": "It was given."}, follow=True)
    assert "Counted again" in words(again)
    assert "Keep half of it" not in words(again)
    day.refresh_from_db()
    assert (day.state, day.halves) == ("confirmed", 1)


@pytest.mark.parametrize(
    ("who", "step", "state"),
    [
        ("officer", "void", "void"),
        ("mentors_head", "take-back", "void"),
        ("mentees_head", "void", "waiting"),
        ("mentees_head", "take-back", "waiting"),
        ("mentors_head", "confirm", "waiting"),
        ("mentors_head", "query", "queried"),
        ("mentors_head", "halve", "waiting"),
        ("mentors_head", "restore", "waiting"),
        ("officer", "confirm", "waiting"),
    ],
)
def test_each_takes_the_own_steps_alone(
    world: World, officer: Client, who: str, step: str, state: str
) -> None:
    day = world.day()
    client = officer if who == "officer" else browser(getattr(world, who))
    sent = {"reason": "A slip", "words": "A slip", "taken_back": "A slip"}
    response = client.post(f"{day.get_absolute_url()}{step}/", sent)
    assert response.status_code == (403 if state == "waiting" else 302)
    day.refresh_from_db()
    assert day.state == state


class TestToConfirm:
    def test_days_that_the_other_school_logged_wait_by_month(
        self, world: World
    ) -> None:
        varied(world)
        mine = world.day(
            given_on=TODAY, logged_for=world.mentee.school, by=world.mentees_head
        )
        response = browser(world.mentees_head).get(TO_CONFIRM)
        assert heading(response) == "6 days to confirm"
        assert [month.words for month in response.context["months"]] == [
            *("4 days of November 2006", "1 day of October 2006"),
            "1 day of August 2006",
        ]
        assert mine.get_absolute_url() not in response.content.decode()
        other = browser(world.mentors_head).get(TO_CONFIRM)
        assert heading(other) == "1 day to confirm"

    def test_a_month_is_confirmed_with_what_is_taken_back(self, world: World) -> None:
        varied(world)
        client = browser(world.mentees_head)
        month = client.get(TO_CONFIRM).context["months"][0]
        sent = {"month": "2006-11-01", "seen": month.seen, "taken_back": "A rota"}
        refused = client.post(TO_CONFIRM, {**sent, "taken_back": "x" * 501})
        assert "x" * 501 in refused.content.decode()
        assert "4 days are confirmed." in words(
            client.post(TO_CONFIRM, sent, follow=True)
        )
        confirmed = SupportDay.objects.filter(taken_back_there="A rota")
        assert confirmed.count() == 4

    def test_all_of_a_month_are_confirmed_that_were_shown(self, world: World) -> None:
        varied(world)
        client = browser(world.mentees_head)
        month = client.get(TO_CONFIRM).context["months"][0]
        later = world.day(given_on=TODAY)
        sent = {"month": "2006-11-01", "seen": month.seen}
        response = client.post(TO_CONFIRM, sent, follow=True)
        assert "4 days are confirmed." in words(response)
        assert heading(response) == "3 days to confirm"
        later.refresh_from_db()
        assert later.state == "waiting"
        again = words(client.post(TO_CONFIRM, sent))
        assert "These days were answered already." in again
        assert "are confirmed." not in again

    def test_one_that_was_not_shown_is_not_confirmed_with_its_month(
        self, world: World
    ) -> None:
        day, shown = world.day(), world.day(given_on=TODAY)
        client = browser(world.mentees_head)
        client.post(f"{day.get_absolute_url()}query/", {"words": "Nobody came."})
        (month,) = client.get(TO_CONFIRM).context["months"]
        withdraw = {"csrfmiddlewaretoken": "any"}
        client.post(f"{day.get_absolute_url()}withdraw/", withdraw)
        client.post(TO_CONFIRM, {"month": "2006-11-01", "seen": month.seen})
        states = [SupportDay.objects.get(pk=each.pk).state for each in (day, shown)]
        assert states == ["waiting", "confirmed"]

    def test_one_is_confirmed_from_the_list_and_back_to_it(self, world: World) -> None:
        day = world.day()
        client = browser(world.mentees_head)
        response = client.post(
            f"{day.get_absolute_url()}confirm/",
            {"back": "to-confirm", "taken_back": "A rota"},
            follow=True,
        )
        assert response.redirect_chain == [(TO_CONFIRM, 302)]
        day.refresh_from_db()
        assert day.taken_back_there == "A rota"
        assert "Nothing waits for you" in words(response)

    def test_it_costs_as_many_queries_with_thirty_as_with_one(
        self, world: World
    ) -> None:
        client = browser(world.mentees_head)

        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(TO_CONFIRM)
            return len(captured)

        factories.SupportDayFactory.create(pairing=world.pairing)
        with_one = cost()
        factories.SupportDayFactory.create_batch(29, pairing=world.pairing)
        assert cost() == with_one <= 15

    def test_a_month_that_is_not_all_shown_is_not_confirmed_at_once(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        varied(world)
        monkeypatch.setattr("mentoring.pages.day_lists.MOST_WAITING", 3)
        text = words(browser(world.mentees_head).get(TO_CONFIRM))
        assert "More days of this month wait" in text
        assert "Confirm all of November" not in text
        monkeypatch.setattr("mentoring.pages.day_lists.MOST_WAITING", 4)
        text = words(browser(world.mentees_head).get(TO_CONFIRM))
        assert "Confirm all of November" in text

    def test_what_is_sent_wrong_confirms_nothing(self, world: World) -> None:
        day = world.day()
        client = browser(world.mentees_head)
        client.post(TO_CONFIRM, {"month": "soon", "seen": "all"})
        for seen in ("1,,2", "9" * 40, ",".join(["1"] * 4_000)):
            sent = {"month": "2006-11-01", "seen": seen}
            assert client.post(TO_CONFIRM, sent).status_code == 200
        # No key is as large as this, and no database is asked for it in vain.
        sent = {"month": "2006-11-01", "seen": "9" * 18}
        assert client.post(TO_CONFIRM, sent).status_code == 200
        day.refresh_from_db()
        assert day.state == "waiting"
