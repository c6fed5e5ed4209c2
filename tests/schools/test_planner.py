"""What PostgreSQL's planner is told: joins in bulk where everything is read."""

import pytest
from django.db import DatabaseError, connection, transaction

from mentoring.actions import recompute
from mentoring.summary.health import health_facts
from schools.models import School
from schools.planner import joining_in_bulk
from tests.harness.cast import TODAY

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


def row_by_row() -> str:
    """Return whether the planner may join row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return str(cursor.fetchone()[0])


def plan() -> str:
    """Return how a school is read with its establishments."""
    return School.objects.filter(urn=100001, establishments__phase="x").explain()


def test_tables_are_joined_whole_until_the_block_ends() -> None:
    assert "Nested Loop" in plan()
    with joining_in_bulk():
        assert "Nested Loop" not in plan()
    assert "Nested Loop" in plan()


def test_a_transaction_that_fails_takes_the_setting_back() -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        joining_in_bulk(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    assert row_by_row() == "on"


def test_figures_are_worked_out_from_tables_joined_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else they take hours where the planner was misled, as after a large import."""
    seen: list[str] = []
    plain = health_facts

    def look(*given: object) -> object:
        seen.append(row_by_row())
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(recompute, "health_facts", look)
    recompute.recompute(on=TODAY)
    assert (seen, row_by_row()) == (["off"], "on")
