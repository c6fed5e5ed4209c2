"""What pages read: figures worked out when what they rest on changed."""

from typing import Self

from django.db import models
from django.db.models import Q

from mentoring.models.eligibility import EligibilityList
from results.models import Measure
from results.models.choices import MissingReason, ReleaseStatus
from schools.models import Establishment, School, Trust


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
    by_highest = models.PositiveIntegerField(
        default=0, help_text="Its place in lists that start with the highest result."
    )
    by_lowest = models.PositiveIntegerField(
        default=0, help_text="Its place in lists that start with the lowest result."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gain_a_year__isnull=True) | Q(gain_reason=""),
                name="%(app_label)s_%(class)s_gain_or_reason",
                violation_error_message="A gain has a value, or a reason, never both.",
            ),
        ]
        indexes = [
            models.Index(fields=["by_highest"], name="summary_by_highest"),
            models.Index(fields=["by_lowest"], name="summary_by_lowest"),
        ]


class MenteeSummaryQuerySet(models.QuerySet["MenteeSummary"]):
    """The vocabulary of schools as the dashboard counts them."""

    def counted(self) -> Self:
        """Keep the schools that are in the programme's average."""
        return self.filter(gain_a_year__isnull=False)

    def left_out(self) -> Self:
        """Keep the schools that joined and are not in the average."""
        return self.filter(gain_a_year__isnull=True)


class MenteeSummary(models.Model):
    """One school that ever joined to be helped, as the dashboard counts it.

    Its gain runs from `base`, the summer before it first joined, in the releases that
    England has too; or `reason` and its `sentence` say why it is left out. Region,
    kind and trust are those of the day the figures were worked out.
    """

    school = models.OneToOneField(
        School, models.CASCADE, primary_key=True, related_name="mentee_summary"
    )
    joined = models.DateField()
    base = models.PositiveSmallIntegerField(help_text="Its wave: the base year.")
    last = models.PositiveSmallIntegerField(
        null=True, help_text="The summer it is counted to."
    )
    base_value = models.FloatField(null=True)
    last_value = models.FloatField(null=True)
    release = models.PositiveSmallIntegerField(null=True, choices=ReleaseStatus)
    gain_a_year = models.FloatField(null=True, help_text="Percentage points.")
    reason = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(blank=True)
    region = models.CharField(max_length=60, blank=True)
    type_group = models.CharField(
        max_length=12, choices=Establishment.TypeGroup, blank=True
    )
    trust = models.ForeignKey(
        Trust,
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="The academy trust it is in.",
    )

    objects = MenteeSummaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gain_a_year__isnull=False, reason="", last__isnull=False)
                | (Q(gain_a_year__isnull=True, last__isnull=True) & ~Q(reason="")),
                name="%(app_label)s_%(class)s_is_counted_or_left_out_with_why",
                violation_error_message=(
                    "A school is in the average, or left out with a reason."
                ),
            ),
        ]


class ImpactSummary(models.Model):
    """The programme's dashboard, worked out, and what all schools' lines share.

    There is one row. `line` holds the years, England's figures by year, where the
    headline line stops and where to be cautious. `health` holds what the programme's
    schools lacked then, by finding; it is empty where it was never counted.
    """

    ONLY_ID = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ID)
    impact = models.JSONField(default=dict)
    line = models.JSONField(default=dict)
    health = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="%(app_label)s_%(class)s_is_one_row",
                violation_error_message="There is one dashboard.",
            ),
        ]


class QuarterSummary(models.Model):
    """What the rule makes of one measure and year, or what a frozen list holds.

    A preview (`list` is None) is worked out from the results held, a list's from its
    entries alone. `facts` are as `mentoring.summary.quarters` makes them; their size
    does not grow with the number of schools.
    """

    key = models.CharField(
        max_length=40, primary_key=True, help_text="Measure and year, or the list."
    )
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="Summer of the exams.")
    list = models.OneToOneField(
        EligibilityList, models.CASCADE, null=True, related_name="summary"
    )
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year"],
                condition=Q(list__isnull=True),
                name="%(app_label)s_%(class)s_previews_a_year_once",
                violation_error_message="A measure and year has one preview.",
            ),
        ]
