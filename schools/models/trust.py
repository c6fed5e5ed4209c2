"""Academy trusts, which directors answer for, and other groups of schools."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.constraints import not_before
from schools.models.school import School
from schools.naming import readable


class Trust(models.Model):
    """A group of schools, by its number in the register.

    Schools belong to one academy trust at a time, and may be in a federation, a
    foundation trust or an umbrella trust besides.
    """

    class Kind(models.TextChoices):
        """What the register calls the group."""

        MULTI = "multi", "Multi-academy trust"
        SINGLE = "single", "Single-academy trust"
        FOUNDATION = "foundation", "Trust"
        FEDERATION = "federation", "Federation"
        UMBRELLA = "umbrella", "Umbrella trust"

    ACADEMY = (Kind.MULTI, Kind.SINGLE)

    uid = models.PositiveIntegerField("group number", unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MULTI)
    reference = models.CharField(
        max_length=100,
        blank=True,
        help_text="As the register has it: mostly TR and figures.",
    )
    company = models.CharField(
        "company number", max_length=8, blank=True, help_text="Eight characters."
    )
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)

    class Meta:
        constraints = [
            not_before("closed", "opened", "A trust cannot close before it opens."),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        """Return the trust's page."""
        return reverse("trust", kwargs={"pk": self.pk})

    @property
    def shown_name(self) -> str:
        """Return the name as people read it; `name` is the publisher's."""
        return readable(self.name)


class TrustMembershipQuerySet(models.QuerySet["TrustMembership"]):
    """The vocabulary of schools in trusts."""

    def live_on(self, day: date) -> Self:
        """Keep memberships in force on `day`, both ends included."""
        return self.filter(
            Q(started__isnull=True) | Q(started__lte=day),
            Q(ended__isnull=True) | Q(ended__gte=day),
        )

    def of_school(self, school: School) -> Self:
        """Keep a school's memberships with their trusts, the latest first."""
        return (
            self.filter(school=school)
            .select_related("trust")
            .order_by(models.F("started").desc(nulls_last=True), "pk")
        )


class TrustMembership(models.Model):
    """A school's time in a trust. `started` None: not known; `ended`: the last day.

    No school is in two academy trusts, or twice in one trust, on one day: a trigger
    refuses it.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="trusts")
    trust = models.ForeignKey(Trust, models.PROTECT, related_name="memberships")
    started = models.DateField(null=True)
    ended = models.DateField(null=True)

    objects = TrustMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "trust"],
                condition=Q(ended__isnull=True),
                name="%(app_label)s_%(class)s_live_once",
                violation_error_message="This school is already in this trust.",
            ),
            not_before(
                "ended", "started", "A school cannot leave a trust before it joins."
            ),
        ]
