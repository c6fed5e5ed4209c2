"""Schools that were enrolled together, so that they can be shown and taken back."""

from django.db import models
from django.urls import reverse

from schools.models import User


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

    def get_absolute_url(self) -> str:
        """Return the page of what came of it."""
        return reverse("enrolment_set", kwargs={"token": self.token})
