"""Memberships that knew dates alone get their states, and keep their guards."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mentoring.models import Membership
from tests import factories
from tests.harness import database

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = ("mentoring", "0007_places_in_lists")
JOINED, LEFT = date(2004, 9, 1), date(2006, 7, 21)
INSERT = (
    'INSERT INTO mentoring_membership (school_id, role, joined, "left", reason) '
    "VALUES (%s, 'mentor', %s, %s, %s)"
)


@pytest.fixture
def before(transactional_db: None) -> Iterator[None]:
    """Take the tables back to when there were no states, and forward at the end."""
    database.migrated_to(BEFORE)
    yield
    database.migrated_forward()


def test_who_left_withdrew_and_everyone_else_is_active(before: None) -> None:
    schools = factories.SchoolFactory.create_batch(3)
    rows = [
        (schools[0].pk, JOINED, None, ""),
        (schools[1].pk, JOINED, LEFT, "It merged."),
        (schools[2].pk, JOINED, LEFT, ""),
    ]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)
    database.migrated_forward()
    held = Membership.objects.order_by("school")
    assert list(held.values_list("state", "since", "joined", "left", "reason")) == [
        ("active", JOINED, JOINED, None, ""),
        ("withdrawn", LEFT, JOINED, LEFT, "It merged."),
        ("withdrawn", LEFT, JOINED, LEFT, "Not recorded."),
    ]


def test_the_guard_of_shared_days_is_put_back(before: None) -> None:
    database.migrated_forward()
    guards = [one for one in database.triggers() if one.table == "mentoring_membership"]
    assert {verb for one in guards for verb in one.verbs} == {"INSERT", "UPDATE"}
