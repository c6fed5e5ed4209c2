"""Dated help from one mentor school to one mentee school, as lead or in an area."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from mentoring.models.area import Area
from mentoring.models.membership import FAR_OFF, Membership
from mentoring.steps.pairing import (
    HELPED,
    NEEDS_REASON,
    REFUSED,
    TAKES_A_PLACE,
    UNANSWERED,
    State,
)
from schools.constraints import not_before
from schools.models import Role, School, TrustMembership, User

RECENT_DAYS = 60
"""For so long after its end a pairing is offered to who logs a day."""


class PairingQuerySet(models.QuerySet["Pairing"]):
    """The vocabulary of pairings."""

    READERS = (Role.Kind.STAFF, Role.Kind.FINANCE, Role.Kind.ADMINISTRATOR)

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see. Ends in none(): a new role sees nothing.

        Directors see those of which some day fell while a school was in their trust.
        """
        if role is None:
            return self.none()
        if role.kind in self.READERS:
            return self.all()
        if role.kind in Role.AT_A_SCHOOL and role.school:
            return self.of_school(role.school)
        if role.kind in Role.AT_A_TRUST:
            last = Coalesce(OuterRef("ended"), models.Value(FAR_OFF))
            held = TrustMembership.objects.filter(
                Q(started__isnull=True) | Q(started__lte=last),
                Q(ended__isnull=True) | Q(ended__gte=OuterRef("started")),
                trust=role.trust_id,
            )
            return self.filter(
                Exists(held.filter(school=OuterRef("mentor__school")))
                | Exists(held.filter(school=OuterRef("mentee__school")))
            )
        return self.none()

    def of_school(self, school: School) -> Self:
        """Keep those in which a school helps or is helped."""
        return self.filter(Q(mentor__school=school) | Q(mentee__school=school))

    def of_membership(self, membership: Membership) -> Self:
        """Keep those in which a membership helps or is helped."""
        return self.filter(Q(mentor=membership) | Q(mentee=membership))

    def open(self) -> Self:
        """Keep those that take a place of their mentor."""
        return self.filter(state__in=TAKES_A_PLACE)

    def current_on(self, day: date) -> Self:
        """Keep those that take a place, and those whose last day has not come."""
        return self.filter(
            Q(state__in=TAKES_A_PLACE) | Q(state=State.ENDED, ended__gte=day)
        )

    def to_log_on(self, day: date) -> Self:
        """Keep those that a day may be logged for: in force, or ended not long ago."""
        recent = day - timedelta(days=RECENT_DAYS)
        return self.filter(
            Q(ended__isnull=True) | Q(ended__gte=recent),
            state__in=HELPED,
            started__lte=day,
        )

    def unanswered(self) -> Self:
        """Keep the proposals that the mentor's head has not answered for good."""
        return self.filter(state__in=UNANSWERED)

    def refused(self) -> Self:
        """Keep the proposals that were declined, or not answered in time."""
        return self.filter(state__in=REFUSED)

    def with_schools(self) -> Self:
        """Fetch both schools and the area along."""
        return self.select_related(
            *("mentor__school", "mentee__school", "area", "referred_from", "officer")
        ).defer("mentor__school__search", "mentee__school__search")

    def move(self, pairing: "Pairing", seen: int, **new: Any) -> bool:
        """Write `new`, if no step was taken since `seen`; return whether it was so.

        One conditional write, so that of two people at once one is first.
        """
        rows = self.model.objects.filter(pk=pairing.pk, steps_taken=seen)
        return rows.update(**new, steps_taken=seen + 1) == 1


class Pairing(models.Model):
    """Help from `started` to `ended`, both included; no `ended` while it lasts.

    `ended` may lie ahead. Who may move it from which state to which is in
    `mentoring.steps.pairing`. What other rows have to say is kept by triggers: both
    memberships hold all its days, no two of a couple and area share a day, nor two
    leads of a mentee, and a mentor has no more mentees than places.
    """

    class Again(models.TextChoices):
        """What an ending says about another time."""

        YES = "yes", "Yes"
        NO = "no", "No"
        UNSURE = "unsure", "Not sure"

    mentor = models.ForeignKey(Membership, models.PROTECT, related_name="helps")
    mentee = models.ForeignKey(Membership, models.PROTECT, related_name="helped_by")
    area = models.ForeignKey(Area, models.PROTECT, related_name="pairings")
    state = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in State]
    )
    since = models.DateField(help_text="The day the state took effect.")
    started = models.DateField("first day")
    ended = models.DateField("last day", null=True, blank=True)
    planned_days = models.PositiveSmallIntegerField(
        "days planned a year", default=0, help_text="None is planned where it is 0."
    )
    answer_by = models.DateField(
        null=True, blank=True, help_text="The last day to answer a proposal."
    )
    asked_on = models.DateField(help_text="The day the mentor was asked.")
    reminded_on = models.DateField(
        null=True, editable=False, help_text="The day the mentor was reminded."
    )
    answered_on = models.DateField(
        null=True, blank=True, help_text="The day it said yes or no."
    )
    words = models.CharField(
        max_length=500, blank=True, help_text="What was asked or told last; no names."
    )
    reason = models.CharField(
        "why",
        max_length=200,
        blank=True,
        help_text="Of a pause, a refusal or an ending; no names.",
    )
    handover = models.CharField(
        "hand-over note", max_length=2000, blank=True, help_text="For who comes after."
    )
    again = models.CharField(
        "again?", max_length=6, choices=Again, blank=True, help_text="Of an ending."
    )
    referred_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        help_text="The pairing whose mentor handed the need on.",
    )
    officer = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="portfolio",
        help_text="Who of the programme looks after it.",
    )
    halves_given = models.PositiveIntegerField(
        default=0, editable=False, help_text="Half days to the mentee that count."
    )
    halves_back = models.PositiveIntegerField(
        default=0, editable=False, help_text="Half days to the mentor that count."
    )
    latest_day = models.DateField(
        null=True, editable=False, help_text="The last day of support that counts."
    )
    steps_taken = models.PositiveIntegerField(
        default=0, help_text="Since it was made; a step is taken from what was seen."
    )

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints = [
            not_before("ended", "started", "A pairing cannot end before it begins."),
            not_before(
                "answered_on", "asked_on", "Nobody answers before they are asked."
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]),
                name="%(app_label)s_%(class)s_state_is_known",
                violation_error_message="A pairing stands in one of its states.",
            ),
            models.CheckConstraint(
                condition=~Q(mentor=models.F("mentee")),
                name="%(app_label)s_%(class)s_is_of_two",
                violation_error_message="A pairing is of a mentor and a mentee.",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended__isnull=False),
                name="%(app_label)s_%(class)s_ended_has_a_last_day",
                violation_error_message="A pairing that ended has a last day.",
            ),
            models.CheckConstraint(
                condition=Q(state="ended") | Q(ended__isnull=True),
                name="%(app_label)s_%(class)s_last_day_is_of_an_ending",
                violation_error_message="Only a pairing that ended has a last day.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[each.value for each in NEEDS_REASON])
                | Q(reason__gt=""),
                name="%(app_label)s_%(class)s_says_why",
                violation_error_message=(
                    "Say why: a pause, a refusal and an ending need a reason."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(answer_by__isnull=False),
                name="%(app_label)s_%(class)s_proposed_has_a_day_to_answer",
                violation_error_message="A proposal has a last day to answer.",
            ),
            models.CheckConstraint(
                condition=Q(planned_days__lte=366),
                name="%(app_label)s_%(class)s_plans_a_year_at_most",
                violation_error_message="A year has at most 366 days of support.",
            ),
            models.CheckConstraint(
                condition=~Q(referred_from=models.F("id")),
                name="%(app_label)s_%(class)s_is_not_referred_from_itself",
                violation_error_message="A pairing is not referred from itself.",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by"], name="pairing_by_answer"),
            models.Index(fields=["area", "state"], name="pairing_by_area"),
            models.Index(fields=["-started", "-id"], name="pairing_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor.school} helps {self.mentee.school}: {self.area}"

    def get_absolute_url(self) -> str:
        """Return the pairing's page."""
        return reverse("pairing", kwargs={"pk": self.pk})

    @property
    def never_began(self) -> bool:
        """Return whether it was declined, expired or called off."""
        return self.standing not in {*TAKES_A_PLACE, State.ENDED}

    def still_lasts(self, day: date) -> bool:
        """Return whether its end is set and has not gone by: the last day counts."""
        return self.ended is not None and self.ended >= day

    @property
    def standing(self) -> State:
        """Return the state as the table of steps has it."""
        return State(self.state)

    @property
    def days_taken_to_answer(self) -> int | None:
        """Return how many days the mentor took to answer; None before it has."""
        return (self.answered_on - self.asked_on).days if self.answered_on else None

    @property
    def is_open(self) -> bool:
        """Return whether it takes a place of its mentor."""
        return self.standing in TAKES_A_PLACE
