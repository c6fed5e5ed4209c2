import pytest

from mentoring.demo.parameters import HEADLINE, WorldSettings
from mentoring.demo.world import World, build_world

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
