"""The programme's settings: one row."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from results.models import Measure
from results.models.choices import Coverage, Population


class Programme(models.Model):
    """What is measured, against whom, and what may be shown. There is one row.

    A demonstration database holds its own day in `demo_today`; everything that asks
    for today gets it from here.
    """

    ONLY_ID = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ID)
    name = models.CharField(max_length=100, default="Schools for Schools")
    headline_measure = models.ForeignKey(
        Measure, models.PROTECT, default="95EM", related_name="+"
    )
    population = models.CharField(
        max_length=12, choices=Population, default=Population.END_OF_KS4
    )
    coverage = models.CharField(
        "England means",
        max_length=12,
        choices=Coverage,
        default=Coverage.ALL,
        help_text="Which schools England's average counts.",
    )
    eligibility_measure = models.ForeignKey(
        Measure, models.PROTECT, default="P8", related_name="+"
    )
    grant_pence = models.PositiveIntegerField(
        "grant to each mentee, in pence", default=900_000
    )
    guideline_days = models.PositiveSmallIntegerField(
        "days of support a year that a mentee may expect", default=20
    )
    least_days_each = models.PositiveSmallIntegerField(
        "fewest days a year a member of staff usually gives", default=5
    )
    most_days_each = models.PositiveSmallIntegerField(
        "most days a year a member of staff usually gives", default=20
    )
    ceiling_days_each = models.PositiveSmallIntegerField(
        "days a year that no member of staff may pass",
        null=True,
        blank=True,
        help_text="Empty for no ceiling.",
    )
    days_to_answer = models.PositiveSmallIntegerField(
        "working days of term to answer a proposal", default=10
    )
    days_to_confirm = models.PositiveSmallIntegerField(
        "days after which silence confirms a support day", default=14
    )
    min_publish = models.PositiveSmallIntegerField(
        "fewest pupils shown", default=6, help_text="Smaller cohorts are hidden."
    )
    min_analyse = models.PositiveSmallIntegerField(
        "fewest pupils counted in an average", default=11
    )
    min_rank = models.PositiveSmallIntegerField(
        "fewest pupils before a cohort counts as small", default=30
    )
    demo_today = models.DateField(null=True, blank=True, editable=False)
    demo_world = models.CharField(max_length=20, blank=True, editable=False)
    demo_effect = models.FloatField(
        null=True,
        blank=True,
        editable=False,
        help_text="Points a year that the programme makes in the invented world.",
    )
    figures_changed = models.PositiveBigIntegerField(
        default=0,
        editable=False,
        help_text="How often what pages' figures rest on has changed.",
    )
    figures_taken_in = models.PositiveBigIntegerField(
        default=0,
        editable=False,
        help_text="How many of these changes the stored figures take in.",
    )
    figures_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    figures_taken_in_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the stored figures were worked out; empty before the first.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(demo_today__isnull=False)
                | Q(demo_world="", demo_effect__isnull=True),
                name="%(app_label)s_%(class)s_knows_the_truth_of_inventions_only",
                violation_error_message="Only an invented world's effect is known.",
            ),
            models.CheckConstraint(
                condition=Q(figures_taken_in__lte=models.F("figures_changed")),
                name="%(app_label)s_%(class)s_takes_in_what_changed",
                violation_error_message="Figures cannot take in more than changed.",
            ),
            models.CheckConstraint(
                condition=Q(least_days_each__lte=models.F("most_days_each"))
                & (
                    Q(ceiling_days_each__isnull=True)
                    | Q(ceiling_days_each__gte=models.F("most_days_each"))
                ),
                name="%(app_label)s_%(class)s_days_each_ascend",
                violation_error_message=(
                    "Fewest days, most days and the ceiling must not decrease in "
                    "that order."
                ),
            ),
            models.CheckConstraint(
                condition=Q(days_to_answer__gte=2, days_to_confirm__gte=1),
                name="%(app_label)s_%(class)s_leaves_time_to_answer",
                violation_error_message=(
                    "Leave two working days to answer and one to confirm, or more."
                ),
            ),
            models.CheckConstraint(
                condition=Q(id=1),
                name="%(app_label)s_%(class)s_is_one_row",
                violation_error_message="There is one programme.",
            ),
            models.CheckConstraint(
                condition=Q(min_publish__gte=1)
                & Q(min_analyse__gte=models.F("min_publish"))
                & Q(min_rank__gte=models.F("min_analyse")),
                name="%(app_label)s_%(class)s_minima_ascend",
                violation_error_message=(
                    "Fewest shown, fewest counted and small must not decrease in "
                    "that order."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def the(cls) -> "Programme":
        """Return the programme, made with its defaults where there is none yet."""
        found = cls.objects.filter(pk=cls.ONLY_ID).first()
        return found or cls.objects.get_or_create(pk=cls.ONLY_ID)[0]

    @property
    def today(self) -> date:
        """Return the day it is for the programme, in London."""
        return self.demo_today or timezone.localdate()

    @property
    def is_stale(self) -> bool:
        """Return whether what the stored figures rest on has changed since."""
        return self.figures_taken_in < self.figures_changed

    @property
    def is_demo(self) -> bool:
        """Return whether this database shows the demonstration."""
        return self.demo_today is not None
