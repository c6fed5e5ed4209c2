"""School terms, by which proposals are answered."""

from datetime import date

from django.db import models

from schools.constraints import not_before


class Term(models.Model):
    """A stretch of days on which schools are open, both ends included.

    A half term parts a term in two. Terms share no day.
    """

    name = models.CharField(max_length=40)
    started = models.DateField("first day")
    ended = models.DateField("last day")

    class Meta:
        constraints = [
            not_before("ended", "started", "A term cannot end before it begins."),
            models.UniqueConstraint(
                fields=["started"],
                name="%(app_label)s_%(class)s_begins_once",
                violation_error_message="Another term begins on this day.",
            ),
        ]
        indexes = [models.Index(fields=["started", "ended"], name="term_by_day")]

    def __str__(self) -> str:
        return self.name

    def holds(self, day: date) -> bool:
        """Return whether schools are open on `day`, if it is no weekend."""
        return self.started <= day <= self.ended
