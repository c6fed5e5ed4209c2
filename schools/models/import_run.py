"""What was imported, by whom, from which file, and what was refused."""

from django.db import models
from django.db.models import Q

from schools.models.user import User


class ImportRun(models.Model):
    """One file taken in. It is written in the same transaction as its rows.

    It stands in this app, below results, because the register is imported too.
    """

    class Kind(models.TextChoices):
        """What the file was taken for."""

        REGISTER = "register", "Register of schools"
        LINKS = "links", "Links between schools"
        RESULTS = "results", "School results"
        NATIONAL = "national", "National figures"
        AVERAGES = "averages", "Averages of areas"
        TRUSTS = "trusts", "Trusts"
        MEMBERSHIPS = "memberships", "Memberships"

    kind = models.CharField(max_length=11, choices=Kind)
    layout = models.CharField(
        max_length=100, blank=True, help_text="The layout it was recognised as."
    )
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody where it was run from the shell.",
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refused_rows = models.JSONField(
        default=list,
        help_text="Each refused cell: row, column, value, reason and what to do.",
    )
    notes = models.JSONField(default=list, help_text="What the report said besides.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("started_at")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message="An import cannot end before it starts.",
            ),
        ]
