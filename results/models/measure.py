"""What is measured, and where one year cannot be held against another."""

from typing import Self

from django.db import models
from django.db.models import F, Q


class MeasureQuerySet(models.QuerySet["Measure"]):
    """The vocabulary of measures."""

    def value_added(self) -> Self:
        """Keep measures by which a bottom quarter may be taken."""
        return self.filter(family=Measure.Family.VALUE_ADDED)


class Measure(models.Model):
    """A published measure of a school's results, by its short code."""

    class Unit(models.TextChoices):
        """What one unit of it is."""

        PERCENT = "per cent", "per cent of pupils"
        POINTS = "points", "points a pupil"
        SCORE = "score", "score"

    class Family(models.TextChoices):
        """What kind of measure it is."""

        THRESHOLD = "threshold", "Share of pupils who reach a standard"
        ATTAINMENT = "attainment", "Average attainment"
        VALUE_ADDED = "value_added", "Value added"

    code = models.CharField(primary_key=True, max_length=16)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    unit = models.CharField(max_length=8, choices=Unit)
    family = models.CharField(max_length=11, choices=Family)
    first_year = models.PositiveSmallIntegerField(help_text="Summer of the exams.")
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    minimum = models.FloatField()
    maximum = models.FloatField()
    decimals = models.PositiveSmallIntegerField(help_text="Shown for one school.")
    headline_from = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="First year in which it was England's headline measure.",
    )
    headline_to = models.PositiveSmallIntegerField(null=True, blank=True)
    description = models.TextField(blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__lt=F("maximum")),
                name="%(app_label)s_%(class)s_minimum_below_maximum",
                violation_error_message="The lowest value must be below the highest.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class MeasureBreak(models.Model):
    """A year that changed what a figure means.

    `refuse` gives no number but its sentence; `caution` gives both. A `crossing`
    break touches spans that start before its year and end in or after it; an
    `endpoint` break those that start or end in it.
    """

    class Kind(models.TextChoices):
        """Whether a span over it still has a number."""

        REFUSE = "refuse", "No number"
        CAUTION = "caution", "A number with a caution"

    class Applies(models.TextChoices):
        """Which spans it touches."""

        CROSSING = "crossing", "Spans that cross it"
        ENDPOINT = "endpoint", "Spans that start or end in it"

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="breaks", help_text="None means every one."
    )
    kind = models.CharField(max_length=7, choices=Kind)
    applies = models.CharField(max_length=8, choices=Applies)
    sentence = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name", "kind", "applies"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This break is already recorded.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.name}"
