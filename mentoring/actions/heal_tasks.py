"""Gives back what a worker left when it was killed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mentoring.actions.mark_stale import ensure_queued
from mentoring.models import Programme, Worker
from mentoring.tasks import apply_upload, preview_upload
from schools.models import Upload

SILENT = timedelta(minutes=3)
"""How long a worker may say nothing before it counts as dead.

On SQLite it cannot say anything while an import is being written.
"""
ATTEMPTS = 3
"""How often a task is begun: one that kills its worker each time is given up."""

KEPT = timedelta(days=30)
"""How long finished tasks are kept to be looked at."""


@transaction.atomic
def heal_tasks(*, at: datetime) -> int:
    """Return how many tasks of dead workers wait again, or were given up.

    What is queued but was lost is queued again, and old finished tasks are dropped.
    """
    Worker.objects.filter(seen_at__lt=at - SILENT).delete()
    alive = set(Worker.objects.values_list("name", flat=True))
    orphans = [
        task
        for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        if not alive.intersection(task.worker_ids[-1:])
    ]
    healed = sum(_give_back(task, at) for task in orphans)
    _let_lost_uploads_be_restarted(at)
    if Programme.the().is_stale and not _is_being_worked_out():
        ensure_queued()
    DBTaskResult.objects.filter(finished_at__lt=at - KEPT).delete()
    return healed


def _give_back(task: "DBTaskResult[Any, Any]", at: datetime) -> int:
    """Let a task wait again, or give it up; 0 where another worker was quicker."""
    mine = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids
    )
    if len(task.worker_ids) < ATTEMPTS:
        return mine.update(status=TaskResultStatus.READY, started_at=None)
    return mine.update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        traceback=f"Given up: {ATTEMPTS} workers were killed while they were at it.",
    )


def _let_lost_uploads_be_restarted(at: datetime) -> None:
    """Count those on which nobody began, and for which no task is left, as stopped."""
    # In this order: an upload comes with its task, so that a new one is not lost.
    unbegun = Upload.objects.filter(state__in=Upload.WORKING, leased_until=None)
    waiting = set(unbegun.values_list("pk", flat=True))
    if not waiting:
        return
    tasks = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path__in=[preview_upload.module_path, apply_upload.module_path],
    )
    waiting -= {task.args_kwargs["args"][0] for task in tasks}
    unbegun.filter(pk__in=waiting).update(leased_until=at)


def _is_being_worked_out() -> bool:
    running = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, task_path="mentoring.tasks.recompute_summaries"
    )
    return running.exists()
