"""Pages with figures say when these are being worked out again."""

import pytest
from django.urls import reverse

from mentoring.actions.mark_stale import mark_stale
from tests.harness.cast import Scene
from tests.harness.worker import work

pytestmark = pytest.mark.django_db
SAID = "These figures are being worked out again"


@pytest.mark.parametrize("name", ["impact", "schools", "school", "trust"])
def test_it_is_said_until_the_worker_has_been(scene: Scene, name: str) -> None:
    work()
    client = scene.client("officer")
    pk = {"school": scene.mentee.pk, "trust": scene.trust.pk}.get(name)
    address = reverse(name, kwargs={"pk": pk} if pk else None)
    assert SAID not in client.get(address).content.decode()
    mark_stale()
    assert SAID in client.get(address).content.decode()
    work()
    assert SAID not in client.get(address).content.decode()
