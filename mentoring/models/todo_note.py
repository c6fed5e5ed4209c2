"""Who has something that needs doing, and until when it is put aside."""

from datetime import date

from django.db import models
from django.db.models import Q

from schools.models import User


class TodoNote(models.Model):
    """A note on one thing of the staff's first page, told by its kind and id.

    The thing itself is not stored: it is there as long as its reason holds. What the
    page counts and does not name, such as days that wait, is one thing with the id
    `ALL`: more of it comes back with it.
    """

    ALL = 0

    kind = models.CharField(max_length=20)
    noun_id = models.BigIntegerField()
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    snoozed_until = models.DateField(
        null=True, blank=True, help_text="The last day on which it is not shown."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "noun_id"],
                name="%(app_label)s_%(class)s_one_for_each_thing",
                violation_error_message="There is a note on this already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__gt=""),
                name="%(app_label)s_%(class)s_has_a_kind",
                violation_error_message="A note is on something.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.noun_id}"

    def is_aside_on(self, day: date) -> bool:
        """Return whether the thing is not shown on `day`."""
        return self.snoozed_until is not None and self.snoozed_until >= day
