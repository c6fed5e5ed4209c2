"""Takes a person's second factor away, when telephone, key and codes are lost."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.end_sessions import end_sessions
from mentoring.models import Event, EventReason
from schools.models import User


@transaction.atomic
def forget_factor(*, user: User, reason: str, by: User | None, on: date) -> User:
    """Return the person, whose password alone lets in; a new factor is asked for then.

    Raises ValidationError with a sentence where there is none, or it is one's own.
    """
    if by == user:
        raise ValidationError(
            "Nobody takes their own second factor away here. Ask another administrator."
        )
    if not reason.strip():
        raise ValidationError({"reason": "Say why."})
    held = Authenticator.objects.filter(user=user)
    if not held.exists():
        raise ValidationError("This person has no second factor.")
    held.delete()
    event = Event.record(by, "took a second factor away", user, on=on)
    EventReason.objects.create(event=event, text=reason.strip())
    end_sessions(user.pk)
    return user
