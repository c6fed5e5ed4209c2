"""Pages with figures say when these are being worked out again."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.mark_stale import mark_stale
from mentoring.models import Programme
from tests.harness.cast import Scene
from tests.harness.worker import work

pytestmark = pytest.mark.django_db
LAST = "Until then you see the last ones, worked out at "
SAID = "figures are being worked out again"


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


def test_it_is_said_how_old_the_figures_are(scene: Scene) -> None:
    client = scene.client("officer")
    mark_stale()
    Programme.objects.update(figures_taken_in_at=None)
    assert LAST not in text(client)
    Programme.objects.update(
        figures_taken_in_at=datetime(2006, 11, 20, 9, 5, tzinfo=UTC)
    )
    assert f"{LAST}09:05 by the same clock. " in text(client)


def text(client: Client) -> str:
    """Return the dashboard with single spaces."""
    return " ".join(client.get(reverse("impact")).content.decode().split())
