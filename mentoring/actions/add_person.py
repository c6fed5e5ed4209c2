"""Lets a person in, or gives one who is known a further role."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring import people_rules as rules
from mentoring.actions.end_sessions import end_sessions
from mentoring.actions.keep import keep
from mentoring.models import Event
from schools.models import Role, School, Trust, User
from schools.models.user import written


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    password: str | None,
    kind: str,
    school: School | None = None,
    trust: Trust | None = None,
    scope: str = "",
    ends: date | None = None,
    by: User | None,
    on: date,
) -> Role:
    """Return the new role of the person with `email`, made where nobody has it.

    A password is needed for a new person and changes nothing for one who is known. A
    delegate needs a scope and an end; `ends` is the last day, None for no end.
    Raises ValidationError with a sentence.
    """
    rules.check_role_end(ends, on)
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = new_person(written(email), name.strip(), password)
    role = Role(
        user=user,
        kind=kind,
        school=school,
        trust=trust,
        scope=scope,
        started=on,
        ended=ends,
    )
    return give_role(role, by=by, on=on)


def give_role(role: Role, *, by: User | None, on: date) -> Role:
    """Write a new role with its event; the person's sessions end.

    Call it in the action's transaction. Raises ValidationError where the person has
    the role already.
    """
    same = role.user.roles.live_on(on).filter(
        kind=role.kind, school=role.school, trust=role.trust
    )
    if same.exists():
        raise ValidationError("This person already has this role.")
    keep(role)
    Event.record(
        by,
        "gave a role",
        role,
        on=on,
        school_id=role.school_id,
        changes={"kind": [None, role.kind]},
    )
    end_sessions(role.user_id)
    return role


def new_person(email: str, name: str, password: str | None) -> User:
    """Return a new person who can sign in."""
    user = User(email=email, name=name)
    if not password:
        raise ValidationError({"password": "A new person needs a password."})
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise ValidationError({"password": weak.error_list}) from weak
    user.set_password(password)
    keep(user)
    return user
