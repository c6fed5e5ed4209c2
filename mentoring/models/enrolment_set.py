"""Schools that were enrolled together, so that they can be shown and taken back."""

from typing import Self

from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse

from schools.models import User


class EnrolmentSetQuerySet(models.QuerySet["EnrolmentSet"]):
    """Sets of schools that were enrolled together."""

    def with_schools(self) -> Self:
        """Add the first school's name, how many came in, and how many are as made."""
        return self.annotate(
            first_name=Min("memberships__school__name"),
            came_in=Count("memberships"),
            standing=Count("memberships", filter=Q(memberships__steps_taken=0)),
        )

    def latest_first(self) -> Self:
        """Sort by when they were confirmed, the latest first."""
        return self.order_by("-made_at", "token")


class EnrolmentSet(models.Model):
    """One confirmation of many schools; sent twice it is still one.

    `token` is made when the schools are chosen. `asked` counts the schools that were
    chosen; those that came in point here.
    """

    token = models.UUIDField(primary_key=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    asked = models.PositiveIntegerField()

    objects = EnrolmentSetQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        """Return the page of what came of it."""
        return reverse("enrolment_set", kwargs={"token": self.token})
