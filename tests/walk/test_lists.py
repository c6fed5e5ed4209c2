"""A list costs as many queries with thirty rows as with one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.harness.cast import Scene
from tests.walk.access import ACCESS
from tests.walk.lists import LISTS


def _cost(scene: Scene, name: str) -> list[str]:
    path = reverse(name, kwargs=ACCESS[name].arguments["own"](scene, "officer"))
    client = scene.client("officer")
    client.get(path)  # what the first visit alone pays
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same(scene: Scene, name: str) -> None:
    LISTS[name](scene, 1)
    with_one = _cost(scene, name)
    LISTS[name](scene, 29)
    with_thirty = _cost(scene, name)
    assert len(with_thirty) == len(with_one), "\n".join(with_thirty)
