"""Letting a person in from the shell."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mentoring.models import Event
from schools.models import Role, User
from tests.factories import EstablishmentFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quite-a-long-phrase-7"


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def add(*arguments: str) -> str:
    out = io.StringIO()
    call_command("add_person", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_can_sign_in(client: Client) -> None:
    said = add("first@example.org", "First", "--role", "administrator")
    assert said == "First may sign in as: Administrator.\n"
    answer = client.post(
        "/account/sign-in/", {"login": "First@Example.org", "password": PASSWORD}
    )
    assert answer.status_code == 302
    # What comes first is a second factor; see test_second_factor.
    assert client.get("/programme/")["Location"] == "/account/second-factor/"
    assert Event.objects.get().verb == "gave a role"


def test_a_known_person_gets_a_further_role() -> None:
    add("two@example.org", "Two", "--role", "staff")
    held = User.objects.get().password
    urn = EstablishmentFactory.create().urn
    add("TWO@example.org", "Two", "--role", "head", "--school", str(urn))
    assert User.objects.get().password == held
    assert set(Role.objects.values_list("kind", flat=True)) == {"staff", "head"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--role", "head"), "Heads and delegates belong to a school"),
        (("--role", "head", "--school", "999999"), "No school has the URN 999999"),
        (("--role", "director", "--trust", "7"), "no trust with the group number 7"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        add("x@example.org", "X", *arguments)
    assert not User.objects.exists()


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        add("x@example.org", "X", "--role", "staff")


def test_the_same_role_twice_is_refused() -> None:
    add("x@example.org", "X", "--role", "staff")
    with pytest.raises(CommandError, match="already has this role"):
        add("x@example.org", "X", "--role", "staff")
