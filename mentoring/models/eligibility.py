"""Which schools are entitled to help: frozen lists, and recorded exceptions."""

import math
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from results.models import Measure
from results.models.choices import ReleaseStatus
from schools.constraints import not_before
from schools.models import Establishment, Role, School, User


class EligibilityListQuerySet(models.QuerySet["EligibilityList"]):
    """The vocabulary of frozen lists."""

    READERS = (
        Role.Kind.STAFF,
        Role.Kind.FINANCE,
        Role.Kind.EVALUATOR,
        Role.Kind.ADMINISTRATOR,
    )

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see. Ends in none(): a new role sees nothing."""
        if role is not None and role.kind in self.READERS:
            return self.all()
        return self.none()

    def latest_first(self) -> Self:
        """Order by the day of freezing, the newest first."""
        return self.order_by("-frozen_on", "-pk")


class EligibilityList(models.Model):
    """The bottom quarter by one value-added measure in one year, as it was frozen.

    Later revisions of the results do not change it. `cut` is the highest score that
    is still in; every tied school is in, so the share can pass a quarter.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="Summer of the exams.")
    release = models.PositiveSmallIntegerField(
        choices=ReleaseStatus, help_text="The weakest release among its scores."
    )
    frozen_on = models.DateField()
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rule = models.TextField(help_text="The rule in words.")
    quantile = models.FloatField(default=0.25)
    cut = models.FloatField()
    with_value = models.PositiveIntegerField(help_text="Schools with a score.")
    counted = models.PositiveIntegerField(help_text="Schools the rule counted.")
    eligible = models.PositiveIntegerField()
    tied = models.PositiveIntegerField(help_text="Schools at the cut.")

    objects = EligibilityListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(eligible__lte=F("counted"), counted__lte=F("with_value")),
                name="%(app_label)s_%(class)s_counts_nest",
                violation_error_message="More schools are eligible than were counted.",
            ),
            models.CheckConstraint(
                condition=Q(quantile__gt=0, quantile__lt=1),
                name="%(app_label)s_%(class)s_quantile_is_a_share",
                violation_error_message="The share must lie between 0 and 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bottom quarter by {self.measure_id}, {self.year}"

    def get_absolute_url(self) -> str:
        """Return the list's page."""
        return reverse("eligibility_list", kwargs={"pk": self.pk})

    @property
    def quarter(self) -> int:
        """Return how many schools a quarter of those counted is, rounded up."""
        return math.ceil(self.counted * self.quantile)

    @property
    def share(self) -> float:
        """Return the share of counted schools that is eligible, 0 to 1."""
        return self.eligible / self.counted


class EligibilityEntryQuerySet(models.QuerySet["EligibilityEntry"]):
    """The vocabulary of places on a list."""

    def eligible(self) -> Self:
        """Keep schools in the bottom quarter."""
        return self.filter(standing=EligibilityEntry.Standing.ELIGIBLE)

    def of_school(self, school: School) -> Self:
        """Keep the places of every URN the school has, or has taken over."""
        return self.filter(urn__in=school.establishments.values("urn"))

    def by_rank(self) -> Self:
        """Order from the lowest score, schools that were not counted last."""
        return self.order_by("position")

    def exclusions(self) -> list[tuple[str, int, int]]:
        """Return each reason for leaving out: code, schools, of them with a score.

        The commonest reason comes first.
        """
        left_out = self.filter(standing=EligibilityEntry.Standing.EXCLUDED)
        counts = left_out.values("reason").annotate(
            n=Count("pk"), scored=Count("value")
        )
        rows = counts.order_by("-n", "reason").values_list("reason", "n", "scored")
        return [(reason, schools, scored) for reason, schools, scored in rows]


class EligibilityEntry(models.Model):
    """One school on a frozen list: eligible, a near miss, above, or left out."""

    class Standing(models.TextChoices):
        """Where the rule put the school."""

        ELIGIBLE = "eligible", "Eligible"
        NEAR_MISS = "near_miss", "Near miss"
        ABOVE = "above", "Above the cut"
        EXCLUDED = "excluded", "Not counted"

    list = models.ForeignKey(
        EligibilityList, models.CASCADE, related_name="entries", db_index=False
    )
    school = models.ForeignKey(School, models.PROTECT, related_name="eligibility")
    urn = models.PositiveIntegerField(help_text="The URN its score stands under.")
    standing = models.CharField(max_length=9, choices=Standing)
    value = models.FloatField(null=True)
    rank = models.PositiveIntegerField(
        null=True, help_text="From the lowest; tied schools share one."
    )
    reason = models.CharField(
        max_length=20, blank=True, help_text="Why it was not counted."
    )
    position = models.PositiveIntegerField(
        default=0,
        help_text="Where the list names it: by rank, then by its name of that day.",
    )
    # Null where the list was frozen before these were kept: nothing else can be added
    # to a table of records without SQLite making it anew, without its triggers.
    cohort = models.PositiveIntegerField(null=True, help_text="Pupils counted.")
    type_group = models.CharField(  # noqa: DJ001 -- see above
        max_length=12, null=True, choices=Establishment.TypeGroup
    )
    missing = models.CharField(  # noqa: DJ001 -- see above
        max_length=20, null=True, help_text="Why its score was not published."
    )

    objects = EligibilityEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "urn"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="A school stands on a list once.",
            ),
            models.CheckConstraint(
                condition=Q(standing="excluded", rank__isnull=True, reason__gt="")
                | (
                    ~Q(standing="excluded")
                    & Q(rank__isnull=False, value__isnull=False, reason="")
                ),
                name="%(app_label)s_%(class)s_ranked_or_excluded",
                violation_error_message=(
                    "A school is ranked, or left out with a reason."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["list", "position"], name="entry_by_position"),
            models.Index(
                fields=["list", "standing", "position"], name="entry_of_a_standing"
            ),
            # A school's places on all lists, asked for without naming one.
            models.Index(fields=["urn"], name="entry_by_urn"),
        ]


class EligibilityExceptionQuerySet(models.QuerySet["EligibilityException"]):
    """The vocabulary of exceptions."""

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see. Ends in none(): a new role sees nothing."""
        if role is not None and role.kind in EligibilityListQuerySet.READERS:
            return self.all()
        return self.none()

    def live_on(self, day: date) -> Self:
        """Keep exceptions that still hold on `day`.

        The last day, `until`, is inside; the day on which one was ended is not.
        """
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            granted_on__lte=day,
        )

    def over_on(self, day: date) -> Self:
        """Keep exceptions that have lapsed by `day`, or were ended."""
        return self.filter(Q(until__lt=day) | Q(ended_on__lte=day))

    def of_school(self, school: School) -> Self:
        """Keep what was granted to the school, or to one it continues."""
        return self.filter(Q(school=school) | Q(school__continued_by=school))


class EligibilityException(models.Model):
    """A school let in although no list has it: who decided, why, until when."""

    school = models.ForeignKey(
        School, models.PROTECT, related_name="eligibility_exceptions"
    )
    why = models.TextField()
    granted_on = models.DateField()
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True, blank=True)
    until_why = models.TextField(
        blank=True, help_text="Why its last day was changed, the last time."
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text="From this day it holds no longer."
    )
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.TextField(blank=True)

    objects = EligibilityExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(why__gt=""),
                name="%(app_label)s_%(class)s_says_why",
                violation_error_message="Say why this school is let in.",
            ),
            not_before("until", "granted_on", "An exception cannot end in its past."),
            not_before(
                "ended_on", "granted_on", "An exception cannot end before it began."
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, ended_why="")
                | (Q(ended_on__isnull=False) & Q(ended_why__gt="")),
                name="%(app_label)s_%(class)s_ends_with_why",
                violation_error_message="Say why this exception ends.",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the exception's page."""
        return reverse("exception", kwargs={"pk": self.pk})

    def is_live_on(self, day: date) -> bool:
        """Return whether it holds on `day`, as `live_on` asks of many."""
        is_over = self.until is not None and self.until < day
        is_ended = self.ended_on is not None and self.ended_on <= day
        return self.granted_on <= day and not is_over and not is_ended
