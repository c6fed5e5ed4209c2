"""What watches over the site can tell whether it lives and whether it can serve."""

import pytest
from django.db import DatabaseError, Error, InterfaceError, connection
from django.test import Client

from mentoring.views import health


def test_it_lives_without_a_question_to_the_database(client: Client) -> None:
    # Nothing here lets the test near a database.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_it_is_ready_once_the_database_is_migrated(client: Client) -> None:
    assert client.get("/readyz").content == b"ready\n"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'mentoring'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"has not been migrated" in answer.content


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_it_says_that_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Error]
) -> None:
    def away(_connection: object) -> None:
        raise error("at db.example as a user with a password")

    monkeypatch.setattr(health, "MigrationExecutor", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"the database does not answer\n",
    )


def test_neither_is_sent_to_https(client: Client, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert client.get("/healthz").status_code == 200
