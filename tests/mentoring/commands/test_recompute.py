"""The command that works out summaries, and proves that stored ones are fresh."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from mentoring.models import Membership, SchoolSummary
from schools.models import Establishment, School
from tests import factories


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("recompute", *args, "--today=2006-11-20", stdout=out)
    return out.getvalue()


def test_what_was_just_worked_out_is_fresh(three_mentees: list[School]) -> None:
    run()
    assert "equals a fresh one" in run("--check")


def test_a_change_behind_its_back_is_found(three_mentees: list[School]) -> None:
    run()
    Membership.objects.filter(school=three_mentees[0]).update(
        joined=date(2004, 9, 1), since=date(2004, 9, 1)
    )
    with pytest.raises(SystemExit) as exit_status:
        run("--check")
    assert exit_status.value.code == 1


def test_a_school_that_closed_behind_its_back_is_found(
    three_mentees: list[School],
) -> None:
    run()
    Establishment.objects.filter(school=three_mentees[0]).update(status="Closed")
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("recompute", "--check", "--today=2006-11-20", stdout=said)
    assert "The dashboard differs" in said.getvalue()


def test_check_changes_nothing(three_mentees: list[School]) -> None:
    with pytest.raises(SystemExit):
        run("--check")
    assert not SchoolSummary.objects.exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_planner_knows_of_the_schools_that_are_listed_from_now_on() -> None:
    factories.SchoolFactory.create()
    run()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)",
            [["schools_school", "mentoring_schoolsummary"]],
        )
        assert dict(cursor.fetchall()) == {
            "schools_school": 1,
            "mentoring_schoolsummary": 1,
        }


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_planner_knows_what_the_same_transaction_brought_in() -> None:
    for _ in range(3):
        factories.SchoolFactory.create()
    run()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE relname = 'schools_school'"
        )
        assert cursor.fetchone() == (3,)
