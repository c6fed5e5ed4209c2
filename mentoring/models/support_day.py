"""Whole and half days that somebody of one school gave the other."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentoring.models.area import Area
from mentoring.models.membership import Membership
from mentoring.models.pairing import Pairing
from mentoring.models.staff_member import StaffMember
from mentoring.steps.support_day import State
from schools.models import Role, School, User

HALVES = models.Case(
    models.When(first_half=True, second_half=True, then=models.Value(2)),
    default=models.Value(1),
    output_field=models.IntegerField(),
)
"""Half days of a row."""


def waited_since(day: date) -> Q:
    """Tell the days that wait since `day` or longer, where they wait at all.

    They were logged by then, and no query of them was taken back after.
    """
    not_asked = Q(waits_since__isnull=True) | Q(waits_since__lte=day)
    return Q(logged_on__lte=day) & not_asked


ADDED_UP = ("state", "direction", "area", "first_half", "second_half", "voided_on")
"""What lists are narrowed by and totals are made of."""


def sees_every_day(role: Role | None) -> bool:
    """Return whether no day is hidden from `role`."""
    every = (Role.Kind.STAFF, Role.Kind.FINANCE, Role.Kind.ADMINISTRATOR)
    return role is not None and role.kind in every


class SupportDayQuerySet(models.QuerySet["SupportDay"]):
    """The vocabulary of support days."""

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see. Ends in none(): a new role sees nothing.

        Directors see days on which a school of the pairing was in their trust.
        """
        if role is None:
            return self.none()
        if sees_every_day(role):
            return self.all()
        if role.kind in Role.AT_A_SCHOOL and role.school:
            return self.of_school(role.school)
        if role.kind in Role.AT_A_TRUST and role.trust:
            first = Q(started__isnull=True) | Q(
                started__lte=models.OuterRef("given_on")
            )
            last = Q(ended__isnull=True) | Q(ended__gte=models.OuterRef("given_on"))
            held = role.trust.memberships.filter(first, last)
            mentor = held.filter(school=models.OuterRef("pairing__mentor__school"))
            mentee = held.filter(school=models.OuterRef("pairing__mentee__school"))
            ever = role.trust.memberships.values("school")
            return self.of_pairings_of(ever).filter(
                models.Exists(mentor) | models.Exists(mentee)
            )
        return self.none()

    def of_school(self, school: School) -> Self:
        """Keep those that a school gave or was given."""
        return self.of_pairings_of([school.pk])

    def of_pairings_of(self, schools: Any) -> Self:
        """Keep those of pairings in which one of `schools`, by its id, has a part.

        The pairings are looked up here, and are few: told them by their keys, databases
        read their days alone, where else they read the days of all.
        """
        own = Membership.objects.filter(school__in=schools).values("pk")
        pairings = Pairing.objects.filter(Q(mentor__in=own) | Q(mentee__in=own))
        return self.filter(pairing__in=list(pairings.values_list("pk", flat=True)))

    def counted(self) -> Self:
        """Keep those that count: all but those that were voided."""
        return self.filter(voided_on__isnull=True)

    def waiting_for(self, school: School) -> Self:
        """Keep those that a school is to confirm: the other school logged them."""
        waiting = self.of_school(school).filter(state=State.WAITING)
        return waiting.exclude(logged_for=school)

    def with_all(self) -> Self:
        """Fetch both schools, the giver and the area along."""
        return self.select_related(
            "pairing__mentor__school", "pairing__mentee__school", "giver", "area"
        ).defer("pairing__mentor__school__search", "pairing__mentee__school__search")

    def latest_first(self) -> Self:
        """Order by the day given, the latest first."""
        return self.order_by("-given_on", "-pk")

    def move(self, day: "SupportDay", **new: Any) -> bool:
        """Write `new`, if the day stands where `day` has it; return whether it was so.

        One conditional write, so that of two people at once one is first.
        """
        rows = self.model.objects.filter(pk=day.pk, state=day.state)
        return rows.update(**new) == 1


class SupportDay(models.Model):
    """A half or a whole day of one person; two people on one visit are two rows.

    A row is never deleted: one that was wrong is voided with a reason. Nobody gives the
    same half of a day twice; triggers keep it within its pairing's days, give it
    somebody of the school that gives, have one of the two schools log it and query it,
    and count it in the pairing's totals. Who may move it from which state to which is
    in `mentoring.steps.support_day`.
    """

    class Direction(models.TextChoices):
        """Which way help went."""

        GIVEN = "given", "To the mentee"
        BACK = "back", "To the mentor"

    pairing = models.ForeignKey(
        Pairing, models.PROTECT, related_name="days", db_index=False
    )
    given_on = models.DateField("day")
    first_half = models.BooleanField("morning")
    second_half = models.BooleanField("afternoon")
    giver = models.ForeignKey(StaffMember, models.PROTECT, related_name="days")
    area = models.ForeignKey(Area, models.PROTECT, related_name="days", db_index=False)
    direction = models.CharField(max_length=5, choices=Direction)
    note = models.CharField(
        max_length=200, blank=True, help_text="One line, without pupils' names."
    )
    taken_back = models.CharField(
        "taken back to one's own school", max_length=500, blank=True
    )
    taken_back_there = models.CharField(
        "taken back by the school that confirmed it", max_length=500, blank=True
    )
    state = models.CharField(
        max_length=9,
        choices=[(each.value, each.label) for each in State],
        default=State.WAITING,
    )
    visit = models.UUIDField(
        help_text="The form it came by: an entry, of several people."
    )
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    logged_for = models.ForeignKey(
        School,
        models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="The school that logged it.",
    )
    logged_on = models.DateField(help_text="From when the other school could see it.")
    waits_since = models.DateField(
        null=True, blank=True, help_text="The day its query was taken back, if it was."
    )
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
        db_index=False,
        help_text="Nobody where silence confirmed it.",
    )
    queried_on = models.DateField(null=True, blank=True)
    queried_for = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The school that queried it.",
    )
    query = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    voided_on = models.DateField(null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
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
            models.CheckConstraint(
                condition=Q(given_on__lte=models.F("logged_on")),
                name="%(app_label)s_%(class)s_logged_not_before_given",
                violation_error_message="A day is logged once it was given.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "confirmed", "queried", "void"]),
                name="%(app_label)s_%(class)s_state_is_known",
                violation_error_message="A support day stands in one of its states.",
            ),
            models.CheckConstraint(
                condition=Q(state="void", voided_on__isnull=False)
                | (~Q(state="void") & Q(voided_on__isnull=True)),
                name="%(app_label)s_%(class)s_void_since_a_day",
                violation_error_message="A void day, and no other, was voided.",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(state="waiting")
                    | Q(confirmed_on__isnull=True, queried_on__isnull=True)
                )
                & (~Q(state="confirmed") | Q(confirmed_on__isnull=False))
                & (
                    ~Q(state="queried")
                    | Q(
                        confirmed_on__isnull=True,
                        queried_on__isnull=False,
                        answered_on__isnull=True,
                    )
                ),
                name="%(app_label)s_%(class)s_state_has_its_days",
                violation_error_message=(
                    "A day is confirmed or queried on a day, or waits."
                ),
            ),
        ]
        # Lists are in the order of day and id. What they are narrowed by, and what is
        # added up of them, is read in the index itself.
        indexes = [
            models.Index(
                fields=["given_on", "id", "pairing", "giver", *ADDED_UP],
                name="day_by_day",
            ),
            models.Index(
                fields=["pairing", "given_on", "id", "giver", *ADDED_UP],
                name="day_of_pairing",
            ),
            models.Index(
                fields=["logged_on"], condition=Q(state="waiting"), name="day_waiting"
            ),
            models.Index(
                fields=["queried_on"], condition=Q(state="queried"), name="day_queried"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver.name} on {self.given_on}"

    def get_absolute_url(self) -> str:
        """Return the day's page."""
        return reverse("day", kwargs={"pk": self.pk})

    @property
    def waiting_since(self) -> date:
        """Return from when the other school has its time to confirm it."""
        return self.waits_since or self.logged_on

    @property
    def standing(self) -> State:
        """Return the state as the table of steps has it."""
        return State(self.state)

    @property
    def is_whole(self) -> bool:
        """Return whether it is a whole day."""
        return self.first_half and self.second_half

    @property
    def halves(self) -> int:
        """Return the half days of it: 1 or 2."""
        return int(self.first_half) + int(self.second_half)

    @property
    def other_school(self) -> School:
        """Return the school that did not log it, which confirms it."""
        mentor, mentee = self.pairing.mentor.school, self.pairing.mentee.school
        return mentee if self.logged_for_id == mentor.pk else mentor
