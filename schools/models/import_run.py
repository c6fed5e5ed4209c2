"""What was imported, by whom, from which file, what it changed and what was refused."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.models.upload import Upload
from schools.models.user import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """The vocabulary of imports."""

    def standing(self) -> Self:
        """Keep imports that nobody has undone."""
        return self.filter(undone_at__isnull=True)

    def latest_first(self) -> Self:
        """Order by when they were run, the latest first."""
        return self.order_by("-started_at", "-pk")


class ImportRun(models.Model):
    """One file taken in. It is written in the same transaction as its rows.

    It stands in this app, below results, because the register is imported too. One
    that is undone keeps its counts; its rows, and the record of them, are gone.
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
    upload = models.ForeignKey(
        Upload,
        models.PROTECT,
        null=True,
        related_name="runs",
        help_text="The files sent by browser; none where it was run from the shell.",
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody where it was undone from the shell.",
    )
    undone_why = models.CharField("why it was undone", max_length=200, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "kind", "sha256"],
                condition=Q(upload__isnull=False),
                name="%(app_label)s_%(class)s_upload_is_applied_once",
                violation_error_message="This upload has been applied already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    undone_at__isnull=True, undone_by__isnull=True, undone_why=""
                )
                | Q(undone_at__isnull=False, undone_why__gt=""),
                name="%(app_label)s_%(class)s_undone_when_and_why",
                violation_error_message=(
                    "An import is undone at a time and for a stated reason, or not."
                ),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | Q(undone_at__gte=models.F("ended_at")),
                name="%(app_label)s_%(class)s_undone_after_it_ended",
                violation_error_message="An import cannot be undone before it ends.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("started_at")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message="An import cannot end before it starts.",
            ),
        ]
        indexes = [
            models.Index(fields=["-started_at", "-id"], name="run_by_time"),
            models.Index(fields=["sha256"], name="run_by_file"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.file_name}"

    def get_absolute_url(self) -> str:
        """Return the run's report."""
        return reverse("import_run", kwargs={"pk": self.pk})


class ImportChange(models.Model):
    """What one run did to one row: added it (`before` is None) or changed it.

    `noun` is the model's label and `key` its primary key as text. `before` and
    `after` hold the fields that changed, as JSON. Results have a record of their own,
    `ResultChange`. Undoing a run puts `before` back.
    """

    # The unique constraint begins with the run, so it serves as the index of it.
    run = models.ForeignKey(
        ImportRun, models.PROTECT, related_name="row_changes", db_index=False
    )
    noun = models.CharField(max_length=40)
    key = models.CharField(max_length=20)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "noun", "key"],
                name="%(app_label)s_%(class)s_once_in_a_run",
                violation_error_message="This run has changed this row already.",
            ),
        ]
        indexes = [models.Index(fields=["noun", "key"], name="change_by_row")]
