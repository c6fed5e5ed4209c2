"""The form on which a day is logged, and what becomes of it on a bad connection."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from mentoring import kept_forms
from mentoring.actions.do_daily import do_daily
from mentoring.models import Area, Pairing, Programme, StaffMember, SupportDay
from schools.models import Role, User
from tests import factories
from tests.mentoring.days_world import TODAY, World
from tests.mentoring.views.test_membership import words

pytestmark = pytest.mark.django_db
CHOOSE = "/days/log/"


@pytest.fixture
def world(db: None) -> World:
    return World()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of(pairing: Pairing) -> str:
    return reverse("day_log", kwargs={"pk": pairing.pk})


def filled(world: World, **changed: Any) -> dict[str, Any]:
    """Return a form as it is sent, but for what is `changed`."""
    return {
        "given_on": "2006-11-06",
        "length": "whole",
        "giver": str(world.rowan.pk),
        "note": "Looked at timetables",
        "token": str(uuid4()),
        **changed,
    }


def field(response: Any, name: str) -> str:
    """Return the value of an input of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


def test_with_one_pairing_the_form_is_there_at_once(world: World) -> None:
    client = browser(world.mentors_head)
    response = client.get(CHOOSE, follow=True)
    assert response.redirect_chain == [(form_of(world.pairing), 302)]
    text = words(response)
    assert "Beacon High School and Alder Grove School: Leadership" in text
    assert "No pupils' names." in text.replace("&#x27;", "'")
    assert field(response, "given_on") == "2006-11-20"


def test_with_several_they_are_offered_and_the_last_is_named(world: World) -> None:
    other = factories.PairingFactory.create(mentor=world.mentor)
    client = browser(world.mentors_head)
    assert "Same as last time" not in words(client.get(CHOOSE))
    world.log()
    response = client.get(CHOOSE)
    assert form_of(other) in response.content.decode()
    assert f"{form_of(world.pairing)}?same=1" in response.content.decode()


def test_of_too_many_pairings_none_is_offered_before_a_search(world: World) -> None:
    for _ in range(50):
        factories.PairingFactory.create()
    officer = browser(factories.RoleFactory.create().user)
    text = words(officer.get(CHOOSE))
    assert "There are more than 50 pairings. Search for one of the two schools." in text
    assert "School, town or URN" in text
    found = officer.get(CHOOSE, {"q": "beacon"})
    assert form_of(world.pairing) in found.content.decode()


def test_pairings_of_others_and_long_ended_ones_are_not_offered(world: World) -> None:
    factories.PairingFactory.create()
    for ended in (date(2006, 9, 20), date(2006, 9, 21)):
        factories.PairingFactory.create(mentor=world.mentor, ended=ended)
    response = browser(world.mentors_head).get(CHOOSE)
    assert len(response.context["pairings"]) == 2


def test_staff_find_a_pairing_by_words_of_a_school(world: World) -> None:
    factories.PairingFactory.create()
    client = browser(factories.RoleFactory.create().user)
    assert len(client.get(CHOOSE).context["pairings"]) == 2
    found = client.get(CHOOSE, {"q": "alder"})
    assert found.context["pairings"] == [world.pairing]
    assert "No pairing matches" in words(client.get(CHOOSE, {"q": "xyzzy"}))


def test_a_day_is_logged_and_said(world: World) -> None:
    client = browser(world.mentors_head)
    response = client.post(form_of(world.pairing), filled(world), follow=True)
    day = SupportDay.objects.get()
    assert response.redirect_chain == [(day.get_absolute_url(), 302)]
    text = words(response)
    assert (
        "Logged: 1 day of Rowan Reed on 6 November 2006. Alder Grove School can "
        "confirm it until 4 December 2006."
    ) in text
    assert "A whole day of support for Alder Grove School on 6 November 2006" in text
    assert (day.logged_for, day.logged_by) == (world.mentor.school, world.mentors_head)


def test_a_form_sent_again_says_so_and_logs_nothing(world: World) -> None:
    client, sent = browser(world.mentors_head), filled(world, length="half")
    client.post(form_of(world.pairing), sent, follow=True)
    response = client.post(form_of(world.pairing), sent, follow=True)
    text = words(response)
    assert "This form was sent before. Its day is logged once." in text
    assert "Logged: " not in text
    assert SupportDay.objects.count() == 1


def test_another_day_on_a_form_gone_back_to_needs_sending_again(world: World) -> None:
    client, sent = browser(world.mentors_head), filled(world)
    client.post(form_of(world.pairing), sent)
    sent["given_on"] = "2006-11-07"
    response = client.post(form_of(world.pairing), sent)
    assert "If this is another day, send it again." in words(response)
    sent["token"] = field(response, "token")
    client.post(form_of(world.pairing), sent)
    assert SupportDay.objects.count() == 2


def test_the_giver_is_remembered_and_same_as_last_time_fills_the_rest_in(
    world: World,
) -> None:
    lead = factories.PairingFactory.create(
        mentor=world.mentor, mentee=world.mentee, area=Area.lead()
    )
    area = Area.objects.get(name="Core subjects")
    other = factories.StaffMemberFactory.create(school=world.mentor.school)
    world.log(pairing=lead, area=area, givers=[world.rowan, other], length="half")
    client = browser(world.mentors_head)
    form = client.get(form_of(lead)).context["form"]
    assert form["giver"].value() == str(world.rowan.pk)
    assert (form["length"].value(), form["area"].value()) == ("whole", lead.area_id)
    same = client.get(f"{form_of(lead)}?same=1").context["form"]
    assert same["giver"].value() == str(world.rowan.pk)
    assert (same["length"].value(), same["area"].value()) == ("half", area.pk)
    assert same["others"].value() == [str(other.pk)]
    assert same["given_on"].value() == date(2006, 11, 20)
    assert same["note"].value() is None


@pytest.mark.parametrize("token", ["", "x"])
def test_a_form_that_lost_its_token_gets_another(world: World, token: str) -> None:
    client, sent = browser(world.mentors_head), filled(world, token=token)
    response = client.post(form_of(world.pairing), sent)
    assert "This form lost what tells it from others. Send it again." in words(response)
    sent["token"] = field(response, "token")
    client.post(form_of(world.pairing), sent)
    assert SupportDay.objects.count() == 1


def test_a_pairing_long_over_is_not_offered_again(world: World) -> None:
    over = factories.PairingFactory.create(mentor=world.mentor, ended=date(2006, 9, 20))
    world.log(pairing=over, given_on=date(2006, 9, 20), on=date(2006, 9, 20))
    client = browser(world.mentors_head)
    assert "Same as last time" not in words(client.get(form_of(world.pairing)))
    world.log()
    assert "Same as last time" in words(client.get(form_of(world.pairing)))


def test_half_of_a_day_that_was_logged_is_asked_about(world: World) -> None:
    """As when somebody goes back in the browser and sends the form once more."""
    client = browser(world.mentors_head)
    sent = filled(world, length="half")
    client.post(form_of(world.pairing), sent)
    again = {**sent, "token": str(uuid4())}
    response = client.post(form_of(world.pairing), again)
    assert "Half of this day is logged already for this person." in words(response)
    assert "It was the other half of that day" in words(response)
    assert SupportDay.objects.count() == 1
    # The very form sent again is one entry still.
    client.post(form_of(world.pairing), sent)
    assert SupportDay.objects.count() == 1
    client.post(form_of(world.pairing), {**again, "is_other_half": "on"})
    halves = SupportDay.objects.order_by("pk").values_list("first_half", "second_half")
    assert list(halves) == [(True, False), (False, True)]


def test_a_day_of_a_weekend_is_pointed_out(world: World) -> None:
    client = browser(world.mentors_head)
    sent = filled(world, given_on="2006-11-19")
    said = words(client.post(form_of(world.pairing), sent, follow=True))
    assert "It was a Sunday. If that is a slip, it can be put right below." in said


def test_the_last_time_is_of_the_pairing_that_is_open(world: World) -> None:
    """On the way to it, it is of any; who gave it is remembered from any."""
    other = factories.PairingFactory.create(
        mentor=world.mentor, started=date(2004, 10, 1)
    )
    world.log(length="half")
    client = browser(world.mentors_head)
    response = client.get(form_of(other))
    assert "Same as last time" not in words(response)
    assert response.context["form"]["giver"].value() == str(world.rowan.pk)
    same = client.get(f"{form_of(other)}?same=1").context["form"]
    assert same["length"].value() == "whole"


def test_what_somebody_else_logged_is_not_remembered(world: World) -> None:
    world.log()
    form = browser(world.mentees_head).get(form_of(world.pairing)).context["form"]
    assert form["giver"].value() == ""


def test_the_way_of_help_follows_from_who_gave_it(world: World) -> None:
    client = browser(world.mentors_head)
    client.post(form_of(world.pairing), filled(world, giver=str(world.sorrel.pk)))
    day = SupportDay.objects.get()
    assert (day.direction, day.logged_for) == ("back", world.mentor.school)


@pytest.mark.parametrize(("side", "way"), [("mentor", "given"), ("mentee", "back")])
def test_somebody_new_is_of_the_school_that_is_said(
    world: World, side: str, way: str
) -> None:
    client = browser(world.mentors_head)
    new = {"giver": "new", "name": "Briar Bell", "post": "Bursar", "side": side}
    client.post(form_of(world.pairing), filled(world, **new))
    person = StaffMember.objects.get(name="Briar Bell")
    assert SupportDay.objects.get().direction == way
    assert person.school == getattr(world, side).school


def test_where_nobody_is_known_a_name_is_asked_for_at_once(world: World) -> None:
    pairing = factories.PairingFactory.create(mentee=world.mentee)
    world.sorrel.delete()
    client = browser(world.mentees_head)
    response = client.get(form_of(pairing))
    assert [field.name for field in response.context["form"].first] == [
        *("given_on", "length", "note", "name", "post", "side"),
    ]
    client.post(form_of(pairing), filled(world, giver="", name="Briar Bell"))
    assert SupportDay.objects.get().giver.name == "Briar Bell"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"giver": ""}, "Choose who gave the day."),
        ({"giver": "new"}, "Enter the name of who gave the day."),
        ({"name": "Briar"}, "You chose somebody and entered a name."),
        ({"given_on": "2006-11-21"}, "This day has not come yet."),
        ({"given_on": "2006-02-31"}, "Enter a real date"),
        ({"given_on": "2004-09-30"}, "This pairing began on 1 October 2004."),
        ({"given_on": "2006-09-01"}, "1 September 2006 is 80 days ago. Say why"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    world: World, sent: dict[str, str], sentence: str
) -> None:
    client = browser(world.mentors_head)
    response = client.post(form_of(world.pairing), filled(world, **sent))
    text = words(response)
    assert "There is a problem" in text
    assert sentence in text
    assert field(response, "note") == "Looked at timetables"
    assert not SupportDay.objects.exists()


def test_what_is_folded_away_is_unfolded_where_it_is_wrong(world: World) -> None:
    client = browser(world.mentors_head)
    plain = client.get(form_of(world.pairing)).content.decode()
    assert '<details class="fold" >' in plain
    response = client.post(form_of(world.pairing), filled(world, given_on="2006-09-01"))
    assert '<details class="fold" open>' in response.content.decode()


def test_past_the_guideline_of_days_it_is_logged_and_said(world: World) -> None:
    Programme.objects.update(least_days_each=1, most_days_each=1)
    world.log()
    client = browser(world.mentors_head)
    response = client.post(
        form_of(world.pairing), filled(world, given_on="2006-11-07"), follow=True
    )
    assert (
        "Rowan Reed has given 2 days in 2006/07; the guideline is 1 to 1."
    ) in words(response)


def test_a_pairing_that_has_not_begun_says_so(world: World) -> None:
    other = factories.PairingFactory.create(mentor=world.mentor, state="proposed")
    client = browser(world.mentors_head)
    assert "No day can be logged for this pairing" in words(client.get(form_of(other)))
    client.post(form_of(other), filled(world))
    assert not SupportDay.objects.exists()


class TestAnExpiredSession:
    """What was typed comes back to who typed it, on the same browser, for an hour."""

    NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)

    @pytest.fixture
    def sent(self, world: World) -> dict[str, Any]:
        client = browser(world.mentors_head)
        sender = field(client.get(form_of(world.pairing)), "sender")
        return filled(world, sender=sender, note="Choir & orchestra")

    def signed_in(self, client: Client, user: User, path: str) -> Any:
        """Sign in on the page that the form was answered with."""
        answer = client.post(path, self.sent_body)
        assert answer.status_code == 302
        assert answer["Location"] == f"/account/sign-in/?next={path}"
        return client.post(
            answer["Location"],
            {"login": user.email, "password": factories.PASSWORD},
            follow=True,
        )

    def back(
        self, world: World, sent: dict[str, Any], user: User | None = None
    ) -> tuple[Client, Any]:
        self.sent_body = sent
        client = Client()
        path = form_of(world.pairing)
        return client, self.signed_in(client, user or world.mentors_head, path)

    def test_the_form_comes_back_filled_and_is_logged_once(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        client, response = self.back(world, sent)
        text = words(response)
        assert "It was not sent yet" in text
        assert field(response, "note") == "Choir &amp; orchestra"
        assert field(response, "given_on") == "2006-11-06"
        assert field(response, "token") == sent["token"]
        assert not SupportDay.objects.exists()
        for _ in range(2):
            client.post(form_of(world.pairing), sent)
        assert SupportDay.objects.get().note == "Choir & orchestra"

    def test_it_comes_back_where_another_tab_had_signed_in(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        """Signing in renews the token that forms carry, so this one's is old."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.mentors_head)
        response = client.post(form_of(world.pairing), sent, follow=True)
        assert response.redirect_chain == [(form_of(world.pairing), 302)]
        assert "It was not sent yet" in words(response)
        assert field(response, "note") == "Choir &amp; orchestra"
        assert not SupportDay.objects.exists()

    @pytest.mark.parametrize("is_signed_in", [True, False])
    def test_a_form_from_elsewhere_is_refused_and_kept_for_nobody(
        self,
        world: World,
        sent: dict[str, Any],
        is_signed_in: bool,  # noqa: FBT001 -- a parameter
    ) -> None:
        """Another site has a seal of its own at most, and is sent no session."""
        client = Client(enforce_csrf_checks=True)
        if is_signed_in:
            client.force_login(world.mentors_head)
            other = browser(world.head(world.mentor.school))
            sent["sender"] = field(other.get(form_of(world.pairing)), "sender")
        response = client.post(form_of(world.pairing), sent)
        assert response.status_code == 403
        assert "sessionid" not in response.cookies
        assert kept_forms.KEY not in client.session

    def test_it_comes_back_once(self, world: World, sent: dict[str, Any]) -> None:
        client, _response = self.back(world, sent)
        again = client.get(form_of(world.pairing))
        assert "It was not sent yet" not in words(again)

    def test_nobody_else_sees_it(self, world: World, sent: dict[str, Any]) -> None:
        other = world.head(world.mentor.school)
        client, response = self.back(world, sent, other)
        assert "Choir" not in response.content.decode()
        assert kept_forms.KEY not in client.session

    def test_a_form_that_says_another_name_is_kept_for_nobody(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        sent["sender"] = str(world.mentors_head.pk)
        _client, response = self.back(world, sent)
        assert "Choir" not in response.content.decode()

    def test_after_an_hour_it_is_gone(self, world: World, sent: dict[str, Any]) -> None:
        with time_machine.travel(self.NINE, tick=False) as clock:
            self.sent_body = sent
            client = Client()
            client.post(form_of(world.pairing), sent)
            clock.shift(timedelta(seconds=kept_forms.KEPT_SECONDS + 1))
            client.force_login(world.mentors_head)
            response = client.get(form_of(world.pairing))
            assert "Choir" not in response.content.decode()

    def test_after_an_hour_the_days_work_leaves_nothing_of_it(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        Session.objects.all().delete()
        with time_machine.travel(self.NINE, tick=False) as clock:
            Client().post(form_of(world.pairing), sent)
            assert Session.objects.get().get_decoded().keys() >= {kept_forms.KEY}
            clock.shift(timedelta(seconds=kept_forms.KEPT_SECONDS - 1))
            do_daily(on=TODAY)
            assert Session.objects.exists()
            clock.shift(timedelta(seconds=2))
            do_daily(on=TODAY)
            assert not Session.objects.exists()

    def test_who_signs_in_within_the_hour_stays_in_after_it(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        with time_machine.travel(self.NINE, tick=False) as clock:
            client = Client()
            client.post(form_of(world.pairing), sent)
            client.force_login(world.mentors_head)
            clock.shift(timedelta(hours=2))
            assert client.get("/days/").status_code == 200

    def test_in_a_session_that_goes_on_it_is_dropped_by_the_next_page(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        with time_machine.travel(self.NINE, tick=False) as clock:
            client = Client(enforce_csrf_checks=True)
            client.force_login(world.mentors_head)
            client.post(form_of(world.pairing), sent)
            clock.shift(timedelta(seconds=kept_forms.KEPT_SECONDS - 1))
            client.get("/days/")
            assert kept_forms.KEY in client.session
            clock.shift(timedelta(seconds=2))
            assert client.get("/days/").status_code == 200
            assert kept_forms.KEY not in client.session

    def test_only_forms_that_are_marked_are_kept(
        self, world: World, sent: dict[str, Any]
    ) -> None:
        client = Client()
        client.post("/days/to-confirm/", sent)
        client.post(form_of(world.pairing), {**sent, "note": "x" * 10_001})
        assert kept_forms.KEY not in client.session


@pytest.mark.parametrize(
    ("kind", "status"), [(Role.Kind.DELEGATE, 200), (Role.Kind.FINANCE, 403)]
)
def test_a_delegate_logs_and_others_may_not(
    world: World, kind: Role.Kind, status: int
) -> None:
    is_delegate = kind == Role.Kind.DELEGATE
    school = world.mentee.school if is_delegate else None
    client = browser(factories.RoleFactory.create(kind=kind, school=school).user)
    assert client.get(form_of(world.pairing)).status_code == status
