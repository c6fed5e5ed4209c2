"""A membership in words: where it stands, who must act, what was done to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.membership_history import STATED, events_of, is_creation, standing
from mentoring.models import Event, Membership
from mentoring.pages.parts import day_words
from mentoring.permissions import Permission, may, parties_of
from mentoring.sight import Dates
from mentoring.stated import area_names, change_words
from mentoring.steps.membership import (
    MEANINGS,
    STEPS,
    UNDO,
    State,
    Step,
    steps_from,
)
from results.figures.timing import exam_years
from schools.models import Role

TAGS = {
    State.INVITED: "waiting",
    State.ACTIVE: "good",
    State.PAUSED: "attention",
    State.DECLINED: "refused",
    State.WITHDRAWN: "ended",
    State.COMPLETED: "good",
}
NAMELESS = (Role.Kind.EVALUATOR, Role.Kind.DIRECTOR)
"""Roles that read what was done, and no people."""

RECORDED = {
    "entered a membership": "Entered from a file",
    "enrolled a school": "Enrolled",
    "invited a school": "Invited",
    "accepted an invitation": "Invitation accepted",
    "declined an invitation": "Invitation declined",
    "called off an invitation": "Invitation called off",
    "paused a membership": "Paused",
    "resumed a membership": "Resumed",
    "completed a membership": "Completed",
    "ended a membership": "Withdrawn",
    "corrected a membership's dates": "Dates corrected",
    "took back a step": "Last step taken back",
    "stated what it needs": "Needs stated",
    "stated what it offers": "Offers stated",
}
WORDS = {"joined": "first day", "left": "last day"}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done: what, who, when it took effect and was recorded."""

    what: str
    who: str
    took_effect: date
    recorded: datetime
    details: Sequence[str]
    reason: str
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class MembershipPage:
    """What a membership's page says; `steps` are those the reader may take now."""

    title: str
    lede: str
    state: str
    since: str
    tag: str
    meaning: str
    next: str
    steps: Sequence[Step]
    history: Sequence[HistoryLine]


STILL = "It is in the programme until then, and support goes on."


def membership_page(
    membership: Membership, role: Role | None, on: date
) -> MembershipPage:
    """Return the page of `membership` for `role` on the day `on`."""
    events = events_of(membership)
    stands = standing(events)
    steps = steps_open_to(membership, role)
    if not stands:
        steps = tuple(step for step in steps if step != UNDO)
    shown = within_trust(events, membership, role)
    if not may(role, Permission.SEE_NEEDS):
        shown = [event for event in shown if event.verb not in STATED]
    still = {event.pk for event in stands}
    names = role is not None and role.kind not in NAMELESS
    has_stated = any(event.verb in STATED for event in shown)
    areas = area_names() if has_stated else {}
    lines = [
        history_line(each, areas, is_taken_back=each.pk not in still, with_name=names)
        for each in reversed(shown)
    ]
    return MembershipPage(
        title=title_of(membership, on),
        lede=gain_words(membership),
        state=ends_words(membership, on) or membership.shown_state,
        since="" if is_still_in(membership, on) else day_words(membership.since),
        tag=TAGS[State.ACTIVE if is_still_in(membership, on) else membership.standing],
        meaning=(
            STILL if is_still_in(membership, on) else MEANINGS[membership.standing]
        ),
        next=who_is_next(membership, on),
        steps=steps,
        history=lines,
    )


def is_still_in(membership: Membership, on: date) -> bool:
    """Return whether a membership that is to end has not ended yet."""
    return membership.left is not None and membership.left >= on


def ends_words(membership: Membership, on: date) -> str:
    """Return that a membership ends on a day that lies ahead; empty for any other."""
    if membership.left is None or not is_still_in(membership, on):
        return ""
    verb = "Completes" if membership.state == State.COMPLETED else "Leaves"
    return f"{verb} after {day_words(membership.left)}"


def steps_open_to(membership: Membership, role: Role | None) -> tuple[Step, ...]:
    """Return the steps that `role` may take from where `membership` stands."""
    return steps_from(
        membership.standing,
        parties_of(role, membership.school_id),
        has_joined=membership.joined is not None,
    )


def within_trust(
    events: Sequence[Event], membership: Membership, role: Role | None
) -> Sequence[Event]:
    """Return what a director may read: what took effect while the school was theirs."""
    dates, school = Dates.of(role), membership.school_id
    return [event for event in events if dates.hold(event.happened_on, school)]


def history_line(
    event: Event, areas: Mapping[int, str], *, is_taken_back: bool, with_name: bool
) -> HistoryLine:
    """Return one event in plain words; `areas` names those that were stated."""
    is_step = event.verb != UNDO.done and event.verb not in STATED
    if event.verb in STATED:
        details = change_words(event.changes, areas)
    else:
        details = [] if is_creation(event) else details_of(event)
    return line_of(
        event,
        RECORDED,
        details,
        is_taken_back=is_taken_back and is_step,
        with_name=with_name,
    )


def line_of(
    event: Event,
    words: Mapping[str, str],
    details: Sequence[str],
    *,
    is_taken_back: bool,
    with_name: bool,
) -> HistoryLine:
    """Return one event, its verb by `words`, with what it changed."""
    given = getattr(event, "given", None)
    who = str(event.who) if event.who else "Nobody: the system did"
    return HistoryLine(
        what=words.get(event.verb, event.verb.capitalize()),
        who=who if with_name or not event.who else "Not shown to your role",
        took_effect=event.happened_on,
        recorded=event.recorded_at,
        details=details,
        reason=given.text if given else "",
        is_taken_back=is_taken_back,
    )


def details_of(event: Event) -> list[str]:
    """Return what an event changed, as "first day: 1 May 2004, before 1 May 2003"."""
    found = []
    if "state" in event.changes:
        before, after = event.changes["state"]
        found.append(f"from {before} to {after}")
    for name, word in WORDS.items():
        if name in event.changes:
            found.append(detail_of_day(word, event.changes[name]))
    return found


def detail_of_day(word: str, change: Sequence[str | None]) -> str:
    """Return a change of a day as "first day: 1 May 2004, before 1 May 2003"."""
    before, after = map(_day_or_none, change)
    return f"{word}: {after}, before {before}"


def _day_or_none(text: str | None) -> str:
    return day_words(date.fromisoformat(text)) if text else "none"


def title_of(membership: Membership, on: date) -> str:
    """Return where the membership stands, as the page's title."""
    school, role = membership.school, membership.get_role_display().lower()
    since, left = day_words(membership.since), membership.left
    said = {
        State.INVITED: f"is invited to join as a {role}",
        State.ACTIVE: f"is in the programme as a {role}",
        State.PAUSED: f"is paused as a {role} since {since}",
        State.DECLINED: f"declined to join as a {role}",
        State.WITHDRAWN: f"never joined as a {role}",
        State.COMPLETED: f"completed its time as a {role}",
    }[membership.standing]
    if left is not None and is_still_in(membership, on):
        said = f"is in the programme as a {role} until {day_words(left)}"
    elif left is not None and membership.state == State.WITHDRAWN:
        said = f"left as a {role} on {day_words(left)}"
    return f"{school} {said}"


def who_is_next(membership: Membership, on: date) -> str:
    """Return who must act next, and what is awaited."""
    state, left = membership.standing, membership.left
    if state == State.INVITED:
        return (
            "The head of the school: accept or decline. Programme staff can do so for "
            "the head, or call the invitation off."
        )
    if state == State.PAUSED:
        return "Programme staff: resume, complete or withdraw it."
    if state == State.ACTIVE and membership.joined and membership.joined > on:
        return f"Nobody: it begins on {day_words(membership.joined)}."
    if state == State.ACTIVE:
        return "Nobody: it lasts until programme staff complete or withdraw it."
    if left is not None and is_still_in(membership, on):
        return f"Nobody: its last day is {day_words(left)}."
    return "Nobody: it is over. The school can be invited or enrolled again."


def gain_words(membership: Membership) -> str:
    """Return from which exams a mentee's gain is counted; empty where none is."""
    if membership.joined is None or membership.role != Membership.Role.MENTEE:
        return ""
    years = exam_years(membership.joined)
    part = ", part way through the year" if years.is_part_year else ""
    return (
        f"Its gain starts from the exams of {years.base}; those of {years.first} are "
        f"its first in the programme{part}."
    )


def joined_sentence(membership: Membership, on: date) -> str:
    """Return what inviting or enrolling, or any other step, came to."""
    said = f"{title_of(membership, on)}."
    if membership.state == State.ACTIVE and membership.joined:
        role = membership.get_role_display().lower()
        said = (
            f"{membership.school} is in the programme as a {role} from "
            f"{day_words(membership.joined)}."
        )
    more = gain_words(membership) if membership.is_open else ""
    return f"{said} {more}".strip()


def step_title(membership: Membership, step: Step) -> str:
    """Return what a step's page asks."""
    role = membership.get_role_display().lower()
    asked = {
        "accept": f"Accept the invitation to {membership.school} to join as a {role}?",
        "decline": f"Decline the invitation to {membership.school}?",
        "call-off": f"Call off the invitation to {membership.school}?",
        "pause": f"Pause {membership.school} as a {role}?",
        "resume": f"Resume {membership.school} as a {role}?",
        "complete": f"Has {membership.school} completed its time as a {role}?",
        "withdraw": f"Record that {membership.school} leaves as a {role}?",
        "correct": f"Correct the dates of {membership.school} as a {role}?",
        "undo": f"Take back the last step of {membership.school} as a {role}?",
    }
    return asked[step.name]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the table of who may move which."""

    verb: str
    sources: str
    target: str
    parties: Sequence[str]
    must: Sequence[str]
    effect: str


def step_rows() -> list[StepRow]:
    """Return the table of steps as people read it."""
    return [
        StepRow(
            verb=step.verb,
            sources=sources_words(step),
            target=step.target.label if step.target else stays_words(step),
            parties=[party.value for party in step.parties],
            must=step.must,
            effect=step.effect,
        )
        for step in STEPS
    ]


def sources_words(step: Step) -> str:
    """Return from which states a step leads on."""
    if not step.sources:
        return "Not in the programme in that role"
    if len(step.sources) == len(State):
        return "Any"
    words = ", ".join(state.label for state in step.sources)
    return f"{words}, if it joined" if step.needs_dates else words


def stays_words(step: Step) -> str:
    """Return where a step without a state of its own leads."""
    return "What it was before" if step == UNDO else "The same"
