"""England's figures, each with where it came from."""

from django.db import models

from results.models.choices import Coverage, Population, ReleaseStatus
from results.models.measure import Measure


class NationalFigure(models.Model):
    """England's figure for one measure, year, population, coverage and release.

    `basis` is `published`, `derived` (worked out from two published figures) or
    `shadow` (earlier results on the next year's scale, a base for that year alone).
    """

    class Basis(models.TextChoices):
        """How the figure came about."""

        PUBLISHED = "published", "published"
        DERIVED = "derived", "derived"
        SHADOW = "shadow", "on the next year's scale"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="national")
    year = models.PositiveSmallIntegerField(help_text="Summer of the exams.")
    population = models.CharField(max_length=12, choices=Population)
    coverage = models.CharField(max_length=12, choices=Coverage)
    release = models.PositiveSmallIntegerField(choices=ReleaseStatus)
    basis = models.CharField(max_length=9, choices=Basis)
    value = models.FloatField(help_text="In the measure's unit.")
    pupils = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many pupils it counts, when known."
    )
    source = models.TextField()
    confidence = models.CharField(max_length=6, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "measure",
                    "year",
                    "population",
                    "coverage",
                    "release",
                    "basis",
                ],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="England's figure for this is already held.",
            ),
            models.CheckConstraint(
                condition=models.Q(source__gt=""),
                name="%(app_label)s_%(class)s_has_a_source",
                violation_error_message="A national figure must name its source.",
            ),
        ]

    def __str__(self) -> str:
        return f"England {self.measure_id} {self.year}: {self.value}"
