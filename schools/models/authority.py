"""Local authorities, each with its region."""

from django.db import models


class LocalAuthority(models.Model):
    """A local authority, by the Department's three-figure code."""

    code = models.CharField(primary_key=True, max_length=3)
    name = models.CharField(max_length=100)
    region = models.CharField(
        max_length=60,
        blank=True,
        help_text="Government office region; empty where the register names none.",
    )

    def __str__(self) -> str:
        return self.name
