"""Figures of local authorities and regions, each with where it came from."""

from django.db import models
from django.db.models import Q

from results.models.choices import Coverage, Population, ReleaseStatus
from results.models.measure import Measure
from schools.models import LocalAuthority

KEY = ["measure", "year", "population", "coverage", "release"]


class AreaFigure(models.Model):
    """A published figure of one local authority, or of one region.

    `authority` is None for a region, `region` empty for an authority. `value` is in
    the measure's unit, `pupils` how many it counts where that was published.
    """

    authority = models.ForeignKey(
        LocalAuthority, models.PROTECT, null=True, related_name="figures"
    )
    region = models.CharField(
        max_length=60, blank=True, help_text="As the register names regions."
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="Summer of the exams.")
    population = models.CharField(max_length=12, choices=Population)
    coverage = models.CharField(max_length=12, choices=Coverage)
    release = models.PositiveSmallIntegerField(choices=ReleaseStatus)
    value = models.FloatField(help_text="In the measure's unit.")
    pupils = models.PositiveIntegerField(null=True)
    source = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(authority__isnull=False, region="")
                | Q(authority__isnull=True, region__gt=""),
                name="%(app_label)s_%(class)s_authority_or_region",
                violation_error_message=(
                    "A figure is of a local authority or of a region, not of both."
                ),
            ),
            models.UniqueConstraint(
                fields=["authority", *KEY],
                condition=Q(authority__isnull=False),
                name="%(app_label)s_%(class)s_authority_once",
                violation_error_message="This authority's figure is already held.",
            ),
            models.UniqueConstraint(
                fields=["region", *KEY],
                condition=Q(authority__isnull=True),
                name="%(app_label)s_%(class)s_region_once",
                violation_error_message="This region's figure is already held.",
            ),
            models.CheckConstraint(
                condition=Q(source__gt=""),
                name="%(app_label)s_%(class)s_has_a_source",
                violation_error_message="A figure of an area must name its source.",
            ),
        ]
