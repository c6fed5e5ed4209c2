"""What each day brings, whether or not anybody opens a page.

Every part of it does only what is due and not done, so that it may run any number of
times a day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring.actions.confirm_days import confirm_by_silence
from mentoring.actions.remind_mentors import remind_mentors
from mentoring.actions.turn_pages import turn_pages
from mentoring.tasks import daily


@dataclass(frozen=True, slots=True)
class Done:
    """How many days silence confirmed, pairings moved, and mentors were reminded."""

    confirmed: int
    moved: int
    reminded: int


def do_daily(*, on: date) -> Done:
    """Return what was done: silence confirms days, pairings begin and expire.

    Sessions that are over are cleared, by the real time: Django only passes them over.
    """
    SessionStore.clear_expired()
    return Done(
        confirmed=confirm_by_silence(on=on),
        moved=turn_pages(on=on),
        reminded=remind_mentors(on=on),
    )


def ensure_daily(*, at: datetime) -> None:
    """See that the day's work was queued since midnight in London before `at`."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    queued = DBTaskResult.objects.filter(
        task_path=daily.module_path, enqueued_at__gte=midnight
    )
    if not queued.exists():
        daily.enqueue()
