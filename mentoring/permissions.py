"""May this person? One table from role to permissions; what is not in it is shut.

A person acts in one role at a time (`request.role`) and switches between the ones in
force. Whether an object's state allows something is asked in `mentoring.policies`;
which objects a role may see is in the querysets' `visible_to`.
"""

from enum import StrEnum

from django.core.exceptions import PermissionDenied

from mentoring.steps import pairing, support_day
from mentoring.steps.membership import Party
from schools.models import Role


class Permission(StrEnum):
    """What may be allowed."""

    SEE_IMPACT = "see the programme's dashboard"
    SEE_RESULTS = "see schools' published results"
    SEE_EVERY_TRUST = "see what the schools of every trust gained"
    TAKE_GAINS = "download every school's gain"
    SEE_DATA_HEALTH = "see what the figures lack"
    SEE_ELIGIBILITY = "see who is entitled to help"
    CHANGE_ELIGIBILITY = "decide who is entitled to help"
    SEE_MEMBERSHIPS = "see who is in the programme and who is invited"
    CHANGE_MEMBERSHIP = "bring schools into the programme"
    SEE_PAIRINGS = "see who helps whom"
    CHANGE_PAIRINGS = "pair schools"
    ANSWER_PAIRINGS = "answer what is proposed to your school"
    SEE_NEEDS = "see what schools need and offer"
    CHANGE_NEEDS = "say what schools need and offer"
    CHANGE_STAFF_MEMBERS = "say who of a school gives support"
    SEE_OFFERS = "search what mentors offer"
    CHANGE_AREAS = "change areas of help and term dates"
    SEE_DAYS = "see days of support"
    LOG_DAYS = "log days of support"
    CONFIRM_DAYS = "confirm days of support for your school"
    DECIDE_SUCCESSION = "decide which school continues which"
    SEE_IMPORTS = "see what was imported"
    CHANGE_IMPORTS = "import files"
    CHANGE_PROGRAMME = "change the programme's settings"
    SEE_PEOPLE = "see who works with the programme"
    INVITE = "invite people and end their roles"
    CHANGE_ACCOUNTS = "look after people's accounts and what is held about them"


_EVERYONE = frozenset({Permission.SEE_IMPACT, Permission.SEE_RESULTS})
_READS_THE_WORK = frozenset(
    {Permission.SEE_PAIRINGS, Permission.SEE_DAYS, Permission.SEE_NEEDS}
)
_AT_A_SCHOOL = (
    _EVERYONE
    | _READS_THE_WORK
    | {
        Permission.LOG_DAYS,
        Permission.CONFIRM_DAYS,
        Permission.CHANGE_STAFF_MEMBERS,
    }
)
_HEADS = _AT_A_SCHOOL | {
    Permission.ANSWER_PAIRINGS,
    Permission.CHANGE_NEEDS,
    Permission.SEE_PEOPLE,
    Permission.INVITE,
}
_READS_MEMBERSHIPS = _EVERYONE | {Permission.SEE_MEMBERSHIPS}
_DIRECTS = _READS_MEMBERSHIPS | _READS_THE_WORK
_READS_ELIGIBILITY = _READS_MEMBERSHIPS | {
    Permission.SEE_ELIGIBILITY,
    Permission.SEE_IMPORTS,
    Permission.SEE_EVERY_TRUST,
}
_EVALUATES = _READS_ELIGIBILITY | {Permission.TAKE_GAINS, Permission.SEE_DATA_HEALTH}
# A day is confirmed by the school that did not log it, and by nobody else.
_RUNS_THE_PROGRAMME = frozenset(Permission) - {Permission.CONFIRM_DAYS}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.Kind.STAFF: _RUNS_THE_PROGRAMME - {Permission.CHANGE_ACCOUNTS},
    Role.Kind.FINANCE: _READS_ELIGIBILITY | _READS_THE_WORK | {Permission.SEE_OFFERS},
    Role.Kind.HEAD: _HEADS,
    Role.Kind.DELEGATE: _AT_A_SCHOOL,
    Role.Kind.DIRECTOR: _DIRECTS,
    Role.Kind.EVALUATOR: _EVALUATES,
    Role.Kind.ADMINISTRATOR: _RUNS_THE_PROGRAMME,
}


def has_first_page(role: Role | None) -> bool:
    """Return whether there is a page of what needs `role` today."""
    if role is None:
        return False
    is_theirs = role.school_id is not None or role.kind in Role.AT_A_TRUST
    return is_theirs or may(role, Permission.CHANGE_PAIRINGS)


INVITES: dict[str, tuple[Role.Kind, ...]] = {
    Role.Kind.STAFF: (
        Role.Kind.HEAD,
        Role.Kind.DIRECTOR,
        Role.Kind.FINANCE,
        Role.Kind.EVALUATOR,
    ),
    Role.Kind.HEAD: (Role.Kind.DELEGATE,),
    Role.Kind.ADMINISTRATOR: (
        Role.Kind.HEAD,
        Role.Kind.DIRECTOR,
        Role.Kind.STAFF,
        Role.Kind.FINANCE,
        Role.Kind.EVALUATOR,
        Role.Kind.ADMINISTRATOR,
    ),
}
"""Whom a role may invite; a delegate's scope and end are for the head to set."""


def may(role: Role | None, permission: Permission) -> bool:
    """Return whether `role` allows `permission`; nobody may anything without one.

    A delegate whose head lets them log days alone confirms none.
    """
    if role is None or permission not in PERMISSIONS.get(role.kind, ()):
        return False
    return permission != Permission.CONFIRM_DAYS or role.scope != Role.Scope.LOG


def require(role: Role | None, permission: Permission) -> None:
    """Raise PermissionDenied, with a sentence, unless `role` allows `permission`."""
    if not may(role, permission):
        raise PermissionDenied(f"Your role does not let you {permission}.")


def may_look_after(role: Role | None, kind: str, school: int | None) -> bool:
    """Return whether `role` may invite to, and end, a role of `kind`.

    `school` is the id of the school it is at; heads look after their own alone.
    """
    if role is None or not may(role, Permission.INVITE):
        return False
    if role.kind == Role.Kind.ADMINISTRATOR:
        return True
    is_own = role.kind != Role.Kind.HEAD or role.school_id == school
    return kind in INVITES.get(role.kind, ()) and is_own


def parties_of(role: Role | None, school: int) -> tuple[Party, ...]:
    """Return as whom `role` may move a membership of the school with this id."""
    if may(role, Permission.CHANGE_MEMBERSHIP):
        return (Party.PROGRAMME,)
    is_head = role is not None and role.kind == Role.Kind.HEAD
    return (Party.SCHOOL,) if is_head and role and role.school_id == school else ()


def pairing_parties_of(
    role: Role | None, mentor_school: int
) -> tuple[pairing.Party, ...]:
    """Return as whom `role` may move a pairing whose mentor is this school."""
    if may(role, Permission.CHANGE_PAIRINGS):
        return (pairing.Party.PROGRAMME,)
    if role is None or not may(role, Permission.ANSWER_PAIRINGS):
        return ()
    return (pairing.Party.MENTOR,) if role.school_id == mentor_school else ()


def day_parties_of(
    role: Role | None, logged_for: int, other: int, queried_for: int | None
) -> tuple[support_day.Party, ...]:
    """Return as whom `role` may move a support day.

    `logged_for` is the school that logged it, `other` the one that confirms it;
    `queried_for`, one of the two, has queried it.
    """
    if may(role, Permission.CHANGE_PAIRINGS):
        return (support_day.Party.PROGRAMME,)
    if role is None or not role.school_id:
        return ()
    asker = (support_day.Party.ASKER,) if role.school_id == queried_for else ()
    if role.school_id == other and may(role, Permission.CONFIRM_DAYS):
        return (support_day.Party.OTHER, *asker)
    if role.school_id == logged_for and may(role, Permission.LOG_DAYS):
        return (support_day.Party.LOGGER, *asker)
    return ()
