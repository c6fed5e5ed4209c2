"""An invitation to work with the programme, by a link that works once."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse

from schools.constraints import belongs_where_its_kind_does
from schools.models.role import Role
from schools.models.school import School
from schools.models.trust import Trust
from schools.models.user import User

LASTS = timedelta(days=7)
"""How long a link works, by the real clock."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The vocabulary of invitations; moments are of the real clock."""

    def with_token(self, token: str) -> Self:
        """Keep the one whose link holds `token`."""
        return self.filter(token_hash=Invitation.hash_of(token))

    def unanswered(self) -> Self:
        """Keep those neither accepted nor revoked, expired ones too."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def in_state(self, state: str, moment: datetime) -> Self:
        """Keep those that are in `state` at `moment`."""
        if state == Invitation.State.ACCEPTED:
            return self.filter(accepted_at__isnull=False)
        if state == Invitation.State.REVOKED:
            return self.filter(revoked_at__isnull=False)
        if state == Invitation.State.WAITING:
            return self.unanswered().filter(expires_at__gt=moment)
        return self.unanswered().filter(expires_at__lte=moment)

    def visible_to(self, role: Role | None) -> Self:
        """Keep what `role` may see: all, or the delegates of the head's own school.

        Ends in none(): a new role sees nothing until someone decides.
        """
        if role is None:
            return self.none()
        if role.kind in Role.KNOWS_EVERYBODY:
            return self.all()
        if role.kind == Role.Kind.HEAD:
            return self.filter(kind=Role.Kind.DELEGATE, school=role.school_id)
        return self.none()


class Invitation(models.Model):
    """Who is invited to which role, by whom, and what became of it.

    The link's token is not kept, only its SHA-256: who reads the database cannot open
    it. Sent again, it has a new token, and the link before works no longer.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waiting"
        EXPIRED = "expired", "Expired"
        REVOKED = "revoked", "Revoked"
        ACCEPTED = "accepted", "Accepted"

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=13, choices=Role.Kind)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    trust = models.ForeignKey(
        Trust, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    scope = models.CharField(max_length=7, choices=Role.Scope, blank=True)
    ends = models.DateField(
        null=True, blank=True, help_text="The last day of the role, where one is set."
    )
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="None: a command."
    )
    made_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(
        null=True, help_text="When the mail with the link last left; None: it did not."
    )
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    role = models.OneToOneField(
        Role,
        models.PROTECT,
        null=True,
        related_name="invitation",
        help_text="The role it gave, once accepted.",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            belongs_where_its_kind_does(),
            models.CheckConstraint(
                condition=Q(
                    kind="delegate", scope__in=["log", "confirm"], ends__isnull=False
                )
                | (~Q(kind="delegate") & Q(scope="")),
                name="%(app_label)s_%(class)s_delegates_have_scope_and_end",
                violation_error_message=(
                    "Say what a delegate may do and until when; others have no scope."
                ),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, role__isnull=True)
                | Q(accepted_at__isnull=False, role__isnull=False),
                name="%(app_label)s_%(class)s_accepted_with_a_role",
                violation_error_message="An invitation that is accepted gives a role.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="%(app_label)s_%(class)s_not_accepted_and_revoked",
                violation_error_message=(
                    "An invitation is accepted or revoked, not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")),
                name="%(app_label)s_%(class)s_expires_after_it_is_made",
                violation_error_message="A link works for a while after it is made.",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                name="%(app_label)s_%(class)s_token_is_one_invitation",
                violation_error_message="Each invitation has a link of its own.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "kind",
                Coalesce("school", 0),
                Coalesce("trust", 0),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="%(app_label)s_%(class)s_unanswered_once",
                violation_error_message=(
                    "This person is invited to this role already. Find the invitation "
                    "in the list, and send it again or revoke it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the invitation, for those who invite."""
        return reverse("invitation", kwargs={"pk": self.pk})

    @staticmethod
    def hash_of(token: str) -> str:
        """Return what is kept of a link's token."""
        return sha256(token.encode()).hexdigest()

    def state_at(self, moment: datetime) -> State:
        """Return what has become of it at `moment`."""
        if self.accepted_at is not None:
            return self.State.ACCEPTED
        if self.revoked_at is not None:
            return self.State.REVOKED
        return self.State.WAITING if self.expires_at > moment else self.State.EXPIRED

    @property
    def place(self) -> School | Trust | None:
        """The school or trust it is for; None: the programme."""
        return self.school or self.trust
