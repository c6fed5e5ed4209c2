"""A pairing in words: where it stands, who must act, what was done to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.models import Area, Event, Pairing, PairingQuery
from mentoring.pages.membership import (
    NAMELESS,
    HistoryLine,
    detail_of_day,
    line_of,
)
from mentoring.pages.parts import day_words
from mentoring.pairing_history import BESIDE, events_of, standing_of
from mentoring.permissions import pairing_parties_of
from mentoring.sight import Sight
from mentoring.steps.pairing import (
    ASK,
    END,
    MEANINGS,
    PROPOSE,
    TELL,
    UNDO,
    State,
    Step,
    steps_from,
)
from schools.models import Role

TAGS = {
    State.PROPOSED: "waiting",
    State.ASKED: "attention",
    State.ACCEPTED: "good",
    State.ACTIVE: "good",
    State.PAUSED: "attention",
    State.DECLINED: "refused",
    State.EXPIRED: "refused",
    State.CALLED_OFF: "ended",
    State.ENDED: "ended",
}
RECORDED = {
    "proposed a pairing": "Proposed",
    "reminded of a proposal": "Mentor reminded",
    "accepted a pairing": "Accepted",
    "declined a pairing": "Declined",
    "asked for more about a pairing": "More asked for",
    "told more about a pairing": "Answered",
    "let a proposal expire": "Expired unanswered",
    "called off a pairing": "Called off",
    "changed a pairing": "Changed before it began",
    "began a pairing": "Begun",
    "paused a pairing": "Paused",
    "resumed a pairing": "Resumed",
    "ended a pairing": "Ended",
    "referred a need": "Need referred to another mentor",
    "took back a step of a pairing": "Last step taken back",
}
DAYS = {"started": "first day", "ended": "last day"}
GOES_ON = "Help goes on to the last day, and days are logged. Its place is free."
ANSWER = "Programme staff: answer the query."
HALVES_A_DAY = 2
SAYS = (PROPOSE.done, ASK.done, TELL.done)
"""What leaves words that are asked or told."""


@dataclass(frozen=True, slots=True)
class Link:
    """One pairing in a chain of referrals."""

    pairing: Pairing
    is_this: bool
    may_open: bool

    @property
    def state(self) -> str:
        """Return where it stands, in a word."""
        return self.pairing.standing.label.lower()


@dataclass(frozen=True, slots=True)
class PairingPage:
    """What a pairing's page says; `steps` are those the reader may take now.

    `reason`, `words`, `handover` and `again` are empty where nothing was said, and
    where it was said on a day that the reader may not look at. Each of `queries` comes
    with whether the reader may look at the day that closed it.
    """

    title: str
    state: str
    tag: str
    meaning: str
    next: str
    reason: str
    words: str
    handover: str
    again: str
    steps: Sequence[Step]
    queries: Sequence[tuple[PairingQuery, bool]]
    history: Sequence[HistoryLine]
    chain: Sequence[Link]
    given: str
    back: str
    planned: str
    has_names: bool
    is_limited: bool


def pairing_page(
    pairing: Pairing, role: Role | None, sight: Sight, on: date
) -> PairingPage:
    """Return the page of `pairing` for `role`, which has `sight`, on the day `on`."""
    events = events_of(pairing)
    stands = standing_of(events)
    still = {event.pk for event in stands}
    names = role is not None and role.kind not in NAMELESS
    areas = dict(Area.objects.values_list("pk", "name"))
    steps = steps_open_to(pairing, role, on)
    if not stands:
        steps = tuple(step for step in steps if step != UNDO)
    tells = sight.tells_why(pairing)
    given, back = sight.halves_of(pairing)
    queries = queries_of(pairing, sight)
    is_asked = any(query.is_open for query, _ in queries)
    return PairingPage(
        title=title_of(pairing, on),
        state=ends_words(pairing, on) or pairing.standing.label,
        tag=TAGS[pairing.standing],
        meaning=GOES_ON if ends_words(pairing, on) else MEANINGS[pairing.standing],
        next=ANSWER if is_asked else who_is_next(pairing, on),
        reason=pairing.reason if tells else "",
        words=pairing.words if sight.holds(pairing, said_on(pairing, events)) else "",
        handover=pairing.handover if tells else "",
        again=pairing.get_again_display() if tells else "",
        steps=steps,
        queries=queries,
        history=[
            line_of(
                each,
                RECORDED,
                details_of(each, areas),
                is_taken_back=each.pk not in still
                and each.verb not in {UNDO.done, *BESIDE},
                with_name=names,
            )
            for each in reversed(events)
            if sight.holds(pairing, each.happened_on)
        ],
        chain=chain_of(pairing, role),
        given=days_words(given),
        back=days_words(back),
        planned=planned_words(pairing.planned_days),
        has_names=names,
        is_limited=sight.is_limited,
    )


def said_on(pairing: Pairing, events: Sequence[Event]) -> date:
    """Return the day of what was asked or told last; `events` are in their order."""
    said = [each.happened_on for each in events if each.verb in SAYS]
    return said[-1] if said else pairing.asked_on


def queries_of(pairing: Pairing, sight: Sight) -> list[tuple[PairingQuery, bool]]:
    """Return the queries that are in `sight`, each with whether its end is too.

    One that is open has its end in sight.
    """
    found = []
    for query in pairing.queries.select_related("school").order_by("pk"):
        closed_on = query.answered_on or query.withdrawn_on or query.asked_on
        if sight.holds(pairing, query.asked_on):
            found.append((query, sight.holds(pairing, closed_on)))
    return found


def ends_words(pairing: Pairing, on: date) -> str:
    """Return the last day of a pairing that has not gone by; empty for any other."""
    if pairing.ended is None or not pairing.still_lasts(on):
        return ""
    return f"Ends on {day_words(pairing.ended)}"


def standing_words(pairing: Pairing, on: date) -> str:
    """Return where a pairing stands, and since or until when, in a line."""
    label, first = pairing.standing.label, day_words(pairing.started)
    if pairing.never_began:
        return f"{label} on {day_words(pairing.since)}"
    if ends := ends_words(pairing, on):
        return f"Under way from {first}; {ends[0].lower()}{ends[1:]}"
    return f"{label}, from {first}" + (
        f" to {day_words(pairing.ended)}" if pairing.ended else ""
    )


def with_standing(pairings: Iterable[Pairing], on: date) -> list[tuple[Pairing, str]]:
    """Return pairings for a short list, each with where it stands."""
    return [(each, standing_words(each, on)) for each in pairings]


def steps_open_to(pairing: Pairing, role: Role | None, today: date) -> tuple[Step, ...]:
    """Return the steps that `role` may take from where `pairing` stands."""
    parties = pairing_parties_of(role, pairing.mentor.school_id)
    found = steps_from(pairing.standing, parties)
    is_over = pairing.standing == State.ENDED and not pairing.still_lasts(today)
    return tuple(each for each in found if each != END or not is_over)


def days_words(halves: int) -> str:
    """Return half days as "1 day" or "1,203.5 days"."""
    days = halves / HALVES_A_DAY
    return f"{days_number(halves)} day{'' if days == 1 else 's'}"


def days_number(halves: int) -> str:
    """Return half days as days: "1", "1,203.5"."""
    return f"{halves / HALVES_A_DAY:,.1f}".removesuffix(".0")


def planned_words(days: int) -> str:
    """Return what is planned."""
    return f"{days_words(HALVES_A_DAY * days)} a year" if days else "None planned"


def chain_of(pairing: Pairing, role: Role | None) -> list[Link]:
    """Return how a need was handed on, the first mentor first; empty where it was not.

    Referrals stay with the mentee, so that all its pairings are fetched at once. What
    `role` may not open is named all the same: the chain is the mentee's story.
    """
    rows = Pairing.objects.filter(mentee=pairing.mentee_id).with_schools()
    known = {each.pk: each for each in rows.order_by("pk")}
    opened = Pairing.objects.visible_to(role).filter(pk__in=known)
    may_open = set(opened.values_list("pk", flat=True))
    chain, earlier = [pairing.pk], pairing.referred_from_id
    while earlier is not None:
        chain.insert(0, earlier)
        earlier = known[earlier].referred_from_id
    chain += [each.pk for each in known.values() if each.referred_from_id == pairing.pk]
    if len(chain) == 1:
        return []
    return [
        Link(known[pk], is_this=pk == pairing.pk, may_open=pk in may_open)
        for pk in chain
    ]


def details_of(event: Event, areas: dict[int, str]) -> list[str]:
    """Return what an event changed, in plain words."""
    if event.changes.get("mentor_id"):
        return []
    found = []
    if "area_id" in event.changes:
        before, after = event.changes["area_id"]
        found.append(f"area: {areas.get(after)}, before {areas.get(before)}")
    for name, word in DAYS.items():
        if name in event.changes:
            found.append(detail_of_day(word, event.changes[name]))
    if "planned_days" in event.changes:
        before, after = event.changes["planned_days"]
        found.append(f"days planned a year: {after}, before {before}")
    return found


def title_of(pairing: Pairing, on: date) -> str:
    """Return where the pairing stands, as the page's title."""
    mentor, mentee = pairing.mentor.school, pairing.mentee.school
    area = "as lead mentor" if pairing.area.is_lead else f"with {lowered(pairing.area)}"
    helps = f"{mentee} {area}"
    ended = pairing.ended
    if pairing.standing == State.ENDED and ended is not None:
        word = "helps" if ended >= on else "helped"
        return f"{mentor} {word} {helps} until {day_words(ended)}"
    said = {
        State.PROPOSED: f"{mentor} is asked to help {helps}",
        State.ASKED: f"{mentor} wants to know more before it helps {helps}",
        State.ACCEPTED: f"{mentor} will help {helps} from {day_words(pairing.started)}",
        State.ACTIVE: f"{mentor} helps {helps}",
        State.PAUSED: f"{mentor}'s help for {helps} rests",
        State.DECLINED: f"{mentor} declined to help {helps}",
        State.EXPIRED: f"{mentor} did not answer whether to help {helps}",
        State.CALLED_OFF: f"{mentor} was not to help {helps} after all",
    }
    return said[pairing.standing]


def lowered(area: Area) -> str:
    """Return an area's name within a sentence."""
    return area.name[:1].lower() + area.name[1:]


def who_is_next(pairing: Pairing, on: date) -> str:
    """Return who must act next, and what is awaited."""
    mentor, ended = pairing.mentor.school, pairing.ended
    if pairing.standing == State.PROPOSED and pairing.answer_by is not None:
        return (
            f"The head of {mentor}: accept, decline or ask for more by "
            f"{day_words(pairing.answer_by)}. After that day the proposal expires."
        )
    if pairing.standing == State.ENDED and ended is not None and ended >= on:
        return f"Either school: log days of support up to {day_words(ended)}."
    said = {
        State.ASKED: f"Programme staff: answer what {mentor} asks.",
        State.ACCEPTED: f"Nobody: it begins on {day_words(pairing.started)}.",
        State.ACTIVE: "Either school: log each day of support.",
        State.PAUSED: "Programme staff: resume or end it.",
    }
    return said.get(pairing.standing, "Nobody: it is over.")
