"""What a killed worker left is taken up by another."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from mentoring.actions.decide_upload import restart_upload
from mentoring.actions.heal_tasks import ATTEMPTS, KEPT, SILENT, heal_tasks
from mentoring.actions.mark_stale import mark_stale
from mentoring.models import Programme, Worker
from mentoring.tasks import preview_upload, recompute_summaries
from schools.models import Upload
from tests.harness.cast import Scene
from tests.harness.worker import work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def taken_by(*workers: str) -> "DBTaskResult[Any, Any]":
    recompute_summaries.enqueue()
    task = DBTaskResult.objects.latest("enqueued_at")
    for name in workers:
        task.claim(name)
    return task


def status(task: "DBTaskResult[Any, Any]") -> str:
    task.refresh_from_db()
    return str(task.status)


def test_the_task_of_a_living_worker_is_left_to_it() -> None:
    Worker.objects.create(name="one", started_at=NOW, seen_at=NOW - SILENT)
    task = taken_by("one")
    assert heal_tasks(at=NOW) == 0
    assert status(task) == "RUNNING"


def test_the_task_of_a_silent_worker_waits_again() -> None:
    long_ago = NOW - SILENT - timedelta(seconds=1)
    Worker.objects.create(name="one", started_at=long_ago, seen_at=long_ago)
    task = taken_by("one")
    assert heal_tasks(at=NOW) == 1
    assert status(task) == "READY"
    assert not Worker.objects.exists()


def test_an_earlier_worker_that_lives_does_not_hold_it() -> None:
    Worker.objects.create(name="one", started_at=NOW, seen_at=NOW)
    task = taken_by("one", "two")
    assert heal_tasks(at=NOW) == 1
    assert status(task) == "READY"


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    task = taken_by(*map(str, range(ATTEMPTS)))
    assert heal_tasks(at=NOW) == 1
    assert status(task) == "FAILED"
    assert "Given up" in task.traceback


def test_stale_figures_that_nobody_works_out_are_queued() -> None:
    mark_stale()
    DBTaskResult.objects.all().delete()
    heal_tasks(at=NOW)
    heal_tasks(at=NOW)
    assert DBTaskResult.objects.count() == 1
    work()
    assert not Programme.the().is_stale
    heal_tasks(at=NOW)
    assert not DBTaskResult.objects.ready().exists()


def test_finished_tasks_are_dropped_in_the_end() -> None:
    old, newer = taken_by("one"), taken_by("one")
    for task, age in ((old, KEPT + timedelta(days=1)), (newer, KEPT)):
        DBTaskResult.objects.filter(pk=task.pk).update(
            status="SUCCESSFUL", finished_at=NOW - age
        )
    heal_tasks(at=NOW)
    assert DBTaskResult.objects.get() == newer


def upload_of(scene: Scene, state: str) -> Upload:
    return Upload.objects.create(by=scene.cast["officer"], sent_at=NOW, state=state)


def test_an_upload_whose_task_is_gone_can_be_started_again(scene: Scene) -> None:
    """A worker was killed between taking the task and beginning, once too often."""
    upload = upload_of(scene, "reading")
    preview_upload.enqueue(upload.pk)
    task = DBTaskResult.objects.latest("enqueued_at")
    heal_tasks(at=NOW)
    upload.refresh_from_db()
    assert not upload.is_stopped(NOW + timedelta(days=1))
    for name in map(str, range(ATTEMPTS)):
        task.claim(name)
    heal_tasks(at=NOW)
    assert status(task) == "FAILED"
    upload.refresh_from_db()
    later = NOW + timedelta(seconds=1)
    assert upload.is_stopped(later)
    restart_upload(
        upload=upload,
        seen=str(upload.token),
        by=upload.by,
        on=NOW.date(),
        at=later,
    )
    heal_tasks(at=later)
    upload.refresh_from_db()
    assert not upload.is_stopped(NOW + timedelta(days=1))


def test_an_upload_that_waits_for_an_answer_is_left_alone(scene: Scene) -> None:
    upload = upload_of(scene, "ready")
    heal_tasks(at=NOW)
    upload.refresh_from_db()
    assert upload.leased_until is None
