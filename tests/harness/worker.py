"""The worker's work, done in the tests' own process and transaction."""

import uuid

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Do every task that waits, and those that they enqueue, as the worker does."""
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim(str(uuid.uuid4()))
        try:
            waiting.task.call(*waiting.args_kwargs["args"])
        finally:
            waiting.status = TaskResultStatus.SUCCESSFUL
            waiting.save()
