"""A support day in words: what was given, where it stands, who must act next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from mentoring.actions.log_days import LOGGED
from mentoring.day_rules import is_year_closed
from mentoring.models import Event, Programme, SupportDay
from mentoring.pages.membership import NAMELESS, HistoryLine, line_of
from mentoring.pages.parts import day_words
from mentoring.permissions import day_parties_of
from mentoring.steps.support_day import (
    HALVE,
    MEANINGS,
    QUERY,
    TAKE_BACK,
    Party,
    State,
    Step,
    steps_from,
)
from schools.models import Role, School

TAGS = {
    State.WAITING: "waiting",
    State.CONFIRMED: "good",
    State.QUERIED: "attention",
    State.VOID: "ended",
}
RECORDED = {
    LOGGED: "Logged",
    "confirmed a support day": "Confirmed",
    "let silence confirm a support day": "Confirmed by silence",
    "queried a support day": "Queried",
    "took back a query of a support day": "Query taken back",
    "kept a queried support day": "Kept",
    "halved a queried support day": "Kept as half a day",
    "took back a support day": "Taken back",
    "voided a support day": "Voided",
    "restored a void support day": "Counted again",
}
NOT_SHOWN = "Not shown to your role"


@dataclass(frozen=True, slots=True)
class DayPage:
    """What a day's page says; `steps` are those the reader may take now.

    `with_it` are the other days of the same visit; `who` gave it.
    """

    title: str
    who: str
    way: str
    state: str
    tag: str
    meaning: str
    next: str
    steps: Sequence[Step]
    with_it: Sequence[tuple[str, str]]
    history: Sequence[HistoryLine]


MEANT = {
    "kept a queried support day": (
        "It counts: programme staff looked into the query, and the day stands."
    ),
    "halved a queried support day": (
        "It counts: programme staff looked into the query, and half of it stands."
    ),
    "let silence confirm a support day": (
        "It counts: nobody queried it in time. Either school still can."
    ),
    "restored a void support day": (
        "It counts: programme staff have counted it again. Either school can query it."
    ),
}
"""What a confirmed day means by what was done last, where no school confirmed it."""

LATELY, MOST_ANSWERS = 14, 6
"""Days for which an answer is told on the first page, and answers told at once."""


def reads_names(role: Role | None) -> bool:
    """Return whether `role` is shown who gave a day, and who logged it."""
    return role is not None and role.kind not in NAMELESS


def day_page(day: SupportDay, role: Role | None, programme: Programme) -> DayPage:
    """Return the page of `day` for `role`."""
    names = reads_names(role)
    visit = SupportDay.objects.filter(visit=day.visit).select_related("giver")
    days = list(visit.order_by("pk"))
    events = events_of(day, days[0])
    return DayPage(
        title=title_of(day),
        who=str(day.giver) if names else NOT_SHOWN,
        way=f"From {giving_school(day)} to {receiving_school(day)}",
        state=day.standing.label,
        tag=TAGS[day.standing],
        meaning=meaning_of(day, events),
        next=who_is_next(day, programme),
        steps=steps_open_to(day, role, programme.today),
        with_it=[
            (f"{each.giver}, {length_words(each)}", each.get_absolute_url())
            for each in days
            if names and each.pk != day.pk
        ],
        history=[
            line_of(each, RECORDED, [], is_taken_back=False, with_name=names)
            for each in events
        ],
    )


def meaning_of(day: SupportDay, events: Sequence[Event]) -> str:
    """Return what its state says of a day, by the latest of its `events`."""
    usual = MEANINGS[day.standing]
    if day.standing != State.CONFIRMED or not events:
        return usual
    return MEANT.get(events[0].verb, usual)


@dataclass(frozen=True, slots=True)
class Answer:
    """What programme staff did with a day that was queried, and what they said."""

    what: str
    said: str
    url: str


def answered_lately(school: School, on: date) -> list[Answer]:
    """Return the answers of LATELY days to queries of days of a school."""
    since = on - timedelta(days=LATELY)
    rows = SupportDay.objects.of_school(school).exclude(query="")
    kept = Q(answered_on__gte=since, state=State.CONFIRMED)
    # What the school that logged it took back is no answer of the programme's.
    own = Event.objects.filter(noun="mentoring.supportday", verb=TAKE_BACK.done)
    taken_back = Exists(own.filter(noun_id=OuterRef("pk")))
    void = Q(voided_on__gte=since, state=State.VOID) & ~taken_back
    found = rows.filter(kept | void).with_all().order_by("-given_on", "-pk")
    return [_answer_to(day) for day in found[:MOST_ANSWERS]]


def _answer_to(day: SupportDay) -> Answer:
    stands = "stands" if day.standing == State.CONFIRMED else "is void"
    what = f"{length_words(day).capitalize()} of {day_words(day.given_on)} {stands}"
    return Answer(what, day.why_voided or day.answer, day.get_absolute_url())


def events_of(day: SupportDay, first: SupportDay) -> list[Event]:
    """Return what was done to a day, the latest first.

    That it was logged is written once for a visit, of its `first` day.
    """
    rows = Event.objects.filter(
        noun="mentoring.supportday", noun_id__in={day.pk, first.pk}
    )
    found = rows.select_related("who", "given").order_by("-pk")
    return [one for one in found if one.noun_id == day.pk or one.verb == LOGGED]


def steps_open_to(day: SupportDay, role: Role | None, today: date) -> tuple[Step, ...]:
    """Return the steps that `role` may take from where `day` stands."""
    not_now = {HALVE} if not day.is_whole else set()
    if is_year_closed(day.given_on, today):
        not_now.add(QUERY)
    steps = steps_from(day.standing, parties_to(day, role))
    return tuple(each for each in steps if each not in not_now)


def parties_to(day: SupportDay, role: Role | None) -> tuple[Party, ...]:
    """Return as whom `role` may move `day`."""
    other = day.other_school.pk
    return day_parties_of(role, day.logged_for_id, other, day.queried_for_id)


def giving_school(day: SupportDay) -> School:
    """Return the school whose member of staff came."""
    is_given = day.direction == SupportDay.Direction.GIVEN
    return (day.pairing.mentor if is_given else day.pairing.mentee).school


def receiving_school(day: SupportDay) -> School:
    """Return the school that was helped."""
    is_given = day.direction == SupportDay.Direction.GIVEN
    return (day.pairing.mentee if is_given else day.pairing.mentor).school


def length_words(day: SupportDay) -> str:
    """Return "a whole day" or "half a day"."""
    return "a whole day" if day.is_whole else "half a day"


def title_of(day: SupportDay) -> str:
    """Return what was given, as the page's title."""
    what = length_words(day).capitalize()
    return f"{what} of support for {receiving_school(day)} on {day_words(day.given_on)}"


def silent_until(day: SupportDay, programme: Programme) -> date:
    """Return the day on which silence confirms a day."""
    return day.waiting_since + timedelta(days=programme.days_to_confirm)


def who_is_next(day: SupportDay, programme: Programme) -> str:
    """Return who must act next, and what is awaited."""
    if day.standing == State.WAITING:
        until = day_words(silent_until(day, programme))
        return (
            f"The head of {day.other_school}: confirm or query it. On {until} silence "
            "confirms it."
        )
    if day.standing == State.QUERIED:
        return "Programme staff: keep the day, halve it or void it."
    if day.standing == State.VOID:
        return "Nobody: it does not count."
    if is_year_closed(day.given_on, programme.today):
        return "Nobody: it is confirmed, and its academic year is closed."
    return "Nobody: it is confirmed. Either school can still query it."


def step_title(day: SupportDay, step: Step) -> str:
    """Return what a step's page asks."""
    what = f"the day of {day_words(day.given_on)}"
    return {
        "confirm": f"Confirm {what}?",
        "query": f"What is wrong with {what}?",
        "withdraw": f"Take back the query of {what}?",
        "keep": f"Keep {what}?",
        "halve": f"Keep half of {what}?",
        "take-back": f"Take back {what}?",
        "void": f"Void {what}?",
        "restore": f"Count {what} again?",
    }[step.name]
