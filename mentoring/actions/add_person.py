"""Lets a person in, or gives one who is known a further role."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.keep import keep
from mentoring.models import Event
from schools.models import Role, School, Trust, User


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    password: str | None,
    kind: str,
    school: School | None = None,
    trust: Trust | None = None,
    by: User | None,
    on: date,
) -> Role:
    """Return the new role of the person with `email`, made where nobody has it.

    A password is needed for a new person and changes nothing for one who is known.
    Raises ValidationError with a sentence.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = _new_person(email.strip(), name.strip(), password)
    if user.roles.live_on(on).filter(kind=kind, school=school, trust=trust).exists():
        raise ValidationError("This person already has this role.")
    role = Role(user=user, kind=kind, school=school, trust=trust, started=on)
    keep(role)
    Event.record(
        by,
        "gave a role",
        role,
        on=on,
        school_id=school.pk if school else None,
        changes={"kind": [None, kind]},
    )
    return role


def _new_person(email: str, name: str, password: str | None) -> User:
    """Return a new person who can sign in."""
    user = User(email=email, name=name)
    if not password:
        raise ValidationError("A new person needs a password.")
    validate_password(password, user)
    user.set_password(password)
    keep(user)
    return user
