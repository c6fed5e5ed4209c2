"""Lists as people like to see them: their filters, order and columns by a name."""

from django.db import models
from django.db.models import Q

from schools.models import User


class SavedView(models.Model):
    """A person's own name for a list's query string. Anybody can follow its link."""

    class Page(models.TextChoices):
        """The list it is a view of: the name of its address."""

        SCHOOLS = "schools", "Schools"

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=20, choices=Page)
    name = models.CharField(max_length=60)
    query = models.CharField(
        max_length=2000, help_text="What follows the ? of the URL."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="%(app_label)s_%(class)s_named_once",
                violation_error_message="You have a view of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message="A view needs a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
