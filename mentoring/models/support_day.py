"""Whole and half days that somebody of one school gave the other."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from mentoring.models.area import Area
from mentoring.models.pairing import Pairing
from mentoring.models.staff_member import StaffMember
from schools.models import Role, School, User

HALVES = models.Case(
    models.When(first_half=True, second_half=True, then=models.Value(2)),
    default=models.Value(1),
    output_field=models.IntegerField(),
)
"""Half days of a row."""


class SupportDayQuerySet(models.QuerySet["SupportDay"]):
    """The vocabulary of support days."""

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see. Ends in none(): a new role sees nothing.

        Directors see days on which a school of the pairing was in their trust.
        """
        if role is None:
            return self.none()
        if role.kind in {Role.Kind.STAFF, Role.Kind.FINANCE, Role.Kind.ADMINISTRATOR}:
            return self.all()
        if role.kind in Role.AT_A_SCHOOL and role.school:
            return self.of_school(role.school)
        if role.kind in Role.AT_A_TRUST:
            first = Q(started__isnull=True) | Q(
                started__lte=models.OuterRef("given_on")
            )
            last = Q(ended__isnull=True) | Q(ended__gte=models.OuterRef("given_on"))
            held = role.trust.memberships.filter(first, last) if role.trust else None
            if held is None:
                return self.none()
            mentor = held.filter(school=models.OuterRef("pairing__mentor__school"))
            mentee = held.filter(school=models.OuterRef("pairing__mentee__school"))
            return self.filter(models.Exists(mentor) | models.Exists(mentee))
        return self.none()

    def of_school(self, school: School) -> Self:
        """Keep those that a school gave or was given."""
        return self.filter(
            Q(pairing__mentor__school=school) | Q(pairing__mentee__school=school)
        )

    def counted(self) -> Self:
        """Keep those that count: all but those that were voided."""
        return self.filter(voided_on__isnull=True)

    def unanswered(self) -> Self:
        """Keep those that the other school has neither confirmed nor queried."""
        return self.counted().filter(confirmed_on__isnull=True, queried_on__isnull=True)

    def latest_first(self) -> Self:
        """Order by the day given, the latest first."""
        return self.order_by("-given_on", "-pk")


class SupportDay(models.Model):
    """A half or a whole day of one person; two people on one visit are two rows.

    A row is never deleted: one that was wrong is voided with a reason. Nobody gives the
    same half of a day twice; triggers keep it within its pairing's days and give it
    somebody of the school that gives, and count it in the pairing's totals.
    """

    class Direction(models.TextChoices):
        """Which way help went."""

        GIVEN = "given", "To the mentee"
        BACK = "back", "To the mentor"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="days")
    given_on = models.DateField("day")
    first_half = models.BooleanField("morning")
    second_half = models.BooleanField("afternoon")
    giver = models.ForeignKey(StaffMember, models.PROTECT, related_name="days")
    area = models.ForeignKey(Area, models.PROTECT, related_name="days")
    direction = models.CharField(max_length=5, choices=Direction)
    note = models.CharField(
        max_length=200, blank=True, help_text="One line, without pupils' names."
    )
    taken_back = models.CharField(
        "taken back to one's own school", max_length=500, blank=True
    )
    visit = models.UUIDField(
        help_text="The form it came by: an entry, of several people."
    )
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    logged_for = models.ForeignKey(
        School, models.PROTECT, related_name="+", help_text="The school that logged it."
    )
    logged_at = models.DateTimeField()
    is_late = models.BooleanField(
        default=False, help_text="Entered by staff after its year had closed."
    )
    why_late = models.CharField("why it is entered so late", max_length=200, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody where silence confirmed it.",
    )
    queried_on = models.DateField(null=True, blank=True)
    query = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_voided = models.CharField("why it is void", max_length=200, blank=True)

    objects = SupportDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_half=True) | Q(second_half=True),
                name="%(app_label)s_%(class)s_has_a_half",
                violation_error_message="A support day is a whole day or a half.",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["given", "back"]),
                name="%(app_label)s_%(class)s_direction_is_known",
                violation_error_message="Help goes to the mentee or to the mentor.",
            ),
            models.UniqueConstraint(
                fields=["giver", "given_on"],
                condition=Q(first_half=True, voided_on__isnull=True),
                name="%(app_label)s_%(class)s_one_morning",
                violation_error_message=(
                    "This person has given the first half of that day already."
                ),
            ),
            models.UniqueConstraint(
                fields=["given_on", "giver"],  # SQLite tells the two by their order
                condition=Q(second_half=True, voided_on__isnull=True),
                name="%(app_label)s_%(class)s_one_afternoon",
                violation_error_message=(
                    "This person has given the second half of that day already."
                ),
            ),
            models.UniqueConstraint(
                fields=["visit", "giver"],
                name="%(app_label)s_%(class)s_form_counts_once",
                violation_error_message="This form was sent already.",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True, why_voided="")
                | Q(voided_on__isnull=False, why_voided__gt=""),
                name="%(app_label)s_%(class)s_void_says_why",
                violation_error_message="Say why the day is void.",
            ),
            models.CheckConstraint(
                condition=Q(is_late=False) | Q(why_late__gt=""),
                name="%(app_label)s_%(class)s_late_says_why",
                violation_error_message="Say why the day is entered so late.",
            ),
            models.CheckConstraint(
                condition=Q(queried_on__isnull=True, query="")
                | Q(queried_on__isnull=False, query__gt=""),
                name="%(app_label)s_%(class)s_query_says_what",
                violation_error_message="Say what is wrong with the day.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True)
                | Q(confirmed_on__gte=models.F("given_on")),
                name="%(app_label)s_%(class)s_confirmed_not_before_given",
                violation_error_message="A day is confirmed after it was given.",
            ),
        ]
        indexes = [
            models.Index(fields=["-given_on", "-id"], name="day_by_day"),
            models.Index(fields=["pairing", "-given_on", "-id"], name="day_of_pairing"),
        ]

    def __str__(self) -> str:
        return f"{self.giver.name} on {self.given_on}"

    @property
    def halves(self) -> int:
        """Return the half days of it: 1 or 2."""
        return int(self.first_half) + int(self.second_half)

    def is_open_on(self, day: date) -> bool:
        """Return whether the other school may still confirm or query it."""
        return (
            self.voided_on is None
            and self.confirmed_on is None
            and day >= self.given_on
        )
