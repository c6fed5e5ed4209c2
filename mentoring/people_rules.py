"""What must hold of an invitation and of a role, each as a sentence people can read."""

from datetime import date, datetime

from django.core.exceptions import ValidationError

from schools.models import Invitation, Role, User

OVER = (
    "This invitation works no longer. Ask whoever invited you to send it again: a link "
    "works once, for seven days."
)


def check_role_end(ends: date | None, on: date) -> None:
    """Refuse to give a role whose last day is over."""
    if ends is not None and ends < on:
        raise ValidationError(
            {"ends": "The last day cannot be in the past. Give a later day."}
        )


def check_is_unanswered(invitation: Invitation) -> None:
    """Refuse to send again, or to revoke, what is accepted or revoked."""
    if invitation.accepted_at is not None:
        raise ValidationError(
            f"{invitation} has accepted. To take the role away, end it in the list of "
            "people."
        )
    if invitation.revoked_at is not None:
        raise ValidationError(
            "This invitation is revoked. Invite the person anew if that was a slip."
        )


def check_can_be_accepted(invitation: Invitation, moment: datetime) -> None:
    """Refuse a link that was used, revoked or is too old, all alike."""
    if invitation.state_at(moment) != Invitation.State.WAITING:
        raise ValidationError(OVER)


def check_role_can_end(role: Role, by: User | None, on: date) -> None:
    """Refuse to end what has ended, and an administrator's own role."""
    if role.ended is not None and role.ended < on:
        raise ValidationError(
            f"This role already ended on {role.ended.day} {role.ended:%B %Y}. What has "
            "happened is not rewritten."
        )
    if by == role.user and role.kind == Role.Kind.ADMINISTRATOR:
        raise ValidationError(
            "Nobody ends their own role as administrator, so that one is always left. "
            "Ask another administrator."
        )
