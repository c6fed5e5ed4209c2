"""Which school continues which: what was accepted, and what waits for a person."""

from django.db import models
from django.db.models import Q

from schools.models.link import EstablishmentLink
from schools.models.school import School


class Succession(models.Model):
    """The decision about one link.

    A plain one-to-one link is accepted by rule; anything in doubt waits, and its
    schools stay as they are.
    """

    class State(models.TextChoices):
        """Whether the predecessor's establishment has moved."""

        ACCEPTED = "accepted", "Accepted"
        WAITING = "waiting", "Waiting for a decision"

    class Doubt(models.TextChoices):
        """Why a person must decide."""

        NONE = "", "None"
        SEVERAL_SUCCESSORS = "several_successors", "it has several successors"
        SEVERAL_PREDECESSORS = "several_predecessors", "several schools became one"
        MERGER = "merger", "the register calls it a merger or a split"
        STILL_OPEN = "still_open", "the register says the predecessor is still open"
        BOTH_IN_PROGRAMME = "both_in_programme", "both schools are in the programme"
        CIRCLE = "circle", "the links run in a circle"

    link = models.OneToOneField(
        EstablishmentLink, models.PROTECT, related_name="succession"
    )
    state = models.CharField(max_length=8, choices=State)
    doubt = models.CharField(max_length=20, choices=Doubt, blank=True)
    emptied = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The school whose establishments moved.",
    )
    survivor = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The school they moved to.",
    )
    moved_urns = models.JSONField(default=list, help_text="The URNs that moved.")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", doubt__gt="", decided_at__isnull=True)
                | Q(state="accepted", doubt="", decided_at__isnull=False),
                name="%(app_label)s_%(class)s_waits_for_a_stated_doubt",
                violation_error_message=(
                    "A succession is either accepted with its time, or waits and "
                    "says why."
                ),
            ),
        ]
