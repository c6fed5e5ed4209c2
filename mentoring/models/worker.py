"""The workers that do what is too long for a page."""

from django.db import models


class Worker(models.Model):
    """A running `manage.py worker`, and when it last said that it lives.

    A worker that ends takes its row away; one that was killed leaves it, and what it
    was at is given to another.
    """

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
