"""A school's dated time in the programme, in one of its two roles."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from mentoring.models.eligibility import EligibilityException
from mentoring.models.enrolment_set import EnrolmentSet
from mentoring.steps.membership import CALLED_OFF, NEEDS_REASON, OPEN, State
from schools.constraints import not_before
from schools.models import Establishment, Role, School, TrustMembership

FAR_OFF = date(9999, 12, 31)


SHOWN = models.Case(
    models.When(
        state=State.WITHDRAWN, joined__isnull=True, then=models.Value(CALLED_OFF)
    ),
    default="state",
    output_field=models.CharField(),
)
"""The state as people are shown it: called off is one more. See `shown_state`."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The vocabulary of memberships."""

    READERS = (
        Role.Kind.STAFF,
        Role.Kind.FINANCE,
        Role.Kind.EVALUATOR,
        Role.Kind.ADMINISTRATOR,
    )

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see. Ends in none(): a new role sees nothing.

        Directors see those of which some day fell while the school was in their trust.
        """
        if role is None:
            return self.none()
        if role.kind in self.READERS:
            return self.all()
        if role.kind in Role.AT_A_SCHOOL:
            return self.filter(school=role.school_id)
        if role.kind in Role.AT_A_TRUST:
            first = Coalesce(OuterRef("joined"), OuterRef("since"))
            last = Coalesce(OuterRef("left"), OuterRef("last_day"))
            held = TrustMembership.objects.filter(
                Q(started__isnull=True) | Q(started__lte=last),
                Q(ended__isnull=True) | Q(ended__gte=first),
                trust=role.trust_id,
                school=OuterRef("school"),
            )
            return self.with_last_day().filter(Exists(held))
        return self.none()

    def with_last_day(self) -> Self:
        """Add `last_day`: far off while it is open, the day of a refusal."""
        return self.annotate(
            last_day=models.Case(
                models.When(state__in=OPEN, then=models.Value(FAR_OFF)),
                default=Coalesce("left", "since"),
                output_field=models.DateField(),
            )
        )

    def of_school_for(self, school: School, role: Role | None) -> "list[Membership]":
        """Return a school's rows that `role` may know of, the earliest first.

        Each has `may_open`: whether its page is open to `role`. That a school is in the
        programme is known to everyone; that it was asked is not.
        """
        opened = self.visible_to(role).filter(pk=OuterRef("pk"))
        rows = self.filter(school=school).annotate(may_open=Exists(opened))
        known = rows.filter(Q(joined__isnull=False) | Q(may_open=True))
        return list(known.select_related("school").earliest_first())

    def invitations_to(self, role: Role | None) -> Self:
        """Keep the open invitations that `role` is to answer as its school's head."""
        if role is None or role.kind != Role.Kind.HEAD:
            return self.none()
        waiting = self.filter(school=role.school_id, state=State.INVITED)
        return waiting.select_related("school").earliest_first()

    def with_place(self) -> Self:
        """Fetch the school and its authority along."""
        return self.select_related("school__authority").defer("school__search")

    def mentees(self) -> Self:
        """Keep the memberships of schools that are helped."""
        return self.filter(role=Membership.Role.MENTEE)

    def mentors(self) -> Self:
        """Keep the memberships of schools that help."""
        return self.filter(role=Membership.Role.MENTOR)

    def joined_ever(self) -> Self:
        """Keep those that count: not invitations, refusals and entries called off."""
        return self.filter(joined__isnull=False)

    def of_the_programme(self) -> Self:
        """Keep those that tie a school to the programme: it joined, or is invited."""
        return self.filter(Q(joined__isnull=False) | Q(state=State.INVITED))

    def shown_as(self, state: str) -> Self:
        """Keep those in a state as people are shown it."""
        return self.annotate(shown=SHOWN).filter(shown=state)

    def live_on(self, day: date) -> Self:
        """Keep memberships in force on `day`, both ends included; paused ones too."""
        return self.filter(Q(left__isnull=True) | Q(left__gte=day), joined__lte=day)

    def of_closed_schools(self) -> Self:
        """Keep those of schools that the register says are closed or are to close."""
        closed = Establishment.objects.closed_or_to_close()
        return (
            self.filter(school__in=closed.values("school"))
            .select_related("school")
            .order_by("school__name", "pk")
        )

    def earliest_first(self) -> Self:
        """Order by the first day, or the day of the invitation."""
        return self.order_by(Coalesce("joined", "since"), "pk")

    def move(self, membership: "Membership", seen: int, **new: Any) -> bool:
        """Write `new`, if no step was taken since `seen`; return whether it was so.

        One conditional write, so that of two people at once one is first.
        """
        rows = self.model.objects.filter(pk=membership.pk, steps_taken=seen)
        return rows.update(**new, steps_taken=seen + 1) == 1


class Membership(models.Model):
    """From `joined` to `left`, both included; no `left` while it lasts.

    `joined` is empty until a school accepts, and stays so where it never joined. Only
    rows with `joined` count in figures. A school may be mentee and mentor at once, but
    twice neither: a trigger refuses memberships of one school and role that share a
    day. Who may move it from which state to which is in `mentoring.steps.membership`.
    """

    class Role(models.TextChoices):
        """What the school is in the programme for."""

        MENTEE = "mentee", "Mentee"
        MENTOR = "mentor", "Mentor"

    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role)
    state = models.CharField(
        max_length=9, choices=[(each.value, each.label) for each in State]
    )
    since = models.DateField(help_text="The day the state took effect.")
    joined = models.DateField(
        null=True, blank=True, help_text="The first day in the programme."
    )
    left = models.DateField(
        null=True, blank=True, help_text="The last day in the programme."
    )
    reason = models.CharField(
        "why",
        max_length=200,
        blank=True,
        help_text="Of a pause, a refusal or an ending: the programme's, no names.",
    )
    steps_taken = models.PositiveIntegerField(
        default=0, help_text="Since it was made; a step is taken from what was seen."
    )
    places = models.PositiveSmallIntegerField(
        default=1, help_text="How many mentees a mentor can help at once."
    )
    places_taken = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="Mentees in pairings that take a place; counted by a trigger.",
    )
    days_a_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Days of support a mentor offers in a year."
    )
    enrolment_set = models.ForeignKey(
        EnrolmentSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        help_text="The schools that were enrolled together with it.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "role"],
                condition=Q(state__in=["invited", "active", "paused"]),
                name="%(app_label)s_%(class)s_one_open_in_each_role",
                violation_error_message=(
                    "This school is already in the programme in this role, or invited."
                ),
            ),
            not_before("left", "joined", "A school cannot leave before it joins."),
            not_before("since", "joined", "No state begins before a school joins."),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]),
                name="%(app_label)s_%(class)s_state_is_known",
                violation_error_message=(
                    "A membership is invited, active, paused, declined, withdrawn or "
                    "completed."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["invited", "declined"])
                | Q(joined__isnull=True, left__isnull=True),
                name="%(app_label)s_%(class)s_asked_has_no_days",
                violation_error_message=(
                    "A school that is invited, or declined, has no first or last day."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "paused"])
                | Q(joined__isnull=False, left__isnull=True),
                name="%(app_label)s_%(class)s_in_it_has_a_first_day_alone",
                violation_error_message=(
                    "A school in the programme has a first day, and no last day yet."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="completed")
                | Q(joined__isnull=False, left__isnull=False),
                name="%(app_label)s_%(class)s_completed_has_both_days",
                violation_error_message=(
                    "A school that completed has a first and a last day."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(joined__isnull=False, left__isnull=False)
                | Q(joined__isnull=True, left__isnull=True),
                name="%(app_label)s_%(class)s_withdrawn_has_both_days_or_none",
                violation_error_message=(
                    "A school that withdrew has a first and a last day, or neither if "
                    "it never joined."
                ),
            ),
            models.CheckConstraint(
                condition=Q(places_taken__lte=models.F("places")),
                name="%(app_label)s_%(class)s_no_more_mentees_than_places",
                violation_error_message="This mentor has no place free.",
            ),
            models.CheckConstraint(
                condition=Q(days_a_year__isnull=True) | Q(days_a_year__lte=2000),
                name="%(app_label)s_%(class)s_days_a_year_are_few",
                violation_error_message="Enter at most 2,000 days a year.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paused", "declined", "withdrawn"])
                | Q(reason__gt=""),
                name="%(app_label)s_%(class)s_says_why",
                violation_error_message=(
                    "Say why: a pause, a refusal and a withdrawal need a reason."
                ),
            ),
        ]
        indexes = [models.Index(fields=["role", "school"], name="membership_by_role")]

    def __str__(self) -> str:
        if self.joined is None:
            return f"{self.school} as {self.role}, {self.state}"
        return f"{self.school} as {self.role} from {self.joined}"

    def get_absolute_url(self) -> str:
        """Return the membership's page."""
        return reverse("membership", kwargs={"pk": self.pk})

    @property
    def standing(self) -> State:
        """Return the state as the table of steps has it."""
        return State(self.state)

    @property
    def shown_state(self) -> str:
        """Return the state in a word; called off is told from left."""
        if self.standing == State.WITHDRAWN and self.joined is None:
            return CALLED_OFF.capitalize()
        return self.standing.label

    @property
    def is_open(self) -> bool:
        """Return whether the school is invited or in the programme."""
        return self.standing in OPEN

    @property
    def shows_reason(self) -> bool:
        """Return whether the state is one that says why."""
        return self.standing in NEEDS_REASON and self.reason != ""


def schools_in_programme() -> set[int]:
    """Return the ids of schools that have rows of the programme, or are invited.

    A school that declined, or was called off, is not tied to the programme.
    """
    exceptions = EligibilityException.objects.values_list("school_id", flat=True)
    rows = Membership.objects.of_the_programme()
    return {*rows.values_list("school_id", flat=True), *exceptions}
