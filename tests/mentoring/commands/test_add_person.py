"""Letting a person in from the shell."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mentoring.models import Event
from schools.models import Role, User
from tests.factories import EstablishmentFactory, ProgrammeFactory

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


LIMITS = {"--scope": "log", "--ends": "2007-08-31"}


@pytest.fixture
def in_2006() -> None:
    ProgrammeFactory.create(demo_today=date(2006, 11, 20))


def add_delegate(**limits: str) -> str:
    urn = str(EstablishmentFactory.create().urn)
    given = [word for pair in limits.items() for word in pair]
    return add("d@example.org", "D", "--role", "delegate", "--school", urn, *given)


@pytest.mark.parametrize("left_out", [{"--scope"}, {"--ends"}, set(LIMITS)])
@pytest.mark.usefixtures("in_2006")
def test_a_delegate_needs_a_scope_and_an_end(left_out: set[str]) -> None:
    given = {name: value for name, value in LIMITS.items() if name not in left_out}
    with pytest.raises(CommandError, match=r"by --scope log .* by --ends YYYY-MM-DD"):
        add_delegate(**given)
    assert not User.objects.exists()


@pytest.mark.usefixtures("in_2006")
def test_a_delegate_is_let_in_with_both() -> None:
    assert add_delegate(**LIMITS).startswith("D may sign in as: Delegate of the head")
    role = Role.objects.get()
    assert (role.scope, role.ended) == ("log", date(2007, 8, 31))


@pytest.mark.usefixtures("in_2006")
def test_a_last_day_that_is_over_is_refused() -> None:
    with pytest.raises(CommandError, match="cannot be in the past"):
        add_delegate(**{**LIMITS, "--ends": "2006-11-19"})
    assert not User.objects.exists()


def test_a_scope_is_a_delegates_alone() -> None:
    with pytest.raises(CommandError, match="Only a delegate's role has a scope"):
        add("x@example.org", "X", "--role", "staff", "--scope", "log")
    assert not User.objects.exists()


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        add("x@example.org", "X", "--role", "staff")


def test_the_same_role_twice_is_refused() -> None:
    add("x@example.org", "X", "--role", "staff")
    with pytest.raises(CommandError, match="already has this role"):
        add("x@example.org", "X", "--role", "staff")
