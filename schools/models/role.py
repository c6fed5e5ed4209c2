"""What a person does in the programme, where, and for how long."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from schools.constraints import not_before
from schools.models.school import School
from schools.models.trust import Trust
from schools.models.user import User


class RoleQuerySet(models.QuerySet["Role"]):
    """The vocabulary of roles."""

    def live_on(self, day: date) -> Self:
        """Keep roles in force on `day`, both ends included."""
        return self.filter(Q(ended__isnull=True) | Q(ended__gte=day), started__lte=day)


class Role(models.Model):
    """A dated role of one person. It stops working on the day after `ended`."""

    class Kind(models.TextChoices):
        """The roles there are; what each may do is in `mentoring.permissions`."""

        STAFF = "staff", "Programme staff"
        FINANCE = "finance", "Finance"
        HEAD = "head", "Head"
        DELEGATE = "delegate", "Delegate of the head"
        DIRECTOR = "director", "Trust director"
        EVALUATOR = "evaluator", "Evaluator"
        ADMINISTRATOR = "administrator", "Administrator"

    AT_A_SCHOOL = (Kind.HEAD, Kind.DELEGATE)
    AT_A_TRUST = (Kind.DIRECTOR,)

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=13, choices=Kind)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    trust = models.ForeignKey(
        Trust, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    started = models.DateField()
    ended = models.DateField(null=True, blank=True, help_text="The last day in force.")

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["head", "delegate"],
                    school__isnull=False,
                    trust__isnull=True,
                )
                | Q(kind="director", trust__isnull=False, school__isnull=True)
                | Q(
                    kind__in=["staff", "finance", "evaluator", "administrator"],
                    school__isnull=True,
                    trust__isnull=True,
                ),
                name="%(app_label)s_%(class)s_belongs_where_its_kind_does",
                violation_error_message=(
                    "Heads and delegates belong to a school, directors to a trust, "
                    "everyone else to the programme."
                ),
            ),
            not_before("ended", "started", "A role cannot end before it starts."),
        ]

    def __str__(self) -> str:
        place = self.school or self.trust
        return (
            f"{self.get_kind_display()}, {place}"
            if place
            else (self.get_kind_display())
        )
