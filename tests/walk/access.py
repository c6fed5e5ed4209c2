"""THE access table: who is answered what at every address.

One row for each name in the resolver. To add an address, add its row: how to fill in
its address, and what each of the cast is answered. `tests/walk/test_access.py` fails on
an address without a row, and on a row without an address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str

from tests.harness.cast import CAST, LIST_YEAR, SIGNED_IN, WITH_A_ROLE, Scene
from tests.walk import (
    days,
    factors,
    memberships,
    offers,
    pairings,
    people,
    uploads,
)

Answers = Mapping[str, int]  # member of the cast: status
Arguments = Callable[[Scene, str], dict[str, Any]]  # of the scene and that member

MISSING = 987654
RUNS = ("officer", "administrator")
READS_ELIGIBILITY = (*RUNS, "finance", "evaluator")
READS_IMPORTS = READS_ELIGIBILITY


def answers(allowed: tuple[str, ...], ok: int = 200, others: int = 403) -> Answers:
    """Return `ok` for those allowed and `others` for the rest of those signed in.

    Whoever is not signed in is sent to sign in.
    """
    rest = {name: ok if name in allowed else others for name in SIGNED_IN}
    return {**rest, "anonymous": 302}


def alike(status: int) -> Answers:
    """Return the same answer for all who are signed in."""
    return answers(SIGNED_IN, status)


def public(status: int, signed_in: int | None = None) -> Answers:
    """Return an answer that needs no signing in, another for those who are."""
    rest = dict.fromkeys(SIGNED_IN, status if signed_in is None else signed_in)
    return {**rest, "anonymous": status}


@dataclass(frozen=True, slots=True)
class Row:
    """How one address is filled in, and what it answers.

    `arguments` has a key for each object tried: "own", "foreign" (someone else's),
    "missing" (nobody's), or just "own" for an address without an object. `get` and
    `post` answer for each key, or for all keys with one. `sent` is what is sent
    along: nothing, unless given, so that a form comes back with its errors. `seen_by`
    names who opens the page in the browser walk: whoever sees most, and each role for
    which the template differs; empty for an address that answers no page.
    """

    get: Mapping[str, Answers]
    post: Mapping[str, Answers] = field(default_factory=dict)
    arguments: Mapping[str, Arguments] = field(
        default_factory=lambda: {"own": lambda _scene, _name: {}}
    )
    sent: Callable[[Scene, str], dict[str, Any]] = lambda _scene, _name: {}
    seen_by: tuple[str, ...] = ("officer",)
    most_queries: int = 15

    def __post_init__(self) -> None:
        """Check that each object has an answer for each of the cast."""
        for table in filter(None, (self.get, self.post)):
            if set(table) != set(self.arguments):
                raise ValueError(f"{set(table)} answered, {set(self.arguments)} asked")
            if any(set(row) != set(CAST) for row in table.values()):
                raise ValueError("An answer is missing for one of the cast.")


def page(allowed: tuple[str, ...] = WITH_A_ROLE) -> Mapping[str, Answers]:
    """Return the answers of a page without an object."""
    return {"own": answers(allowed)}


def each(
    own: Answers, foreign: Answers | None = None, missing: Answers | None = None
) -> Mapping[str, Answers]:
    """Return the answers for an own, a foreign and a missing object."""
    return {
        "own": own,
        "foreign": own if foreign is None else foreign,
        "missing": alike(404) if missing is None else missing,
    }


def school_of(scene: Scene, name: str) -> int:
    """Return the key of the person's own school, the mentee for all without one."""
    role = scene.roles.get(name)
    return role.school_id if role and role.school_id else scene.mentee.pk


def school_not_of(scene: Scene, name: str) -> int:
    """Return the key of a school that is another's."""
    others = (scene.stranger, scene.mentee)
    return next(one.pk for one in others if one.pk != school_of(scene, name))


SCHOOL: Mapping[str, Arguments] = {
    "own": lambda scene, name: {"pk": school_of(scene, name)},
    "foreign": lambda scene, name: {"pk": school_not_of(scene, name)},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
SAVED_VIEW: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.view.pk},
    "foreign": lambda scene, _name: {"pk": scene.other_view.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
URN: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"urn": scene.mentee.urn},
    "foreign": lambda scene, _name: {"urn": scene.stranger.urn},
    "missing": lambda _scene, _name: {"urn": MISSING},
}
TRUST: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.trust.pk},
    "foreign": lambda scene, _name: {"pk": scene.other_trust.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
CASE: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.succession.case},
    "foreign": lambda scene, _name: {"pk": scene.decided.case},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
DECIDED: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.decided.pk},
    "foreign": lambda scene, _name: {"pk": scene.succession.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
ELIGIBILITY_LIST: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.eligibility.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}
LIST_FILE: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.eligibility.pk, "kind": "csv"},
    "missing": lambda _scene, _name: {"pk": MISSING, "kind": "csv"},
}
EXCEPTION: Mapping[str, Arguments] = {
    "own": lambda scene, _name: {"pk": scene.exception.pk},
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def own_role(scene: Scene, name: str) -> dict[str, Any]:
    """Return the person's last role; one that is nobody's for whoever has none."""
    if name == "two_roles":
        return {"pk": scene.roles["second_role"].pk}
    return {"pk": scene.roles[name].pk if name in scene.roles else MISSING}


def foreign_role(scene: Scene, name: str) -> dict[str, Any]:
    """Return a role of somebody else."""
    return {"pk": scene.roles["finance" if name == "officer" else "officer"].pk}


ROLE: Mapping[str, Arguments] = {
    "own": own_role,
    "foreign": foreign_role,
    "missing": lambda _scene, _name: {"pk": MISSING},
}


def reset_link(scene: Scene, name: str) -> dict[str, Any]:
    """Return the one-time link for a new password that a person was sent."""
    user = scene.cast.get(name, scene.cast["officer"])
    return {
        "uidb36": user_pk_to_url_str(user),
        "key": EmailAwarePasswordResetTokenGenerator().make_token(user),
    }


def of_runs(arguments: Mapping[str, Arguments], ok: int) -> Mapping[str, Answers]:
    """Return `ok` for who runs the programme, but for what is missing."""
    return {kind: answers(RUNS, 404 if kind == "missing" else ok) for kind in arguments}


def posted(arguments: Mapping[str, Arguments]) -> Row:
    """Return the row of an address that takes decisions and shows nothing."""
    return Row(
        arguments=arguments,
        get={kind: alike(405) for kind in arguments},
        post=of_runs(arguments, 302),
        seen_by=(),
    )


PROGRAMME = (*RUNS, "finance", "evaluator")
SEES_MEMBERSHIPS = (*PROGRAMME, "director", "other_director")
KNOWS_MENTEE = (*PROGRAMME, "mentee_head", "delegate", "director")
# The mentor was in the director's trust during its first year in the programme.
KNOWS_MENTOR = (*PROGRAMME, "mentor_head", "two_roles", "director")


def visible(known: tuple[str, ...], taken: tuple[str, ...] | None = None) -> Answers:
    """Return the answers for what `known` may see: to others it is not there.

    `taken` names those of them who may do what is asked; the rest are refused.
    """
    rows = dict(answers(WITH_A_ROLE, 404))
    rows |= dict.fromkeys(known, 200 if taken is None else 403)
    return rows | dict.fromkeys(taken or (), 200)


STEP_ANSWERS = {
    "own": visible(KNOWS_MENTEE, (*RUNS, "mentee_head")),
    "pause": visible(KNOWS_MENTEE, RUNS),
    "undo": visible(KNOWS_MENTEE, RUNS),
    "too_late": visible(KNOWS_MENTOR, (*RUNS, "mentor_head", "two_roles")),
    "no_step": visible(()),
    "missing": visible(()),
}

AT_SCHOOLS = ("mentor_head", "mentee_head", "stranger_head", "delegate", "two_roles")
SEES_PAIRINGS = (*RUNS, "finance", "director", "other_director", *AT_SCHOOLS)
MENTORS_HEADS = ("mentor_head", "two_roles")
IN_THE_PAIRING = (*MENTORS_HEADS, "mentee_head", "delegate", "director")


def of_pairings(
    known: tuple[str, ...] = (), taken: tuple[str, ...] | None = None
) -> Answers:
    """Return as `visible` does; to roles that see no pairings the page is shut."""
    shut = {name: 403 for name in WITH_A_ROLE if name not in SEES_PAIRINGS}
    return {**visible((*RUNS, "finance", *known), taken), **shut}


NO_TODAY = ("finance", "evaluator")
SEES_TODAY = tuple(name for name in SEES_PAIRINGS if name not in NO_TODAY)
NO_PAIRING = {**of_pairings(), **dict.fromkeys((*RUNS, "finance"), 404)}
PAIRING_STEPS = {
    "own": of_pairings(IN_THE_PAIRING, (*RUNS, *MENTORS_HEADS)),
    "ask": of_pairings(IN_THE_PAIRING, MENTORS_HEADS),
    "end": of_pairings(IN_THE_PAIRING, RUNS),
    "refer": of_pairings(IN_THE_PAIRING, (*RUNS, *MENTORS_HEADS)),
    "too_late": of_pairings(IN_THE_PAIRING, (*RUNS, *MENTORS_HEADS)),
    "foreign": of_pairings((), RUNS),
    "no_step": NO_PAIRING,
    "missing": NO_PAIRING,
}

LOGS_DAYS = (*RUNS, *AT_SCHOOLS)
MENTEES = ("mentee_head", "delegate")
IN_LOGGING = (*RUNS, *MENTORS_HEADS, *MENTEES)


def of_days(taken: tuple[str, ...]) -> Answers:
    """Return the answers of a step of a day that `taken` may take."""
    return of_pairings(IN_THE_PAIRING, taken)


DAY_STEPS = {
    "own": of_days((*MENTEES, *MENTORS_HEADS)),
    "confirm": of_days(MENTEES),
    "take-back": of_days(MENTORS_HEADS),
    "void": of_days(RUNS),
    "withdraw": of_days(("mentee_head", "delegate")),
    "keep": of_days(RUNS),
    "halve": of_days(RUNS),
    "restore": of_days(RUNS),
    "foreign": of_pairings((), RUNS),
    "silence": NO_PAIRING,
    "missing": NO_PAIRING,
}
# Where days are logged is shut to who only reads them.
LOG_DAY = {
    kind: {**answers(LOGS_DAYS, 404), **dict.fromkeys(known, 200)}
    for kind, known in (
        ("own", IN_LOGGING),
        ("proposed", IN_LOGGING),
        ("foreign", RUNS),
        ("missing", ()),
    )
}
HEADS_OF_THE_PAIRING = (*MENTORS_HEADS, "mentee_head")
ASKS_ABOUT_A_PAIRING = {
    "own": {
        **of_pairings(IN_THE_PAIRING, HEADS_OF_THE_PAIRING),
        **dict.fromkeys(RUNS, 403),
        "finance": 403,
    },
    "foreign": {**of_pairings(), **dict.fromkeys((*RUNS, "finance"), 403)},
    "missing": NO_PAIRING,
}

HEADS_OF_A_SCHOOL = (*HEADS_OF_THE_PAIRING, "stranger_head")
# Another school's query is not there.
TAKES_A_QUERY_BACK = {**answers(HEADS_OF_A_SCHOOL, 404), "mentee_head": 302}


def of_staff(known: tuple[str, ...], *, is_changed: bool = False) -> Answers:
    """Return who reads of a school's staff: to others they are not there.

    To roles that read of none the page is shut. With `is_changed` those who may not
    change what they read are refused.
    """
    readers = (*RUNS, "finance", *known)
    rows = {name: 404 if name in SEES_PAIRINGS else 403 for name in SIGNED_IN}
    rows |= dict.fromkeys(readers, 200)
    if is_changed:
        rows |= {name: 403 for name in readers if name in {"finance", "director"}}
    return {**rows, "anonymous": 302}


# `own` is the mentee for whoever has no school; `foreign` is the stranger for all but
# its own head.
STAFF_SEEN = {
    "own": {**of_staff(AT_SCHOOLS), "director": 403},
    "foreign": of_staff(()),
    "missing": {**of_staff(()), **dict.fromkeys((*RUNS, "finance"), 404)},
}
STAFF_CHANGED = {
    "own": of_staff((*AT_SCHOOLS, "director"), is_changed=True),
    "foreign": of_staff((), is_changed=True),
    "missing": STAFF_SEEN["missing"],
}
# Of the mentor, which has left the director's trust.
MEMBER_CHANGED = {
    "own": of_staff(MENTORS_HEADS, is_changed=True),
    "foreign": of_staff(("mentee_head", "delegate", "director"), is_changed=True),
    "erased": STAFF_SEEN["missing"],
    "missing": STAFF_SEEN["missing"],
}

NAME_ERASED = {
    **dict.fromkeys(("own", "foreign"), answers(RUNS)),
    **dict.fromkeys(("erased", "missing"), answers(RUNS, 404)),
}

PEOPLE = {
    "account_login": Row(get={"own": public(200, 302)}, seen_by=("anonymous",)),
    "account_logout": Row(
        get={"own": alike(200)}, post={"own": alike(302)}, seen_by=("officer",)
    ),
    "account_signup": Row(get={"own": public(200, 302)}, seen_by=("anonymous",)),
    "account_inactive": Row(get={"own": public(200)}, seen_by=("anonymous",)),
    "account_reauthenticate": Row(get={"own": alike(200)}),
    "account_change_password": Row(get={"own": alike(200)}, post={"own": alike(200)}),
    # For people without a password; all of the cast have one.
    "account_set_password": Row(get={"own": alike(302)}, seen_by=()),
    "account_reset_password": Row(get={"own": public(200)}, seen_by=("anonymous",)),
    "account_reset_password_done": Row(
        get={"own": public(200)}, seen_by=("anonymous",)
    ),
    "account_reset_password_from_key": Row(
        get={"own": public(302), "missing": public(200)},
        arguments={
            "own": reset_link,
            "missing": lambda _scene, _name: {"uidb36": "zzz", "key": "abc-def"},
        },
        seen_by=("anonymous",),
    ),
    "account_reset_password_from_key_done": Row(
        get={"own": public(200)}, seen_by=("anonymous",)
    ),
    "mfa_index": Row(get={"own": alike(200)}),
    # Between the password and the code; whoever is signed in, or has not begun, is
    # sent away.
    "mfa_authenticate": Row(get={"own": public(302)}, seen_by=()),
    "mfa_reauthenticate": Row(
        arguments=factors.APP, get={"own": alike(200)}, seen_by=("finance",)
    ),
    # For people with a key; none of the cast has one that a browser would know.
    "mfa_reauthenticate_webauthn": Row(get={"own": alike(302)}, seen_by=()),
    "mfa_activate_totp": Row(get={"own": alike(200)}, post={"own": alike(200)}),
    "mfa_deactivate_totp": Row(
        arguments=factors.APP,
        get={"own": alike(200)},
        post={"own": alike(302)},
        seen_by=("finance",),
        most_queries=20,
    ),
    "mfa_view_recovery_codes": Row(
        arguments=factors.APP, get={"own": alike(200)}, seen_by=("finance",)
    ),
    "mfa_generate_recovery_codes": Row(
        arguments=factors.APP,
        get={"own": alike(200)},
        post={"own": alike(302)},
        seen_by=("finance",),
        most_queries=20,
    ),
    "mfa_download_recovery_codes": Row(
        arguments=factors.APP, get={"own": alike(200)}, seen_by=()
    ),
    "mfa_list_webauthn": Row(get={"own": alike(200)}),
    "mfa_add_webauthn": Row(get={"own": alike(200)}, post={"own": alike(200)}),
    "mfa_edit_webauthn": Row(
        arguments=factors.KEY,
        get=each(alike(200), alike(404)),
        post=each(alike(200), alike(404)),
        seen_by=("finance",),
    ),
    "mfa_remove_webauthn": Row(
        arguments=factors.KEY,
        get=each(alike(200), alike(404)),
        # What succeeds leaves a message on the next page, so it is asked last.
        post={"missing": alike(404), "foreign": alike(404), "own": alike(302)},
        seen_by=("finance",),
        most_queries=20,
    ),
    "usersessions_list": Row(get={"own": alike(200)}),
    "role_switch": Row(
        arguments=ROLE,
        get=each(alike(405), missing=alike(405)),
        post=each(answers(WITH_A_ROLE, 302, others=404), alike(404)),
        seen_by=(),
    ),
}

HEADS = ("mentor_head", "mentee_head", "stranger_head", "two_roles")
INVITES = (*RUNS, *HEADS)


def of_people(
    own: tuple[str, ...] = ("administrator", "mentee_head"), ok: int = 200
) -> Mapping[str, Answers]:
    """Return `ok` for those who decide about the mentee's delegate, or another's head.

    To the others that know the people there, staff and its own head, it is refused; to
    other heads it is not there; to the rest the page is shut. What is missing is asked
    first, since what succeeds leaves a message on the next page.
    """

    def row(known: tuple[str, ...], deciding: tuple[str, ...]) -> Answers:
        rows = dict(answers(INVITES, 404))
        rows |= dict.fromkeys((*RUNS, *known), 403)
        return rows | dict.fromkeys(deciding, ok)

    return {
        "missing": answers(INVITES, 404),
        "foreign": row((), RUNS),
        "own": row(("mentee_head",), own),
    }


NOT_THERE = dict.fromkeys(("mentor_head", "mentee_head", "two_roles"), 404)
OF_ACCOUNTS = {
    "own": answers(("administrator",)),
    "missing": answers(("administrator",), 404),
}
# The mentor has two heads, who see each other and end neither.
OF_A_ROLE = {
    **of_people(),
    "foreign": {
        **answers(RUNS),
        **dict.fromkeys(("mentee_head", "stranger_head"), 404),
    },
}
INVITATIONS = {
    "people": Row(get=page(INVITES), seen_by=("officer", "mentee_head")),
    "person": Row(
        arguments=people.PERSON,
        get={
            **of_people((*RUNS, "mentee_head")),
            "foreign": {**answers((*RUNS, "stranger_head")), **NOT_THERE},
        },
        seen_by=("officer", "mentee_head", "administrator"),
    ),
    "person_held": Row(
        arguments=people.ONESELF,
        get=each(
            alike(200), answers(("administrator",), others=404), missing=alike(404)
        ),
        seen_by=(),
        most_queries=40,  # every table that names people
    ),
    "hand_over": Row(
        arguments=people.ACCOUNT,
        get={"own": answers(RUNS), "missing": answers(RUNS, 404)},
        post={"own": answers(RUNS), "missing": answers(RUNS, 404)},
    ),
    "person_factor": Row(
        arguments=people.ACCOUNT,
        get=OF_ACCOUNTS,
        # Nothing is sent, so the page comes back with its errors.
        post=OF_ACCOUNTS,
        seen_by=("administrator",),
    ),
    "person_erase": Row(
        arguments=people.ACCOUNT,
        get=OF_ACCOUNTS,
        post=OF_ACCOUNTS,
        seen_by=("administrator",),
    ),
    "role_end": Row(
        arguments=people.ROLE,
        get=OF_A_ROLE,
        # Nothing is sent, so the page comes back with its errors.
        post=OF_A_ROLE,
        seen_by=("officer", "mentee_head"),
    ),
    "invite": Row(
        get=page(INVITES), post=page(INVITES), seen_by=("officer", "mentee_head")
    ),
    "invitations": Row(
        arguments=people.LISTED,
        get=page(INVITES),
        seen_by=("officer", "mentee_head"),
    ),
    "invitation": Row(
        arguments=people.INVITATION,
        get=of_people((*RUNS, "mentee_head")),
        seen_by=("officer", "mentee_head"),
    ),
    "invitation_resend": Row(
        arguments=people.INVITATION,
        most_queries=30,  # nine of them count how often things are sent
        get=of_people(),
        post=of_people(ok=302),
        seen_by=("officer", "mentee_head"),
    ),
    "invitation_revoke": Row(
        most_queries=20,
        arguments=people.INVITATION,
        get=of_people(),
        post=of_people(ok=302),
        seen_by=("officer", "mentee_head"),
    ),
    "invitation_accept": Row(
        arguments=people.LINK,
        get={"own": public(200), "known": public(200), "missing": public(404)},
        # Nothing is sent: a new person's form comes back with its errors; the one who
        # is known accepts by the button.
        post={
            "own": public(200),
            "known": {**public(200), "officer": 302},
            "missing": public(404),
        },
        seen_by=("anonymous", "officer"),
        # A role, its event, the invitation and its own, and the limit: once in a life.
        most_queries=40,
    ),
}

ACCESS: Mapping[str, Row] = {
    "impact": Row(get=page(), seen_by=("officer", "director", "mentee_head")),
    "impact_schools": Row(get=page(), seen_by=("officer", "mentee_head")),
    "method": Row(get=page(), seen_by=("officer", "mentee_head")),
    "method_england": Row(get=page(), seen_by=()),
    "method_gains": Row(get=page((*RUNS, "evaluator")), seen_by=()),
    "method_groups": Row(get=page(READS_ELIGIBILITY), seen_by=()),
    "data_health": Row(
        get=page((*RUNS, "evaluator")), seen_by=("officer", "evaluator")
    ),
    "healthz": Row(get={"own": public(200)}, seen_by=()),
    "readyz": Row(get={"own": public(200)}, seen_by=()),
    "programme": Row(get=page(RUNS), post=page(RUNS)),
    "schools": Row(get=page(), seen_by=("officer", "mentee_head", "two_roles")),
    "school": Row(
        arguments=SCHOOL,
        get=each(answers(WITH_A_ROLE), missing=answers(WITH_A_ROLE, 404)),
        seen_by=("officer", "mentee_head"),
    ),
    "school_suggest": Row(get=page(), seen_by=()),
    "school_export": Row(
        arguments={
            "own": lambda _scene, _name: {"kind": "csv"},
            "missing": lambda _scene, _name: {"kind": "exe"},
        },
        get={"own": answers(WITH_A_ROLE), "missing": answers(WITH_A_ROLE, 404)},
        seen_by=(),
    ),
    "view_save": Row(
        get={"own": answers(WITH_A_ROLE, 405)},
        post={"own": answers(WITH_A_ROLE, 302)},
        sent=lambda _scene, _name: {"name": "North", "query": "region=North"},
        seen_by=(),
    ),
    "view_delete": Row(
        arguments=SAVED_VIEW,
        get={
            "own": answers(("officer",), others=404),
            "foreign": alike(404),
            "missing": alike(404),
        },
        post={
            "own": answers(("officer",), 302, others=404),
            "foreign": alike(404),
            "missing": alike(404),
        },
    ),
    "school_by_urn": Row(
        arguments=URN,
        get=each(answers(WITH_A_ROLE, 302), missing=answers(WITH_A_ROLE, 404)),
        seen_by=(),
    ),
    "trusts": Row(get=page(), seen_by=("officer", "director")),
    "trust": Row(
        arguments=TRUST,
        get=each(answers(WITH_A_ROLE), missing=answers(WITH_A_ROLE, 404)),
        seen_by=("officer", "director"),
    ),
    "successions": Row(get=page(RUNS)),
    "succession": Row(
        arguments=CASE,
        get=each(answers(RUNS), missing=answers(RUNS, 404)),
        # Of two tabs the second is told that it came too late, on the page itself.
        post=each(answers(RUNS), answers(RUNS, 302), answers(RUNS, 404)),
    ),
    "succession_undo": Row(
        arguments=DECIDED,
        get=each(answers(RUNS), missing=answers(RUNS, 404)),
        post=each(answers(RUNS), missing=answers(RUNS, 404)),
    ),
    "enrol": Row(
        arguments=SCHOOL,
        get=each(answers(RUNS), missing=answers(RUNS, 404)),
        post=each(answers(RUNS), missing=answers(RUNS, 404)),
    ),
    "memberships": Row(get=page(SEES_MEMBERSHIPS), seen_by=("officer", "director")),
    "membership_export": Row(
        arguments={
            "own": lambda _scene, _name: {"kind": "csv"},
            "missing": lambda _scene, _name: {"kind": "exe"},
        },
        get={
            "own": answers(SEES_MEMBERSHIPS),
            "missing": answers(SEES_MEMBERSHIPS, 404),
        },
        seen_by=(),
    ),
    "membership_steps": Row(get=page(), seen_by=("officer", "mentee_head")),
    "membership": Row(
        arguments=memberships.MEMBERSHIP,
        get={
            "own": visible(KNOWS_MENTEE),
            "foreign": visible(KNOWS_MENTOR),
            "invited": visible(KNOWS_MENTEE),
            "missing": visible(()),
        },
        seen_by=("officer", "mentee_head", "evaluator", "director"),
    ),
    "membership_step": Row(
        arguments=memberships.STEP,
        get=STEP_ANSWERS,
        # Nothing is sent, so the page comes back with its errors.
        post=STEP_ANSWERS,
        seen_by=("officer", "mentee_head"),
    ),
    "enrol_many": Row(
        get=page(RUNS),
        post=page(RUNS),
        sent=lambda scene, _name: {
            "which": "ticked",
            "school": [scene.stranger.pk, scene.mentee.pk],
        },
    ),
    "enrolment_sets": Row(arguments=memberships.SETS, get=page(RUNS)),
    "enrolment_set": Row(
        arguments=memberships.TOGETHER,
        get={"own": answers(RUNS), "missing": answers(RUNS, 404)},
    ),
    "enrolment_set_undo": Row(
        arguments=memberships.TOGETHER,
        get={"own": answers(RUNS), "missing": answers(RUNS, 404)},
        post={"own": answers(RUNS), "missing": answers(RUNS, 404)},
    ),
    "today": Row(
        arguments={"own": pairings.waiting},
        get={"own": {**page(SEES_TODAY)["own"], **dict.fromkeys(NO_TODAY, 302)}},
        seen_by=("officer", "mentor_head", "mentee_head", "delegate", "director"),
    ),
    "timeline": Row(
        arguments={
            "own": lambda scene, _name: {"pk": scene.mentee.pk},
            "foreign": lambda scene, _name: {"pk": scene.stranger.pk},
            "missing": lambda _scene, _name: {"pk": MISSING},
        },
        get={
            "own": of_pairings(("mentee_head", "delegate", "director")),
            "foreign": of_pairings(("stranger_head",)),
            "missing": NO_PAIRING,
        },
        seen_by=("officer", "mentee_head", "director"),
    ),
    "today_note": Row(
        arguments={
            "own": lambda scene, _name: {
                "kind": "load",
                "pk": scene.mentor_membership.pk,
                "name": "take",
            },
            "counted": lambda _scene, _name: {"kind": "days", "pk": 0, "name": "take"},
            "missing": lambda _scene, _name: {
                "kind": "load",
                "pk": MISSING,
                "name": "take",
            },
        },
        get=dict.fromkeys(("own", "counted", "missing"), alike(405)),
        post={
            "own": answers(RUNS, 302),
            "counted": answers(RUNS, 302),
            "missing": answers(RUNS, 404),
        },
        seen_by=(),
    ),
    "pairings": Row(
        get=page(SEES_PAIRINGS), seen_by=("officer", "mentee_head", "director")
    ),
    "pairing_export": Row(
        arguments={
            "own": lambda _scene, _name: {"kind": "csv"},
            "missing": lambda _scene, _name: {"kind": "exe"},
        },
        get={
            "own": answers(SEES_PAIRINGS),
            "missing": answers(SEES_PAIRINGS, 404),
        },
        seen_by=(),
    ),
    "pairing_steps": Row(get=page(SEES_PAIRINGS)),
    "pairing": Row(
        arguments=pairings.PAIRING,
        get={
            "own": of_pairings(IN_THE_PAIRING),
            "foreign": of_pairings(),
            "missing": NO_PAIRING,
        },
        seen_by=("officer", "mentor_head", "mentee_head", "director"),
    ),
    "pairing_step": Row(
        arguments=pairings.STEP,
        get=PAIRING_STEPS,
        # Nothing is sent, so the page comes back with its errors.
        post=PAIRING_STEPS,
        seen_by=("officer", "mentor_head"),
    ),
    "pairing_query": Row(
        arguments=pairings.PAIRING,
        get=ASKS_ABOUT_A_PAIRING,
        post=ASKS_ABOUT_A_PAIRING,
        seen_by=("mentee_head",),
    ),
    "pairing_query_answer": Row(
        arguments=pairings.ANSWER,
        get={"own": answers(RUNS), "missing": answers(RUNS, 404)},
        post={"own": answers(RUNS), "missing": answers(RUNS, 404)},
    ),
    "pairing_query_withdraw": Row(
        arguments=pairings.ANSWER,
        get={"own": alike(405), "missing": alike(405)},
        post={"own": TAKES_A_QUERY_BACK, "missing": answers(HEADS_OF_A_SCHOOL, 404)},
    ),
    "pairing_propose": Row(
        arguments=pairings.PROPOSE,
        get={
            "own": answers(RUNS),
            "mentor": answers(RUNS, 404),
            "missing": answers(RUNS, 404),
        },
        post={
            "own": answers(RUNS),
            "mentor": answers(RUNS, 404),
            "missing": answers(RUNS, 404),
        },
    ),
    "days": Row(
        get=page(SEES_PAIRINGS), seen_by=("officer", "mentee_head", "director")
    ),
    "day_export": Row(
        arguments={
            "own": lambda _scene, _name: {"kind": "csv"},
            "missing": lambda _scene, _name: {"kind": "exe"},
        },
        get={
            "own": answers(SEES_PAIRINGS),
            "missing": answers(SEES_PAIRINGS, 404),
        },
        seen_by=(),
    ),
    "day_totals": Row(
        get=page(SEES_PAIRINGS), seen_by=("officer", "mentee_head", "director")
    ),
    "day_totals_export": Row(
        arguments={
            "own": lambda _scene, _name: {"kind": "csv"},
            "missing": lambda _scene, _name: {"kind": "exe"},
        },
        get={
            "own": answers(SEES_PAIRINGS),
            "missing": answers(SEES_PAIRINGS, 404),
        },
        seen_by=(),
    ),
    "day_choose": Row(get=page(LOGS_DAYS), seen_by=("officer", "stranger_head")),
    "day_log": Row(
        arguments=days.LOG,
        get=LOG_DAY,
        # Nothing is sent, so the page comes back as it was.
        post=LOG_DAY,
        seen_by=("officer", "mentor_head", "mentee_head"),
    ),
    "days_to_confirm": Row(
        get=page(AT_SCHOOLS),
        post=page(AT_SCHOOLS),
        seen_by=("mentee_head", "stranger_head"),
    ),
    "day": Row(
        arguments=days.DAY,
        get={
            "own": of_pairings(IN_THE_PAIRING),
            "foreign": of_pairings(),
            "missing": NO_PAIRING,
        },
        seen_by=("officer", "mentor_head", "mentee_head", "director"),
    ),
    "day_step": Row(
        arguments=days.STEP,
        get=DAY_STEPS,
        # Nothing is sent, so the page comes back with its errors.
        post=DAY_STEPS,
        seen_by=("officer", "mentee_head"),
    ),
    "needs": Row(
        arguments=offers.NEEDS,
        get={
            "own": of_staff(("mentee_head", "delegate", "director")),
            "mentor": STAFF_SEEN["missing"],
            "missing": STAFF_SEEN["missing"],
        },
        # Nothing is sent, so the page comes as it was.
        post={
            "own": {
                **of_staff(("mentee_head", "director"), is_changed=True),
                "delegate": 403,
            },
            "mentor": STAFF_SEEN["missing"],
            "missing": STAFF_SEEN["missing"],
        },
        seen_by=("officer", "mentee_head", "director"),
    ),
    "offers": Row(
        arguments=offers.OFFERS,
        get={
            "own": of_staff(MENTORS_HEADS),
            "mentee": STAFF_SEEN["missing"],
            "missing": STAFF_SEEN["missing"],
        },
        post={
            "own": of_staff(MENTORS_HEADS, is_changed=True),
            "mentee": STAFF_SEEN["missing"],
            "missing": STAFF_SEEN["missing"],
        },
        seen_by=("officer", "mentor_head", "finance"),
    ),
    "offer_search": Row(
        arguments={"own": offers.search},
        get=page((*RUNS, "finance")),
        sent=offers.search_of,
        seen_by=("officer", "finance"),
    ),
    "mentors": Row(arguments={"own": offers.board}, get=page((*RUNS, "finance"))),
    "mentor_export": Row(
        arguments={
            "own": lambda _scene, _name: {"kind": "csv"},
            "missing": lambda _scene, _name: {"kind": "exe"},
        },
        get={
            "own": answers((*RUNS, "finance")),
            "missing": answers((*RUNS, "finance"), 404),
        },
        seen_by=(),
    ),
    "staff": Row(
        arguments=SCHOOL,
        get=STAFF_SEEN,
        seen_by=("officer", "mentee_head", "director"),
    ),
    "staff_new": Row(
        arguments=SCHOOL,
        get=STAFF_CHANGED,
        # Nothing is sent, so the page comes back with its errors.
        post=STAFF_CHANGED,
        seen_by=("officer", "mentee_head"),
    ),
    "staff_member": Row(
        arguments=offers.MEMBER,
        get=MEMBER_CHANGED,
        post=MEMBER_CHANGED,
        seen_by=("officer", "mentor_head"),
    ),
    "staff_left": Row(
        arguments=offers.MEMBER,
        get=MEMBER_CHANGED,
        post=MEMBER_CHANGED,
        seen_by=("officer", "mentor_head"),
    ),
    "staff_erase": Row(
        arguments=offers.MEMBER,
        get=NAME_ERASED,
        # Nothing is sent, so the page comes back with its errors.
        post=NAME_ERASED,
    ),
    "areas": Row(get=page(RUNS)),
    "area_new": Row(get=page(RUNS), post=page(RUNS)),
    "area": Row(
        arguments=offers.AREA,
        get=of_runs(offers.AREA, 200),
        # Nothing is sent, so the page comes back with its errors.
        post=of_runs(offers.AREA, 200),
    ),
    "area_move": posted(offers.AREA),
    "area_retire": Row(
        arguments=offers.AREA,
        get=of_runs(offers.AREA, 200),
        post=of_runs(offers.AREA, 302),
    ),
    "area_take_back": posted(offers.AREA),
    "terms": Row(get=page(RUNS)),
    "term_new": Row(get=page(RUNS), post=page(RUNS)),
    "term": Row(
        arguments=offers.TERM,
        get=of_runs(offers.TERM, 200),
        post=of_runs(offers.TERM, 200),
    ),
    "term_remove": Row(
        arguments=offers.TERM,
        get=of_runs(offers.TERM, 200),
        post=of_runs(offers.TERM, 302),
    ),
    "eligibility": Row(get=page(READS_ELIGIBILITY), seen_by=("officer", "evaluator")),
    "eligibility_freeze": Row(
        get=page(RUNS),
        # The same list again is the list that is held.
        post={"own": answers(RUNS, 302)},
        sent=lambda _scene, _name: {"measure": "VA", "year": str(LIST_YEAR)},
    ),
    "eligibility_list": Row(
        arguments=ELIGIBILITY_LIST,
        get={
            "own": answers(READS_ELIGIBILITY, others=404),
            "missing": alike(404),
        },
        seen_by=("officer", "evaluator"),
    ),
    "eligibility_list_why": Row(
        arguments=ELIGIBILITY_LIST,
        get={
            "own": answers(READS_ELIGIBILITY, others=404),
            "missing": alike(404),
        },
        sent=lambda scene, _name: {"q": str(scene.stranger.urn)},
        seen_by=("officer", "evaluator"),
    ),
    "eligibility_why": Row(
        get=page(READS_ELIGIBILITY),
        sent=lambda scene, _name: {
            "measure": "VA",
            "year": str(LIST_YEAR),
            "q": str(scene.stranger.urn),
        },
        seen_by=("officer", "evaluator"),
    ),
    "eligibility_export": Row(
        arguments=LIST_FILE,
        get={
            "own": answers(READS_ELIGIBILITY, others=404),
            "missing": alike(404),
        },
        seen_by=(),
    ),
    "exceptions": Row(get=page(READS_ELIGIBILITY), seen_by=("officer", "evaluator")),
    "exception_new": Row(
        get=page(RUNS), sent=lambda _scene, _name: {"q": "school no one has"}
    ),
    "exception": Row(
        arguments=EXCEPTION,
        get={
            "own": answers(READS_ELIGIBILITY, others=404),
            "missing": alike(404),
        },
        seen_by=("officer", "evaluator"),
    ),
    "exception_change": Row(
        arguments=EXCEPTION,
        get={"own": answers(RUNS), "missing": answers(RUNS, 404)},
        post={"own": answers(RUNS), "missing": answers(RUNS, 404)},
    ),
    "exception_end": Row(
        arguments=EXCEPTION,
        get={"own": answers(RUNS), "missing": answers(RUNS, 404)},
        post={"own": answers(RUNS), "missing": answers(RUNS, 404)},
    ),
    "exception_grant": Row(
        arguments=SCHOOL,
        get=each(answers(RUNS), missing=answers(RUNS, 404)),
        post=each(answers(RUNS), missing=answers(RUNS, 404)),
    ),
    "imports": Row(get=page(READS_IMPORTS), seen_by=("officer", "evaluator")),
    "import_run": Row(
        arguments=uploads.RUN,
        get={
            "own": answers(READS_IMPORTS),
            "undone": answers(READS_IMPORTS),
            "missing": answers(READS_IMPORTS, 404),
        },
        seen_by=("officer", "evaluator"),
    ),
    "import_undo": Row(
        arguments=uploads.RUN,
        get=of_runs(uploads.RUN, 200),
        post=of_runs(uploads.RUN, 200),
    ),
    "upload_new": Row(get=page(RUNS), post=page(RUNS)),
    "upload": Row(
        arguments=uploads.UPLOAD,
        get=of_runs(uploads.UPLOAD, 200),
        # No token is sent: nothing is decided.
        post=of_runs(uploads.UPLOAD, 200),
    ),
    "upload_progress": Row(
        arguments=uploads.ONE_UPLOAD,
        get=of_runs(uploads.ONE_UPLOAD, 200),
        seen_by=(),
    ),
    "upload_confirm": posted(uploads.ONE_UPLOAD),
    "upload_set_aside": posted(uploads.ONE_UPLOAD),
    "upload_restart": posted(uploads.ONE_UPLOAD),
    "upload_changes": Row(
        arguments=uploads.ONE_UPLOAD,
        get=of_runs(uploads.ONE_UPLOAD, 200),
        seen_by=(),
    ),
    "upload_refused": Row(
        arguments=uploads.REFUSED, get=of_runs(uploads.REFUSED, 200), seen_by=()
    ),
    **PEOPLE,
    **INVITATIONS,
}
