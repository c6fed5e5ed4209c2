from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from mentoring.demo.load import load_world
from mentoring.demo.parameters import HEADLINE, WorldSettings
from mentoring.demo.people import set_password
from mentoring.demo.world import World, build_world

PASSWORD = "a demonstration's password"

SMALL = WorldSettings(
    name="few schools", schools=300, mentees=40, mentors=6, displayed_gain=None
)
"""Enough schools for every irregular one, and quick to write."""


@pytest.fixture(scope="session")
def world() -> World:
    return build_world(HEADLINE)


@pytest.fixture(scope="session")
def few_schools() -> World:
    return build_world(SMALL)


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, world: World
) -> Iterator[list[str]]:
    """Write the headline world once for the module; give the steps it told."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_world(world, told.append)
        set_password(PASSWORD)
        yield told
        transaction.set_rollback(True)
