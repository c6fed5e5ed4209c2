"""`manage.py demo`, with a world of few schools in place of the large one."""

import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mentoring.demo.people import PEOPLE
from mentoring.demo.world import World
from mentoring.models import Membership, Programme
from schools.models import School, User
from tests.factories import EstablishmentFactory

pytestmark = pytest.mark.django_db

SET_TO_SERVE = (
    "ALLOWED_HOSTS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)


@pytest.fixture(autouse=True)
def _few_schools(monkeypatch: pytest.MonkeyPatch, few_schools: World) -> None:
    monkeypatch.setattr(
        "mentoring.demo.world.build_world", lambda _settings: few_schools
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_it_fills_an_empty_database_and_prints_a_sign_in_for_each_role() -> None:
    said = run("--no-serve", "--password", "told by me", "--port", "8123")
    assert Membership.objects.count() == 46 + 4 + 7  # invited, or declined
    for person in PEOPLE:
        line = next(line for line in said.splitlines() if person.email in line)
        assert line.startswith(person.what)
        assert line.endswith("told by me")
        assert User.objects.get(email=person.email).check_password("told by me")
    table = [line for line in said.splitlines() if "@schools.example" in line]
    assert len({line.index("told by me") for line in table}) == 1
    assert "http://127.0.0.1:8123/" in said
    assert "not real" in said


def test_a_second_run_keeps_what_is_there_and_sets_a_new_password() -> None:
    run("--no-serve", "--password", "the first")
    kept = School.objects.order_by("pk").first()
    said = run("--no-serve", "--password", "the second")
    assert "kept" in said
    assert School.objects.order_by("pk").first() == kept
    staff = User.objects.get(email="staff@schools.example")
    assert staff.check_password("the second")


def test_unasked_the_password_is_new_each_time() -> None:
    first, second = run("--no-serve"), run("--no-serve")
    passwords = {
        line.split()[-1]
        for said in (first, second)
        for line in said.splitlines()
        if "staff@" in line
    }
    assert len(passwords) == 2
    assert min(map(len, passwords)) >= 12


def test_fresh_makes_it_anew() -> None:
    run("--no-serve")
    User.objects.filter(email="staff@schools.example").update(name="Somebody else")
    said = run("--no-serve", "--fresh")
    assert "kept" not in said
    assert User.objects.get(email="staff@schools.example").name == "Orla Brennavere"
    assert Membership.objects.count() == 46 + 4 + 7  # invited, or declined


def test_another_world_is_not_laid_over_the_one_that_is_there() -> None:
    assert "The few schools world" in run("--no-serve")
    with pytest.raises(CommandError, match="--fresh makes it anew as the nothing"):
        run("--no-serve", "--world", "nothing")
    assert Programme.the().demo_world == "few schools"


@pytest.mark.parametrize("fresh", [(), ("--fresh",)])
def test_a_database_of_real_schools_is_refused(fresh: tuple[str, ...]) -> None:
    EstablishmentFactory.create()
    with pytest.raises(
        CommandError, match="holds real schools: name another one in DATABASE_URL"
    ):
        run("--no-serve", *fresh)
    assert School.objects.count() == 1


def test_a_port_in_use_is_said_before_anything_is_done(taken_port: int) -> None:
    with pytest.raises(CommandError, match=f"Port {taken_port} is in use"):
        run("--port", str(taken_port))
    assert not School.objects.exists()


def test_only_this_machine_is_served_and_over_plain_http(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr("waitress.serve", lambda _app, **options: asked.update(options))
    monkeypatch.setattr(settings, "DEBUG", True)  # so that nothing is collected
    for name in SET_TO_SERVE:
        monkeypatch.setattr(settings, name, getattr(settings, name, None))
    said = run("--port", "0")
    assert asked["host"] == "127.0.0.1"
    assert asked["threads"] > 1
    assert settings.ALLOWED_HOSTS == ["127.0.0.1", "localhost"]
    assert settings.SECURE_SSL_REDIRECT is False
    assert said.endswith("Stopped.\n")
