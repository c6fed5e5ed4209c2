"""What help is given in: areas of a school's work, kept by programme staff."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class AreaQuerySet(models.QuerySet["Area"]):
    """The vocabulary of areas."""

    def in_use(self) -> Self:
        """Keep those that needs, offers and pairings may still name."""
        return self.filter(retired_on__isnull=True)

    def special(self) -> Self:
        """Keep all but the lead: what a school may need help in."""
        return self.filter(is_lead=False)

    def as_listed(self) -> Self:
        """Order as staff have put them; the lead comes first."""
        return self.order_by("-is_lead", "position", "name")


class Area(models.Model):
    """One area of help. The lead is one of them, so that a pairing always has one.

    An area that is no longer wanted is retired: what was done in it keeps its name.
    """

    name = models.CharField(max_length=60)
    is_lead = models.BooleanField(
        default=False, editable=False, help_text="The lead mentor's, which is one."
    )
    position = models.PositiveSmallIntegerField(default=100)
    retired_on = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="%(app_label)s_%(class)s_name_is_one_area",
                violation_error_message="There is an area of this name already.",
            ),
            models.UniqueConstraint(
                fields=["is_lead"],
                condition=Q(is_lead=True),
                name="%(app_label)s_%(class)s_one_lead",
                violation_error_message="There is one lead area.",
            ),
            models.CheckConstraint(
                condition=Q(name__gt=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message="An area has a name.",
            ),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(retired_on__isnull=True),
                name="%(app_label)s_%(class)s_lead_stays",
                violation_error_message="The lead area cannot be retired.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def lead(cls) -> "Area":
        """Return the lead's area. Raises Area.DoesNotExist where it was removed."""
        return cls.objects.get(is_lead=True)

    def is_in_use_on(self, day: date) -> bool:
        """Return whether it may still be named on `day`."""
        return self.retired_on is None or self.retired_on > day
