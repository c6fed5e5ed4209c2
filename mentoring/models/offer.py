"""What mentees need help in, and what mentors offer."""

from typing import Self

from django.db import models

from mentoring.models.area import Area
from mentoring.models.membership import Membership
from mentoring.models.staff_member import StaffMember


class Need(models.Model):
    """An area that a mentee wants help in. Of a school that is helped, once an area."""

    class Priority(models.IntegerChoices):
        """How much it matters to the school."""

        HIGH = 1, "High"
        MIDDLE = 2, "Middle"
        LOW = 3, "Low"

    mentee = models.ForeignKey(Membership, models.PROTECT, related_name="needs")
    area = models.ForeignKey(Area, models.PROTECT, related_name="needs")
    priority = models.PositiveSmallIntegerField(choices=Priority)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "area"],
                name="%(app_label)s_%(class)s_once_an_area",
                violation_error_message="This need is stated already.",
            ),
            models.CheckConstraint(
                condition=models.Q(priority__in=[1, 2, 3]),
                name="%(app_label)s_%(class)s_priority_is_known",
                violation_error_message="A need is of high, middle or low priority.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.get_priority_display().lower()}"


class OfferQuerySet(models.QuerySet["Offer"]):
    """The vocabulary of offers."""

    def strongest_first(self) -> Self:
        """Order by strength, then as areas are listed."""
        return self.order_by("strength", "area__position", "area__name")


class Offer(models.Model):
    """An area that a mentor can help in, how well, and who would come."""

    class Strength(models.IntegerChoices):
        """How far the mentor's help goes in the area."""

        LEADS = 1, "Leads"
        SUPPORTS = 2, "Can support"

    mentor = models.ForeignKey(Membership, models.PROTECT, related_name="offers")
    area = models.ForeignKey(Area, models.PROTECT, related_name="offers")
    strength = models.PositiveSmallIntegerField(choices=Strength)
    staff = models.ManyToManyField(StaffMember, related_name="offers", blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "area"],
                name="%(app_label)s_%(class)s_once_an_area",
                violation_error_message="This offer is stated already.",
            ),
            models.CheckConstraint(
                condition=models.Q(strength__in=[1, 2]),
                name="%(app_label)s_%(class)s_strength_is_known",
                violation_error_message="A mentor leads in an area or can support.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.get_strength_display().lower()}"
