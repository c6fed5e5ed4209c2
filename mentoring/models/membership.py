"""A school's dated time in the programme, in one of its two roles."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from mentoring.models.eligibility import EligibilityException
from schools.constraints import not_before
from schools.models import Establishment, School


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The vocabulary of memberships."""

    def mentees(self) -> Self:
        """Keep the memberships of schools that are helped."""
        return self.filter(role=Membership.Role.MENTEE)

    def mentors(self) -> Self:
        """Keep the memberships of schools that help."""
        return self.filter(role=Membership.Role.MENTOR)

    def live_on(self, day: date) -> Self:
        """Keep memberships in force on `day`, both ends included."""
        return self.filter(Q(left__isnull=True) | Q(left__gte=day), joined__lte=day)

    def of_closed_schools(self) -> Self:
        """Keep those of schools that the register says are closed or are to close."""
        closed = Establishment.objects.closed_or_to_close()
        return (
            self.filter(school__in=closed.values("school"))
            .select_related("school")
            .order_by("school__name", "pk")
        )


class Membership(models.Model):
    """From `joined` to `left`, both included; no `left` while it lasts.

    A school may be mentee and mentor at once, but twice neither: a trigger refuses
    memberships of one school and role that share a day.
    """

    class Role(models.TextChoices):
        """What the school is in the programme for."""

        MENTEE = "mentee", "Mentee"
        MENTOR = "mentor", "Mentor"

    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role)
    joined = models.DateField()
    left = models.DateField(
        null=True, blank=True, help_text="The last day in the programme."
    )
    reason = models.CharField(
        "why it left", max_length=200, blank=True, help_text="For a school that left."
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "role"],
                condition=Q(left__isnull=True),
                name="%(app_label)s_%(class)s_one_live_in_each_role",
                violation_error_message=(
                    "This school is already in the programme in this role."
                ),
            ),
            not_before("left", "joined", "A school cannot leave before it joins."),
            models.CheckConstraint(
                condition=Q(reason="") | Q(left__isnull=False),
                name="%(app_label)s_%(class)s_reason_for_leaving_only",
                violation_error_message="A reason for leaving needs a date of leaving.",
            ),
        ]
        indexes = [models.Index(fields=["role", "school"], name="membership_by_role")]

    def __str__(self) -> str:
        return f"{self.school} as {self.role} from {self.joined}"


def schools_in_programme() -> set[int]:
    """Return the ids of schools that have, or had, rows of the programme."""
    exceptions = EligibilityException.objects.values_list("school_id", flat=True)
    return {*Membership.objects.values_list("school_id", flat=True), *exceptions}
