"""Every address, every one of the cast, every kind of object."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tables2 import Table

from tests.harness.cast import CAST, Scene
from tests.walk import resolver
from tests.walk.access import ACCESS, MISSING
from tests.walk.lists import LISTS

CHANGES_EACH_TIME = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'(?:data-)?request-id="[^"]*"'),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer: what was asked, by whom, and what it cost."""

    method: str
    kind: str
    who: str
    path: str
    response: HttpResponse
    queries: int

    def __str__(self) -> str:
        return f"{self.method} {self.kind} by {self.who}"

    @property
    def body(self) -> bytes:
        """The body without what differs from one answer to the next anyway."""
        kept = self.response.content.replace(self.path.encode(), b"[path]")
        for changing in CHANGES_EACH_TIME:
            kept = changing.sub(b"", kept)
        return kept


@contextmanager
def _undone() -> Iterator[None]:
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


def _ask(client: Client, method: str, path: str, sent: dict[str, Any]) -> Any:
    return client.get(path, sent) if method == "get" else client.post(path, sent)


def _visits(scene: Scene, name: str) -> Iterator[tuple[Visit, int]]:
    """Make every visit the row of `name` asks for, with the status it expects."""
    row = ACCESS[name]
    for who in CAST:
        client = scene.client(who)
        for method, table in (("get", row.get), ("post", row.post)):
            for kind, expected in table.items():
                path = reverse(name, kwargs=row.arguments[kind](scene, who))
                with _undone(), CaptureQueriesContext(connection) as captured:
                    response = _ask(client, method, path, row.sent(scene, who))
                queries = [
                    query["sql"]
                    for query in captured.captured_queries
                    if "SAVEPOINT" not in query["sql"]
                ]
                yield (
                    Visit(method, kind, who, path, response, len(queries)),
                    expected[who],
                )


def test_every_url_has_a_row() -> None:
    in_resolver, in_table = Counter(resolver.names()), Counter(list(ACCESS))
    assert sorted(in_resolver - in_table) == []  # addresses without a row
    assert sorted(in_table - in_resolver) == []  # rows without an address


def _wrong_with(visit: Visit, expected: int, row_allows: int) -> Iterator[str]:
    status = visit.response.status_code
    if status != expected:
        yield f"{visit}: answered {status}, not {expected}"
    if visit.who == "anonymous" and expected == 302 and visit.kind != "own":
        location = visit.response.headers.get("Location", "")
        if not location.startswith(reverse("account_login")):
            yield f"{visit}: sent to {location!r} instead of to sign in"
    if visit.queries > row_allows:
        yield f"{visit}: {visit.queries} queries"
    if "Content-Security-Policy" not in visit.response.headers:
        yield f"{visit}: no content security policy"


@pytest.mark.parametrize("name", ACCESS)
def test_access(scene: Scene, name: str) -> None:
    wrong: list[str] = []
    refusals: dict[tuple[str, str, int], dict[str, bytes]] = {}
    for visit, expected in _visits(scene, name):
        wrong += _wrong_with(visit, expected, ACCESS[name].most_queries)
        if (status := visit.response.status_code) in {403, 404}:
            key = (visit.method, visit.who, status)
            refusals.setdefault(key, {})[visit.kind] = visit.body
    for (method, who, _status), bodies in refusals.items():
        if len(set(bodies.values())) > 1:
            wrong.append(f"{method} by {who}: the refusals tell {sorted(bodies)} apart")
    assert not wrong, "\n".join(wrong)


def _tables_in(layers: Any) -> Iterator[str]:
    for layer in getattr(layers, "dicts", (layers,)):
        for key, value in layer.items():
            if isinstance(value, Table):
                yield key


@pytest.mark.parametrize("name", ACCESS)
def test_a_page_with_a_list_is_in_the_table_of_lists(scene: Scene, name: str) -> None:
    row = ACCESS[name]
    for who in row.seen_by:
        path = reverse(name, kwargs=row.arguments["own"](scene, who))
        context = scene.client(who).get(path, row.sent(scene, who)).context
        shown = {key for layers in context or () for key in _tables_in(layers)}
        assert not shown or name in LISTS, f"add {name} to tests/walk/lists.py"


def test_the_missing_object_is_nobodys(scene: Scene) -> None:
    assert MISSING not in {scene.mentee.pk, scene.stranger.pk, scene.mentee.urn}
