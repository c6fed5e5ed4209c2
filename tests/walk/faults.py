"""The pages of what goes wrong, each brought about in the application itself.

They answer what no address gives by itself: a database that is busy, too many tries.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client, override_settings

from tests.harness.cast import Scene

TRIES = 31
"""One more than may be wrong in five minutes."""


def patient(client: Client) -> Client:
    """Return a client that is answered where the application breaks."""
    client.raise_request_exception = False
    return client


@contextmanager
def held(table: str, mode: str = "SHARE") -> Iterator[None]:
    """Let another connection hold the lock to write; this one gives up on it soon."""
    on_sqlite = connection.vendor == "sqlite"
    other = connection.copy()
    with connection.cursor() as cursor:
        wait = "PRAGMA busy_timeout = 50" if on_sqlite else "SET lock_timeout = '50ms'"
        cursor.execute(wait)
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if on_sqlite else "BEGIN")
        if not on_sqlite:
            cursor.execute(f'LOCK TABLE "{table}" IN {mode} MODE')
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
            other.close()
            connection.close()  # with its short patience


def renamed(client: Client) -> dict[str, Any]:
    """Return the programme's settings as the page has them, with another name."""
    form = client.get("/programme/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in sent.items()} | {
        "name": "Renamed"
    }


def busy_reading(scene: Scene) -> Any:
    """Return the answer to a page that could not be read in time."""
    client = patient(scene.client("officer"))
    with override_settings(SESSION_SAVE_EVERY_REQUEST=True), held("django_session"):
        return client.get("/schools/")


def busy_saving(scene: Scene) -> Any:
    """Return the answer to what had to wait too long, and was not saved."""
    client = patient(scene.client("officer"))
    sent = renamed(client)
    with held("mentoring_programme"):
        return client.post("/programme/", sent)


def busy_after_saving(scene: Scene) -> Any:
    """Return the answer where nobody can be sure that it was saved."""
    client = patient(scene.client("two_roles"))
    role = scene.cast["two_roles"].roles.latest("pk")
    with held("django_session"):
        return client.post(f"/role/{role.pk}/")


def too_many_tries(scene: Scene) -> Any:
    """Return the answer to one more wrong password than may be."""
    client = Client()
    sent = {"login": scene.cast["officer"].email, "password": "not this one"}
    answers = [client.post("/account/sign-in/", sent) for _ in range(TRIES)]
    return answers[-1]


def out_of_date(scene: Scene) -> Any:
    """Return the answer to a form without the mark of its page."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = scene.client("officer").cookies
    return client.post("/programme/", {"name": "Renamed"})


def not_understood(scene: Scene) -> Any:
    """Return the answer to a form with more fields than any page has."""
    client = scene.client("officer")
    return client.post("/programme/", {f"field{number}": "" for number in range(2000)})


def broken(scene: Scene) -> Any:
    """Return the answer where a table is missing: a fault of ours."""
    client = patient(scene.client("officer"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mentoring_savedview RENAME TO elsewhere")
    try:
        return client.get("/schools/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO mentoring_savedview")


FAULTS: dict[str, tuple[int, str, Callable[[Scene], Any]]] = {
    "busy_reading": (503, "The site is busy", busy_reading),
    "busy_saving": (503, "The site is busy: nothing was saved", busy_saving),
    "busy_after_saving": (
        503,
        "The site is busy: what you sent may not have been saved",
        busy_after_saving,
    ),
    "too_many_tries": (429, "Too many tries in a short time", too_many_tries),
    "out_of_date": (403, "This form is out of date", out_of_date),
    "not_understood": (400, "This request could not be understood", not_understood),
    "broken": (500, "Something went wrong on our side", broken),
}
"""By name: the status, the heading, and what brings the page about."""
