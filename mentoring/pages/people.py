"""People and invitations in words: where a role is, and what ending it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.models import Event
from mentoring.pages.parts import day_words
from schools.models import Invitation, Role

STATE_TAGS = {
    Invitation.State.WAITING: "waiting",
    Invitation.State.EXPIRED: "attention",
    Invitation.State.REVOKED: "refused",
    Invitation.State.ACCEPTED: "good",
}
DONE = {
    "invited a person": "Invited",
    "resent an invitation": "Sent again, with a new link",
    "revoked an invitation": "Revoked",
    "accepted an invitation": "Accepted",
}
STAYS = (
    "Nothing that was done in this role is lost or renamed: old entries keep the name."
)
ENDING = {
    Role.Kind.HEAD: (
        "From the day after, this person sees the school's pairings and days no more. "
        "The next head sees all that this one saw, as soon as they accept an "
        "invitation. Delegates keep their roles until their own last day."
    ),
    Role.Kind.DELEGATE: (
        "From the day after, this person logs no days for the school and no longer "
        "sees its record."
    ),
    Role.Kind.DIRECTOR: (
        "From the day after, this person sees no more pairings and money of the trust."
    ),
}
ENDING_OTHERS = "From the day after, this person can do nothing more in this role."


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """One invitation: `tag` and `state` say where it stands, `steps` what was done."""

    state: str
    tag: str
    title: str
    scope: str
    is_open: bool
    steps: Sequence[str]


def role_state(role: Role, on: date) -> tuple[str, str]:
    """Return whether a role is in force on `on`: the tag's kind, and its word."""
    if role.started > on:
        return "waiting", "Starts later"
    return ("good", "In force") if role.is_live_on(on) else ("ended", "Ended")


def what_ending_means(role: Role) -> str:
    """Return what changes once the role's last day is over."""
    return f"{ENDING.get(Role.Kind(role.kind), ENDING_OTHERS)} {STAYS}"


def invitation_page(
    invitation: Invitation, events: Sequence[Event], moment: datetime
) -> InvitationPage:
    """Return an invitation as its page shows it."""
    state = invitation.state_at(moment)
    return InvitationPage(
        state=state.label,
        tag=STATE_TAGS[state],
        title=_title(invitation, state),
        scope=invitation.get_scope_display(),
        is_open=state in {Invitation.State.WAITING, Invitation.State.EXPIRED},
        steps=[
            f"{day_words(event.happened_on)}: {DONE.get(event.verb, event.verb)}, "
            f"by {event.who or 'a command'}"
            for event in events
        ],
    )


def _title(invitation: Invitation, state: Invitation.State) -> str:
    if state == Invitation.State.ACCEPTED:
        return f"{invitation} has accepted"
    if state == Invitation.State.REVOKED:
        return f"The invitation of {invitation} is revoked"
    if state == Invitation.State.EXPIRED:
        return f"The invitation of {invitation} has expired"
    return f"{invitation} is invited"
