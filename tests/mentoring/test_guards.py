"""How long sessions last, and what ends them."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from mentoring.actions.add_person import add_person
from mentoring.actions.end_role import end_role
from tests import factories
from tests.harness.cast import TODAY, Scene

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 60 * 60
GUARDED = ("officer", "finance", "administrator")
OTHERS = ("mentee_head", "delegate", "director", "evaluator")


def after(seconds: float, client: Client, path: str = "/schools/") -> int:
    """Open a page so many seconds from now; return its status."""
    with time_machine.travel(time.time() + seconds, tick=False):
        return client.get(path).status_code


@pytest.mark.parametrize("who", GUARDED)
def test_those_who_could_do_most_harm_are_out_after_half_an_hour(
    scene: Scene, who: str
) -> None:
    client = scene.client(who)
    assert after(0, client) == 200
    assert after(29 * MINUTE, client) == 200
    assert after(29 * MINUTE + 29 * MINUTE, client) == 200  # idle since then alone
    assert after(29 * MINUTE + 29 * MINUTE + 30 * MINUTE, client) == 302
    assert after(0, client) == 302  # it does not come back


@pytest.mark.parametrize("who", OTHERS)
def test_others_stay_for_twelve_hours(scene: Scene, who: str) -> None:
    client = scene.client(who)
    assert after(0, client) == 200
    assert after(11 * HOUR, client) == 200
    assert after(12 * HOUR - 1, client) == 200
    assert after(12 * HOUR, client) == 302


def test_nobody_stays_longer_by_being_busy(scene: Scene) -> None:
    client = scene.client("officer")
    statuses = [after(20 * MINUTE * step, client) for step in range(37)]
    assert statuses == [200] * 36 + [302]


def test_the_way_back_and_the_reason_are_given(scene: Scene) -> None:
    client = scene.client("officer")
    client.get("/")
    with time_machine.travel(time.time() + 31 * MINUTE, tick=False):
        answer = client.get("/schools/?q=alder", follow=True)
    assert answer.redirect_chain == [
        ("/account/sign-in/?next=%2Fschools%2F%3Fq%3Dalder", 302)
    ]
    assert "Nothing was done for 30 minutes" in answer.content.decode()


def test_the_last_page_is_noted_once_a_minute(scene: Scene) -> None:
    """Each note is a write; pages are many."""
    client = scene.client("officer")
    client.get("/")
    with time_machine.travel(time.time() + 61, tick=False):
        client.get("/")
        noted = client.session["seen_at"]
    with time_machine.travel(noted + 59, tick=False):
        client.get("/")
        assert client.session["seen_at"] == noted


def test_sessions_end_when_a_role_is_given_or_taken(scene: Scene) -> None:
    evaluator = scene.cast["evaluator"]
    client = scene.client("evaluator")
    assert client.get("/schools/").status_code == 200
    add_person(
        email=evaluator.email, name="", password=None, kind="staff", by=None, on=TODAY
    )
    assert client.get("/schools/").status_code == 302
    evaluator.refresh_from_db()
    client = scene.client("evaluator")
    assert client.get("/schools/").status_code == 200
    end_role(
        role=scene.roles["evaluator"],
        ended=TODAY + timedelta(days=30),
        reason="Leaves",
        by=scene.cast["administrator"],
        on=TODAY,
    )
    assert client.get("/schools/").status_code == 302
    assert scene.client("mentee_head").get("/schools/").status_code == 200


def test_other_sessions_end_when_the_password_changes(scene: Scene) -> None:
    here, elsewhere = scene.client("mentee_head"), scene.client("mentee_head")
    new = "three plain words"
    form = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/change/", form).status_code == 302
    assert here.get("/schools/").status_code == 200
    assert elsewhere.get("/schools/").status_code == 302


ASKED = ("/people/invite/", "/people/roles/{role}/end/")


@pytest.mark.parametrize("path", ASKED)
def test_inviting_and_ending_ask_who_it_is_after_a_while(
    scene: Scene, path: str
) -> None:
    path = path.format(role=scene.roles["mentee_head"].pk)
    client = scene.client("officer")
    assert client.get(path).status_code == 200
    with time_machine.travel(time.time() + 16 * MINUTE, tick=False):
        answer = client.get(path)
        assert answer["Location"].startswith("/account/confirm/?next=")
        wrong = client.post(answer["Location"], {"password": "something else"})
        assert wrong.status_code == 200
        assert client.get(path).status_code == 302
        client.post(answer["Location"], {"password": factories.PASSWORD})
        assert client.get(path).status_code == 200


def test_what_was_typed_is_done_once_the_person_has_confirmed(scene: Scene) -> None:
    role, client = scene.roles["mentee_head"], scene.client("officer")
    form = {"ended": "2006-11-30", "reason": "Retires"}
    with time_machine.travel(time.time() + 16 * MINUTE, tick=False):
        answer = client.post(f"/people/roles/{role.pk}/end/", form)
        role.refresh_from_db()
        assert role.ended is None
        done = client.post(answer["Location"], {"password": factories.PASSWORD})
        assert done["Location"] == "/people/"
    role.refresh_from_db()
    assert str(role.ended) == "2006-11-30"


def test_signing_in_counts_as_having_confirmed(scene: Scene) -> None:
    client = Client()
    form = {"login": "officer@example.org", "password": factories.PASSWORD}
    client.post("/account/sign-in/", form)
    assert client.get("/people/invite/").status_code == 200


def test_a_session_nobody_confirmed_may_look_but_not_invite(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.cast["officer"])
    assert client.get("/people/").status_code == 200
    assert client.get("/people/invite/").status_code == 302


def test_time_counts_from_signing_in_although_no_page_was_opened(scene: Scene) -> None:
    assert after(29 * MINUTE, scene.client("officer")) == 200
    assert after(31 * MINUTE, scene.client("officer")) == 302
