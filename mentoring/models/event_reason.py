"""Why something was done, in the words that were typed."""

from django.db import models
from django.db.models import Q

from mentoring.models.event import Event


class EventReason(models.Model):
    """The reason given with an event, kept beside it.

    Events hold no free text and never change; what somebody typed can be erased here.
    """

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="given"
    )
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text__gt=""),
                name="%(app_label)s_%(class)s_says_something",
                violation_error_message="A reason has words.",
            ),
        ]
