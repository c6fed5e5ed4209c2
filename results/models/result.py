"""One published figure of one establishment, or the reason there is none."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from results.models.choices import MissingReason, Population, ReleaseStatus
from results.models.measure import Measure
from schools.models import Establishment, ImportRun, School

PERCENTAGES = ["5AC", "5AC_GCSE_only", "5ACEM", "ACEM", "94EM", "95EM"]


class ResultQuerySet(models.QuerySet["Result"]):
    """The vocabulary of results."""

    def published_of(self, school: School) -> models.QuerySet["Result", Any]:
        """Return the results of all a school's establishments, weakest release first.

        As tuples of URN, measure, year, population, release, value, number, cohort
        and reason.
        """
        return (
            self.filter(establishment__school=school)
            .order_by("release")
            .values_list(
                *("establishment_id", "measure_id", "year", "population", "release"),
                *("value", "number", "cohort", "reason"),
            )
        )

    def current(self) -> Self:
        """Keep, for each figure, its highest release; a reason counts as a value."""
        later = Result.objects.filter(
            establishment=OuterRef("establishment"),
            measure=OuterRef("measure"),
            year=OuterRef("year"),
            population=OuterRef("population"),
            release__gt=OuterRef("release"),
        )
        return self.filter(~Exists(later))


class Result(models.Model):
    """A value with what it counts, or the reason there is none.

    `value` is in the measure's unit (per cent 0 to 100, points, score). `cohort` is
    the number of pupils counted and `number` those who reached the standard; either
    is None where it was not published. `marker` keeps the publisher's own code.
    """

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="results", db_index=False
    )
    measure = models.ForeignKey(Measure, models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField(help_text="Summer of the exams.")
    population = models.CharField(max_length=12, choices=Population)
    release = models.PositiveSmallIntegerField(choices=ReleaseStatus)
    value = models.FloatField(null=True)
    number = models.PositiveIntegerField(null=True)
    cohort = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=14, choices=MissingReason, blank=True)
    marker = models.CharField(max_length=20, blank=True)
    type_group = models.CharField(
        "kind of school",
        max_length=12,
        choices=Establishment.TypeGroup,
        blank=True,
        help_text="As the results themselves say; empty where they do not.",
    )
    run = models.ForeignKey(
        ImportRun,
        models.PROTECT,
        related_name="results",
        db_index=False,
        help_text="The import that last wrote it.",
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "measure", "year", "population", "release"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This result is already held.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, reason="")
                | Q(value__isnull=True, reason__gt=""),
                name="%(app_label)s_%(class)s_value_or_reason",
                violation_error_message=(
                    "A result has a value, or the reason there is none."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(measure__in=PERCENTAGES)
                | Q(value__isnull=True)
                | Q(value__gte=0, value__lte=100),
                name="%(app_label)s_%(class)s_percentage_in_range",
                violation_error_message="A percentage lies between 0 and 100.",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True)
                | Q(cohort__isnull=False, number__lte=F("cohort")),
                name="%(app_label)s_%(class)s_number_within_cohort",
                violation_error_message=(
                    "No more pupils can reach a standard than there are."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "year"], name="result_by_measure_year")
        ]


class ResultChange(models.Model):
    """What a value was before an import changed it within its release.

    `before` and `after` hold value, number, cohort, reason, marker and kind of school.
    """

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="changes")
    previous_run = models.ForeignKey(
        ImportRun,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The import that had written it before; none in old records.",
    )
    result = models.ForeignKey(Result, models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
