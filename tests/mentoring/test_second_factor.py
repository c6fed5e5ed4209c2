"""The second factor: who must have one, setting it up, and signing in with it."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from schools.models import Role, User
from tests import factories
from tests.mentoring.actions.own_mail import mailed_path

pytestmark = pytest.mark.django_db(transaction=True)
GUARDED = ("staff", "finance", "administrator")
SET_UP = "/account/second-factor/"
APP = "/account/second-factor/app/"
CODE = "/account/sign-in/code/"


def code_of(user: User) -> str:
    """Return what the person's app shows now."""
    secret = Authenticator.objects.get(user=user, type="totp").data["secret"]
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return shown


def person(kind: str) -> User:
    """Return somebody of a real programme with a role of `kind`."""
    places: dict[str, dict[str, object]] = {
        "head": {"school": factories.EstablishmentFactory.create().school},
        "delegate": {"school": factories.EstablishmentFactory.create().school},
        "director": {"trust": factories.TrustFactory.create()},
    }
    role: Role = factories.RoleFactory.create(kind=kind, **places.get(kind, {}))
    return role.user


def signed_in(user: User) -> Client:
    """Return a browser in which the person has given the password."""
    client = Client()
    form = {"login": user.email, "password": factories.PASSWORD}
    client.post("/account/sign-in/", form)
    return client


def set_up(user: User) -> Client:
    """Set up an app for the person; return the browser in which it was done."""
    client = signed_in(user)
    secret = client.get(APP).context["form"].secret
    shown = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(APP, {"code": shown})["Location"] == f"{SET_UP}codes/"
    return client


@pytest.mark.parametrize("kind", Role.Kind.values)
def test_who_could_do_most_harm_must_set_one_up(kind: str) -> None:
    client = signed_in(person(kind))
    for path in ("/", "/schools/", "/people/"):
        sent_away = client.get(path).headers.get("Location") == SET_UP
        assert sent_away is (kind in GUARDED)
    assert client.get(SET_UP).status_code == 200


def test_a_demonstrations_printed_sign_ins_need_none() -> None:
    factories.ProgrammeFactory.create(demo_today=factories.MUCH_LATER)
    assert signed_in(person("staff")).get("/schools/").status_code == 200


def test_a_second_role_counts_although_another_is_acted_in() -> None:
    user = person("evaluator")
    factories.RoleFactory.create(user=user, kind="finance")
    assert signed_in(user).get("/")["Location"] == SET_UP


def test_an_app_is_set_up_and_asked_for_from_then_on() -> None:
    user = person("staff")
    client = set_up(user)
    codes = client.get(f"{SET_UP}codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/schools/").status_code == 200
    with time_machine.travel(time.time() + 90, tick=False):
        again = signed_in(user)
        assert again.get("/schools/")["Location"].startswith("/account/sign-in/")
        wrong = again.post(CODE, {"code": "000000"})
        assert "This code is not right" in wrong.content.decode()
        assert again.get("/schools/").status_code == 302
        assert again.post(CODE, {"code": code_of(user)}).status_code == 302
        assert again.get("/schools/").status_code == 200


def test_a_code_works_once() -> None:
    user = person("staff")
    set_up(user)
    with time_machine.travel(time.time() + 90, tick=False):
        code = code_of(user)
        assert signed_in(user).post(CODE, {"code": code}).status_code == 302
        again = signed_in(user).post(CODE, {"code": code})
        assert "was used already" in again.content.decode()


def test_a_recovery_code_lets_in_once() -> None:
    user = person("finance")
    code = set_up(user).get(f"{SET_UP}codes/").context["unused_codes"][3]
    lost = signed_in(user)
    lost.post(CODE, {"code": code})
    assert lost.get("/schools/").status_code == 200
    again = signed_in(user).post(CODE, {"code": code})
    assert "This code is not right" in again.content.decode()


def test_sessions_begun_without_it_end_when_it_is_set_up() -> None:
    user = person("staff")
    other = signed_in(user)
    assert other.get(SET_UP).status_code == 200
    set_up(user)
    assert other.get(SET_UP)["Location"].startswith("/account/sign-in/")


def test_a_session_that_did_not_show_it_gets_nowhere() -> None:
    """However it came to be: the factor is asked for, not only held."""
    user = person("staff")
    set_up(user)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get("/schools/")["Location"].startswith("/account/confirm/")


def test_a_role_given_later_asks_for_it_at_once() -> None:
    user = person("head")
    client = signed_in(user)
    assert client.get("/").status_code == 200
    factories.RoleFactory.create(user=user, kind="staff")
    assert client.get("/")["Location"] == SET_UP


@pytest.mark.parametrize(("kind", "may"), [("staff", False), ("head", True)])
def test_the_last_factor_of_who_needs_one_stays(kind: str, may: bool) -> None:  # noqa: FBT001 -- a column
    user = person(kind)
    client = set_up(user)
    page = client.get(f"{APP}remove/").content.decode()
    assert ("Add another first" in page) is not may
    client.post(f"{APP}remove/")
    assert Authenticator.objects.filter(user=user).exists() is not may


def test_the_picture_to_scan_has_no_style_and_comes_from_nowhere() -> None:
    client = signed_in(person("staff"))
    answer = client.get(APP)
    page = answer.content.decode()
    assert '<svg class="scanned"' in page
    assert "style=" not in page
    assert "data:image" not in page
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_what_is_typed_is_limited() -> None:
    """Six figures are guessed in time, where nobody counts."""
    user = person("staff")
    set_up(user)
    client = signed_in(user)
    said = [
        client.post(CODE, {"code": f"{guess:06}"}).content.decode()
        for guess in range(6)
    ]
    assert "This code is not right" in said[0]
    assert "Too many failed" in said[-1]


def test_from_an_invitation_to_the_first_page_of_finance() -> None:
    administrator = set_up(person("administrator"))
    form = {"kind": "finance", "name": "Fay", "email": "fay@example.org"}
    administrator.post("/people/invite/", form)
    visitor, path = Client(), mailed_path()
    words = "plum wagon lantern"
    visitor.post(path, {"name": "Fay", "password": words, "password_again": words})
    assert visitor.get("/")["Location"] == SET_UP
    # Who has just chosen a password is not asked for it again.
    secret = visitor.get(APP).context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    visitor.post(APP, {"code": code})
    assert visitor.get("/schools/").status_code == 200
    assert len(mail.outbox) == 1
