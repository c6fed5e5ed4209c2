"""What each day brings: by the command, and by the worker once a day."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from mentoring.actions.do_daily import Done, do_daily, ensure_daily
from mentoring.management.commands.worker import Life
from mentoring.models import Programme, SupportDay
from tests import factories
from tests.harness.worker import work
from tests.mentoring.days_world import TODAY, World

pytestmark = pytest.mark.django_db
IN_TIME = TODAY + timedelta(days=14)
NINE = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/London"))


def due() -> World:
    """Return a world with a day unanswered, a proposal too late and a first day."""
    world = World()
    world.day()
    factories.PairingFactory.create(
        mentor=world.mentor, state="proposed", answer_by=date(2006, 12, 1)
    )
    factories.PairingFactory.create(
        mentor=world.mentor, state="accepted", started=date(2006, 12, 4)
    )
    return world


def test_silence_confirms_and_the_calendar_moves_pairings_once() -> None:
    due()
    assert do_daily(on=TODAY) == Done(confirmed=0, moved=0, reminded=0)
    assert do_daily(on=IN_TIME) == Done(confirmed=1, moved=2, reminded=0)
    assert do_daily(on=IN_TIME) == Done(confirmed=0, moved=0, reminded=0)


def test_sessions_that_are_over_are_cleared_and_others_stay() -> None:
    World()
    with time_machine.travel(NINE, tick=False) as clock:
        over, lasting = Client(), Client()
        over.force_login(factories.UserFactory.create())
        clock.shift(timedelta(hours=6))
        lasting.force_login(factories.UserFactory.create())
        clock.shift(timedelta(hours=6, seconds=1))
        assert Session.objects.count() == 2
        do_daily(on=TODAY)
        assert Session.objects.get().pk == lasting.session.session_key


def test_the_command_says_what_it_did() -> None:
    due()
    said = StringIO()
    call_command("daily", "--today", "2006-12-04", stdout=said)
    assert said.getvalue() == (
        "Confirmed 1 support day by silence, moved 2 pairings, and reminded 0 "
        "mentors.\n"
    )


def queued() -> int:
    return DBTaskResult.objects.filter(task_path="mentoring.tasks.daily").count()


def test_it_is_queued_once_a_day() -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        for _ in range(2):
            ensure_daily(at=NINE)
        assert queued() == 1
        work()
        ensure_daily(at=NINE)
        assert queued() == 1
        morning = NINE + timedelta(hours=15)  # midnight in London
        clock.move_to(morning)
        ensure_daily(at=morning - timedelta(seconds=1))
        assert queued() == 1
        ensure_daily(at=morning)
        assert queued() == 2


def test_the_worker_does_it_on_the_programmes_day() -> None:
    due()
    Programme.objects.update(demo_today=IN_TIME)
    life = Life("one", None)
    life._say()
    life._say()
    assert queued() == 1
    work()
    assert SupportDay.objects.get().state == "confirmed"
