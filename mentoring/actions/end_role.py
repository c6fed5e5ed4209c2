"""Ends a role by date. The person stays, and what they did keeps their name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring import people_rules as rules
from mentoring.actions.end_sessions import end_sessions
from mentoring.actions.keep import keep
from mentoring.models import Event, EventReason
from schools.models import Role, User


@transaction.atomic
def end_role(
    *, role: Role, ended: date, reason: str, by: User | None, on: date
) -> Role:
    """Return the role with its last day in force, which may lie ahead or behind.

    Raises ValidationError with a sentence where it has ended already.
    """
    held = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    rules.check_role_can_end(held, by, on)
    if not reason.strip():
        raise ValidationError({"reason": "Say why."})
    before, held.ended = held.ended, ended
    keep(held)
    event = Event.record(
        by,
        "ended a role",
        held,
        on=on,
        school_id=held.school_id,
        changes={"ended": [before.isoformat() if before else None, ended.isoformat()]},
    )
    EventReason.objects.create(event=event, text=reason.strip())
    end_sessions(held.user_id)
    return held
