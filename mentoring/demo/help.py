"""Writes the demonstration's pairings in bulk, as the actions would one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from mentoring.actions.propose_pairing import as_recorded, made
from mentoring.demo.draws import stream
from mentoring.demo.help_plan import Member, Story, stories
from mentoring.demo.parameters import DEMO_TODAY, WorldSettings
from mentoring.models import (
    Area,
    Event,
    EventReason,
    Membership,
    Pairing,
    Programme,
    Term,
)
from mentoring.pairing_history import RECORDED
from mentoring.steps.pairing import (
    ACCEPT,
    BEGIN,
    DECLINE,
    END,
    PROPOSE,
    State,
    Step,
)
from mentoring.terms import Span, working_day_after

PAIRINGS_STREAM = 40
DAYS_TO_ANSWER = Programme._meta.get_field("days_to_answer").default  # noqa: SLF001 -- Django's public-by-use API
TERMS = (
    ("Autumn term, first half", (9, 4), (10, 20)),
    ("Autumn term, second half", (10, 30), (12, 20)),
    ("Spring term, first half", (1, 4), (2, 10)),
    ("Spring term, second half", (2, 20), (3, 31)),
    ("Summer term, first half", (4, 18), (5, 26)),
    ("Summer term, second half", (6, 5), (7, 21)),
)
FIRST_YEAR, LAST_YEAR = 2003, 2006
SPARE = 2
"""Places that a mentor offers beyond those taken, but for the fullest."""


def add_help(settings: WorldSettings) -> list[Pairing]:
    """Write terms, places and every pairing with its events; return the pairings."""
    spans = add_terms()
    add_areas()
    areas = list(Area.objects.as_listed().values_list("pk", flat=True))
    mentees, mentors = members("mentee"), members("mentor")
    told = stories(mentees, mentors, areas, stream(settings, PAIRINGS_STREAM))
    _offer_places(told, mentors)
    return write(told, spans)


def write(told: Sequence[Story], spans: Sequence[Span]) -> list[Pairing]:
    """Write the pairings of these stories with their events, and return them."""
    replays = [replayed(story, spans) for story in told]
    pairings = Pairing.objects.bulk_create([each.pairing for each in replays])
    referred = []
    for story, each in zip(told, replays, strict=True):
        if story.referred_from is not None:
            each.pairing.referred_from = pairings[story.referred_from]
            referred.append(each.pairing)
            first = each.lines[0].changes
            first["referred_from_id"] = [None, pairings[story.referred_from].pk]
    Pairing.objects.bulk_update(referred, ["referred_from"])
    schools = dict(Membership.objects.values_list("pk", "school_id"))
    events = []
    said = []
    for each in replays:
        for line in each.lines:
            event = Event.of(
                None,
                line.step.done,
                each.pairing,
                on=line.on,
                school_id=schools[each.pairing.mentee_id],
                other_school_id=schools[each.pairing.mentor_id],
                changes=line.changes,
            )
            events.append(event)
            said.append(line.said)
    Event.objects.bulk_create(events)
    EventReason.objects.bulk_create(
        EventReason(event=event, text=text)
        for event, text in zip(events, said, strict=True)
        if text
    )
    return pairings


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a pairing: the step, when it took effect, what changed and why."""

    step: Step
    on: date
    changes: dict[str, list[object]]
    said: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A pairing as it stands at the end of its story, not yet saved, and its events."""

    pairing: Pairing
    lines: list[Line]


def replayed(story: Story, spans: Sequence[Span]) -> Replay:
    """Return what the actions would leave of `story`; a test holds the two together."""
    pairing = Pairing(
        mentor_id=story.mentor.pk,
        mentee_id=story.mentee.pk,
        area_id=story.area,
        state=State.PROPOSED,
        since=story.asked_on,
        started=story.started,
        planned_days=story.planned_days,
        answer_by=working_day_after(story.asked_on, DAYS_TO_ANSWER, spans),
        asked_on=story.asked_on,
    )
    lines = [Line(PROPOSE, story.asked_on, made(pairing), "")]
    for step, day, given in story.steps:
        before = {name: getattr(pairing, name) for name in RECORDED}
        _apply(pairing, step, day, given)
        changes = {
            name: [as_recorded(before[name]), as_recorded(getattr(pairing, name))]
            for name in RECORDED
            if before[name] != getattr(pairing, name)
        }
        said = str(given.get("reason") or given.get("words") or "")
        lines.append(Line(step, pairing.since, changes, said))
    pairing.steps_taken = len(story.steps)
    return Replay(pairing, lines)


def _apply(pairing: Pairing, step: Step, day: date, given: Mapping[str, Any]) -> None:
    """Set what `step` sets."""
    assert step.target is not None
    pairing.state, pairing.since = step.target, day
    pairing.reason = str(given.get("reason", ""))
    pairing.words = str(given.get("words", pairing.words))
    if step in {ACCEPT, DECLINE}:
        pairing.answered_on = day
    elif step == BEGIN:
        pairing.since = pairing.started
    elif step == END:
        pairing.ended, pairing.again = given["ended"], given["again"]


def add_terms() -> list[Span]:
    """Write the terms of the demonstration's years, and return their spans."""
    rows = [
        Term(
            name=f"{name} {year}",
            started=date(year, *first),
            ended=date(year, *last),
        )
        for year in range(FIRST_YEAR, LAST_YEAR + 2)
        for name, first, last in TERMS
    ]
    Term.objects.bulk_create(rows)
    return sorted((row.started, row.ended) for row in rows)


def add_areas() -> None:
    """Write the areas that staff begin with, where the database was emptied of them."""
    if not Area.objects.exists():
        rules = import_module("mentoring.migrations.0014_rules_of_pairings")
        Area.objects.create(name="Lead", is_lead=True, position=0)
        Area.objects.bulk_create(
            Area(name=name, position=10 * place)
            for place, name in enumerate(rules.AREAS, 1)
        )


def members(role: str) -> list[Member]:
    """Return the schools that joined in a role by now, the earliest first."""
    rows = Membership.objects.filter(role=role, joined__lte=DEMO_TODAY)
    found = rows.order_by("joined", "pk").values_list(
        "pk", "school_id", "joined", "left"
    )
    return [
        Member(pk, school, joined, left) for pk, school, joined, left in found if joined
    ]


def _offer_places(told: Sequence[Story], mentors: Sequence[Member]) -> None:
    """Give every mentor the places it has taken, and most of them some more."""
    taken: dict[int, set[int]] = {each.pk: set() for each in mentors}
    for story in told:
        if story.takes_a_place:
            taken[story.mentor.pk].add(story.mentee.pk)
    rows = list(Membership.objects.filter(pk__in=taken))
    for row in rows:
        full = row.pk % 7 == 0
        row.places = max(1, len(taken[row.pk]) + (0 if full else SPARE))
    Membership.objects.bulk_update(rows, ["places"])
