"""Delegates of before get a scope and an end, and keep what they have of them."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from schools.models import Role
from tests import factories
from tests.harness import database

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = ("schools", "0014_one_role_at_a_time")
IN_NOVEMBER = datetime(2026, 11, 28, 9, tzinfo=ZoneInfo("Europe/London"))
STARTED, SET = date(2024, 9, 1), date(2025, 3, 31)


@pytest.fixture
def before(transactional_db: None) -> Iterator[None]:
    """Take the rule away, and put it back at the end."""
    database.migrated_to(BEFORE)
    yield
    forward()


def forward() -> None:
    with time_machine.travel(IN_NOVEMBER, tick=False):
        database.migrated_forward()


def test_who_had_no_limit_has_the_widest_until_the_school_year_is_over(
    before: None,
) -> None:
    for kind, scope, started, ended in (
        ("delegate", "", STARTED, None),
        ("delegate", "log", STARTED, SET),
        ("delegate", "log", date(2027, 9, 1), None),
        ("head", "", STARTED, None),
    ):
        factories.RoleFactory.create(
            kind=kind,
            scope=scope,
            started=started,
            ended=ended,
            school=factories.SchoolFactory.create(),
        )
    forward()
    held = Role.objects.order_by("pk").values_list("kind", "scope", "started", "ended")
    assert list(held) == [
        ("delegate", "confirm", STARTED, date(2027, 8, 31)),
        ("delegate", "log", STARTED, SET),
        ("delegate", "log", date(2027, 9, 1), date(2028, 8, 31)),
        ("head", "", STARTED, None),
    ]


def test_the_guards_of_roles_are_there_once_more(before: None) -> None:
    guards = {one.name for one in database.triggers() if one.table == "schools_role"}
    forward()
    more = {one.name for one in database.triggers() if one.table == "schools_role"}
    assert guards < more
