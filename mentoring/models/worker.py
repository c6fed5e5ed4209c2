"""The workers that do what is too long for a page."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

UNHEARD = timedelta(seconds=60)
"""How long a worker may say nothing before a page says that nobody is there; it
speaks every 20 seconds."""


class WorkerQuerySet(models.QuerySet["Worker"]):
    """The vocabulary of workers."""

    def heard(self, at: datetime) -> Self:
        """Keep workers that have spoken within the last minute before `at`."""
        return self.filter(seen_at__gte=at - UNHEARD)


class Worker(models.Model):
    """A running `manage.py worker`, and when it last said that it lives.

    A worker that ends takes its row away; one that was killed leaves it, and what it
    was at is given to another.
    """

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
