"""What a person does in the programme, where, and for how long."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from schools.constraints import belongs_where_its_kind_does, not_before
from schools.models.school import School
from schools.models.trust import Trust
from schools.models.user import User


class RoleQuerySet(models.QuerySet["Role"]):
    """The vocabulary of roles."""

    def live_on(self, day: date) -> Self:
        """Keep roles in force on `day`, both ends included."""
        return self.filter(Q(ended__isnull=True) | Q(ended__gte=day), started__lte=day)

    def live_or_ahead_on(self, day: date) -> Self:
        """Keep roles that are in force on `day` or will be."""
        return self.filter(Q(ended__isnull=True) | Q(ended__gte=day))

    def visible_to(self, role: "Role | None") -> Self:
        """Keep the roles that `role` may see: all, or those at the head's own school.

        Ends in none(): a new role sees nothing until someone decides.
        """
        if role is None:
            return self.none()
        if role.kind in Role.KNOWS_EVERYBODY:
            return self.all()
        if role.kind == Role.Kind.HEAD:
            return self.filter(school=role.school_id)
        return self.none()


class Role(models.Model):
    """A dated role of one person. It stops working on the day after `ended`.

    A delegate's has a scope and an end, which a trigger sees to.
    """

    class Kind(models.TextChoices):
        """The roles there are; what each may do is in `mentoring.permissions`."""

        STAFF = "staff", "Programme staff"
        FINANCE = "finance", "Finance"
        HEAD = "head", "Head"
        DELEGATE = "delegate", "Delegate of the head"
        DIRECTOR = "director", "Trust director"
        EVALUATOR = "evaluator", "Evaluator"
        ADMINISTRATOR = "administrator", "Administrator"

    class Scope(models.TextChoices):
        """What a head lets a delegate do beside reading the school's record."""

        LOG = "log", "Log days of support"
        CONFIRM = "confirm", "Log days of support, and confirm them"

    AT_A_SCHOOL = (Kind.HEAD, Kind.DELEGATE)
    AT_A_TRUST = (Kind.DIRECTOR,)
    KNOWS_EVERYBODY = (Kind.STAFF, Kind.ADMINISTRATOR)

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=13, choices=Kind)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    trust = models.ForeignKey(
        Trust, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    scope = models.CharField(
        max_length=7,
        choices=Scope,
        blank=True,
        help_text="Of a delegate alone, who always has one.",
    )
    started = models.DateField()
    ended = models.DateField(null=True, blank=True, help_text="The last day in force.")

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            belongs_where_its_kind_does(),
            models.CheckConstraint(
                condition=Q(scope="") | Q(kind="delegate"),
                name="%(app_label)s_%(class)s_only_delegates_have_a_scope",
                violation_error_message="Only a delegate's role has a scope.",
            ),
            not_before("ended", "started", "A role cannot end before it starts."),
        ]

    def __str__(self) -> str:
        kind = self.get_kind_display()
        return f"{kind}, {self.place}" if self.place else kind

    @property
    def place(self) -> School | Trust | None:
        """The school or trust it is at; None: the programme."""
        return self.school or self.trust

    def is_live_on(self, day: date) -> bool:
        """Return whether it is in force on `day`, both ends included."""
        return self.started <= day and (self.ended is None or day <= self.ended)
