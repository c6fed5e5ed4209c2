"""Files that somebody sent by browser, from the sending to the import."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from schools.models.user import User


class UploadQuerySet(models.QuerySet["Upload"]):
    """The vocabulary of uploads."""

    def waiting(self) -> Self:
        """Keep uploads on which somebody has still to decide, or that are at work."""
        return self.filter(state__in=Upload.OPEN)

    def stopped(self, at: datetime) -> Self:
        """Keep uploads whose worker broke off, or has not been heard of for long."""
        return self.filter(
            Q(state=Upload.State.STOPPED)
            | Q(state__in=Upload.WORKING, leased_until__lt=at)
        )

    def move(self, upload: "Upload", seen: uuid.UUID | str, **values: Any) -> bool:
        """Set `values` if the upload still carries the token `seen`; say whether.

        One statement: of two people, or two workers, that hold a token one gets on.
        `upload` is brought up to date where it was this one.
        """
        try:
            seen = uuid.UUID(str(seen))
        except ValueError:
            return False
        values["token"] = uuid.uuid4()
        if not self.filter(pk=upload.pk, token=seen).update(**values):
            return False
        for name, value in values.items():
            setattr(upload, name, value)
        return True


class Upload(models.Model):
    """One file, or two that belong together, that somebody means to import.

    It is read, shown, confirmed and applied, each time with a new `token`: who acts
    on an older one is late. While a worker is at it `leased_until` says how long it
    may be silent; None means that none has begun.
    """

    class State(models.TextChoices):
        """How far it has got."""

        READING = "reading", "Being read"
        ASKING = "asking", "Waiting for an answer"
        REFUSED = "refused", "Cannot be used"
        READY = "ready", "Waiting to be confirmed"
        APPLYING = "applying", "Being applied"
        STOPPED = "stopped", "Broken off"
        APPLIED = "applied", "Applied"
        SET_ASIDE = "set_aside", "Set aside"

    class Phase(models.TextChoices):
        """What the worker is doing."""

        WAITING = "", "Waiting for the worker"
        READING = "reading", "Reading the rows"
        CHECKING = "checking", "Working out what would change"
        WRITING = "writing", "Writing: all of it, or nothing"

    WORKING = (State.READING, State.APPLYING)
    OPEN = (*WORKING, State.ASKING, State.REFUSED, State.READY, State.STOPPED)

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.READING)
    token = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(
        max_length=11, blank=True, help_text="As somebody said; empty to recognise it."
    )
    year = models.PositiveSmallIntegerField(
        null=True, help_text="The summer of the exams, as somebody said."
    )
    release = models.PositiveSmallIntegerField(
        null=True, help_text="Provisional, revised or final, as somebody said."
    )
    why = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why mentees on no frozen list are let in.",
    )
    sentence = models.TextField(
        blank=True, help_text="What is asked, or why it cannot be used."
    )
    preview = models.JSONField(default=dict, help_text="What it would do, or did.")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of every change it would make."
    )
    changes = models.BinaryField(
        null=True, help_text="Every change it would make, as gzipped CSV."
    )
    is_strict = models.BooleanField(
        default=False, help_text="Apply nothing if any row is refused."
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    phase = models.CharField(max_length=8, choices=Phase, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text="0 where not known.")
    leased_until = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="%(app_label)s_%(class)s_confirmed_by_somebody",
                violation_error_message="An upload is confirmed at a time by a person.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applying", "applied"])
                | Q(confirmed_at__isnull=False),
                name="%(app_label)s_%(class)s_applied_when_confirmed",
                violation_error_message="An upload is applied once it is confirmed.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asking", "refused"]) | Q(sentence__gt=""),
                name="%(app_label)s_%(class)s_refused_with_a_sentence",
                violation_error_message="A file is refused with a sentence why.",
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")),
                name="%(app_label)s_%(class)s_done_within_total",
                violation_error_message="No more can be done than there is to do.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=~Q(state__in=["applied", "set_aside"]),
                name="open_upload_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page that goes along with it."""
        return reverse("upload", kwargs={"pk": self.pk})

    def is_stopped(self, at: datetime) -> bool:
        """Return whether its worker broke off, or has been silent for too long."""
        if self.state in self.WORKING:
            return self.leased_until is not None and self.leased_until < at
        return self.state == self.State.STOPPED


class UploadFile(models.Model):
    """One file as it was sent; `content` is gzipped unless it came packed.

    The content is dropped once it is applied or set aside, and after 30 days; the
    hash and the rows that were refused stay.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(help_text="Bytes, as it was sent.")
    lines = models.PositiveIntegerField(help_text="0 where it came packed.")
    content = models.BinaryField(null=True)
    is_packed_here = models.BooleanField(help_text="Whether we gzipped it.")
    refused = models.BinaryField(
        null=True, help_text="The refused rows to mend, as gzipped CSV."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "position"],
                name="%(app_label)s_%(class)s_one_in_each_place",
                violation_error_message="This upload has such a file already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
