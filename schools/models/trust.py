"""Academy trusts, which directors answer for."""

from django.db import models


class Trust(models.Model):
    """A trust of schools, by the group number of the register."""

    uid = models.PositiveIntegerField("group number", unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
