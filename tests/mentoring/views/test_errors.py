"""A database that is busy or away: 503 with what to do, and nothing half saved."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client

from mentoring.busy import Busy, busy_of
from mentoring.models import Event, Programme
from mentoring.page_connections import wait_at_most
from tests import factories
from tests.harness import cast
from tests.harness.cast import Scene
from tests.walk.faults import held, patient, renamed

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return cast.build()


@pytest.fixture
def officer(scene: Scene) -> Client:
    return patient(scene.client("officer"))


def words(answer: Any) -> str:
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "no-store" in answer["Cache-Control"]
    assert "style=" not in answer.content.decode()
    assert "<script" not in answer.content.decode()
    return " ".join(answer.content.decode().split())


def test_what_waited_too_long_is_not_saved_and_says_so(officer: Client) -> None:
    sent, before = renamed(officer), Programme.the().name
    with held("mentoring_programme"):
        said = words(officer.post("/programme/", sent))
    assert "The site is busy: nothing was saved" in said
    assert "Go back in your browser" in said
    assert Programme.the().name == before
    # The same, sent again once the other is done.
    assert officer.post("/programme/", sent).status_code == 302
    assert Programme.the().name == "Renamed"


def test_someone_who_signs_in_meanwhile_is_told_to_try_again(
    scene: Scene, client: Client
) -> None:
    email = scene.cast["officer"].email
    sent = {"login": email, "password": factories.PASSWORD}
    with held("django_session"):
        answer = patient(client).post("/account/sign-in/", sent)
    if ON_SQLITE:
        # The count of tries cannot be written, which is taken for too many.
        assert answer.status_code == 429
        assert "while the site is busy" in answer.content.decode()
    else:
        assert "The site is busy" in words(answer)
    assert client.post("/account/sign-in/", sent).status_code == 302


def test_too_many_tries_are_told_in_words(scene: Scene, client: Client) -> None:
    sent = {"login": scene.cast["officer"].email, "password": "not this one"}
    answers = [client.post("/account/sign-in/", sent) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait five minutes" in answers[-1].content.decode()
    assert 'id="main"' in answers[-1].content.decode()


def test_where_the_session_alone_waits_it_does_not_say_that_nothing_was_saved(
    scene: Scene,
) -> None:
    """The view has answered: what it saved is saved."""
    client = patient(scene.client("two_roles"))
    role = scene.cast["two_roles"].roles.latest("pk")
    address = f"/role/{role.pk}/"
    with held("django_session"):
        said = words(client.post(address))
    assert "may not have been saved" in said
    assert client.post(address).status_code == 302


def test_a_fault_of_ours_stays_one(officer: Client) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as caught:
        cursor.execute("SELECT 1 FROM no_such_table")
    assert busy_of(caught.value) is None
    assert busy_of(ValueError("database is locked")) is None
    assert busy_of(None) is None


@contextmanager
def row_held(*, waits_at_most: float) -> Iterator[None]:
    """Let another connection hold the programme's row, as a long import may."""
    plain = dict(connection.settings_dict["OPTIONS"])
    wait_at_most(waits_at_most, connection.settings_dict)
    other = connection.copy()
    connection.close()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM mentoring_programme FOR UPDATE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()
        connection.settings_dict["OPTIONS"] = plain
        connection.close()  # with its short patience


@pytest.mark.postgresql
def test_a_page_does_not_wait_for_ever_for_a_row_that_is_held(officer: Client) -> None:
    sent, before = renamed(officer), Programme.the().name
    with row_held(waits_at_most=0.2):
        assert officer.get("/schools/").status_code == 200
        said = words(officer.post("/programme/", sent))
    assert "The site is busy: nothing was saved" in said
    assert Programme.the().name == before
    assert officer.post("/programme/", sent).status_code == 302


@pytest.mark.postgresql
@pytest.mark.parametrize(("imported", "wait"), [("mentoring.wsgi", "20s"), ("", "0")])
def test_pages_alone_have_a_limit_to_what_they_wait(
    transactional_db: None, imported: str, wait: str
) -> None:
    """Commands and the worker wait as long as an import takes."""
    assert told_by_a_process("SHOW lock_timeout", imported) == wait


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("imported", "kept"), [("mentoring.wsgi", "-16000"), ("", "-4000")]
)
def test_pages_alone_keep_much_of_the_database(imported: str, kept: str) -> None:
    """Imports keep to the memory they had."""
    assert told_by_a_process("PRAGMA cache_size", imported) == kept


def told_by_a_process(statement: str, imported: str) -> str:
    """Return what a process of its own is told, after it imported a module."""
    asked = (
        f"{f'import {imported};' if imported else ''}"
        "from django.db import connection as c; q = c.cursor();"
        f"q.execute('{statement}'); print(q.fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", asked],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.mark.postgresql
def test_a_page_that_cannot_be_read_asks_to_load_it_again(officer: Client) -> None:
    with held("mentoring_programme", "ACCESS EXCLUSIVE"):
        said = words(officer.get("/schools/"))
    assert "<h1>The site is busy</h1>" in said
    assert "saved" not in said


@pytest.mark.postgresql
def test_a_connection_lost_while_saving_says_to_look_first(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = renamed(officer)
    plain = Event.record

    def cut(*given: Any, **named: Any) -> Event:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (mine,) = cursor.fetchone()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])
        other.close()
        return plain(*given, **named)

    monkeypatch.setattr(Event, "record", cut)
    said = words(officer.post("/programme/", sent))
    assert "what you sent may not have been saved" in said
    connection.close()
    assert Programme.the().name != "Renamed"


@pytest.mark.postgresql
def test_what_postgresql_says_is_told_apart(transactional_db: None) -> None:
    def busy(sql: str) -> Busy | None:
        with connection.cursor() as cursor, pytest.raises(DatabaseError) as caught:
            cursor.execute(sql)
        return busy_of(caught.value)

    waited, away = Busy(is_lost=False), Busy(is_lost=True)
    assert busy("SET statement_timeout = 20; SELECT pg_sleep(2)") == waited
    for code, expected in {
        "40001": waited,
        "40P01": waited,
        "55P03": waited,
        "08006": away,
        "53300": away,
        "57P01": away,
        "58030": None,  # the disk: waiting does not help
        "23505": None,
    }.items():
        raised = f"DO $$ BEGIN RAISE 'x' USING ERRCODE = '{code}'; END $$"
        assert busy(raised) == expected, code
    assert busy_of(InterfaceError("connection already closed")) == away
    connection.close()  # with its short patience
