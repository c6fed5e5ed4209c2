"""Says that pages' figures are out of date, and has them worked out.

Nothing here brings numpy: the web process marks, the worker works out.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mentoring.models import Programme
from mentoring.tasks import recompute_summaries


@transaction.atomic
def mark_stale() -> None:
    """Mark every stored figure as out of date, and see that one task will renew them.

    Call it in the transaction that changed what they rest on. The mark comes before
    the look for a waiting task: the worker takes the same row before it calls its
    figures fresh, so it either sees this mark or is no longer waiting.
    """
    Programme.the()
    Programme.objects.filter(pk=Programme.ONLY_ID).update(
        figures_changed=F("figures_changed") + 1, figures_changed_at=timezone.now()
    )
    ensure_queued()


def ensure_queued() -> None:
    """See that a task to work out the figures waits, one and no more."""
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=recompute_summaries.module_path
    )
    if not waiting.exists():
        recompute_summaries.enqueue()
