"""What pages read: figures worked out when what they rest on changed."""

from django.db import models
from django.db.models import Q

from results.models import Measure
from results.models.choices import MissingReason, ReleaseStatus
from schools.models import School


class SchoolSummary(models.Model):
    """One school's joined headline line, its latest figure and its gain.

    `line` is the page's data: a point for each year, with measure, release, value or
    reason, likely range and cohort; what all schools share is in `ImpactSummary.line`.
    `gain` is the change since joining (or over the latest unbroken years for a school
    outside the programme), or the reason there is none.
    """

    school = models.OneToOneField(
        School, models.CASCADE, primary_key=True, related_name="summary"
    )
    latest_measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, related_name="+", db_index=False
    )
    latest_year = models.PositiveSmallIntegerField(null=True)
    latest_release = models.PositiveSmallIntegerField(null=True, choices=ReleaseStatus)
    latest_value = models.FloatField(null=True)
    latest_reason = models.CharField(max_length=14, choices=MissingReason, blank=True)
    spark = models.JSONField(default=list, help_text="Values by year, None for a gap.")
    gain_a_year = models.FloatField(null=True, help_text="Percentage points.")
    gain_base = models.PositiveSmallIntegerField(
        null=True, help_text="The summer it is counted from."
    )
    gain_last = models.PositiveSmallIntegerField(
        null=True, help_text="The summer it is counted to."
    )
    gain_reason = models.CharField(max_length=40, blank=True)
    gain = models.JSONField(default=dict)
    line = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gain_a_year__isnull=True) | Q(gain_reason=""),
                name="%(app_label)s_%(class)s_gain_or_reason",
                violation_error_message="A gain has a value, or a reason, never both.",
            ),
        ]
        indexes = [
            models.Index(fields=["latest_value"], name="summary_by_value"),
        ]


class ImpactSummary(models.Model):
    """The programme's dashboard, worked out, and what all schools' lines share.

    There is one row. `line` holds the years, England's figures by year, where the
    headline line stops and where to be cautious.
    """

    ONLY_ID = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ID)
    impact = models.JSONField(default=dict)
    line = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="%(app_label)s_%(class)s_is_one_row",
                violation_error_message="There is one dashboard.",
            ),
        ]
