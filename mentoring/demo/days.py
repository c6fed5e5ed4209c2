"""Writes the demonstration's support days in bulk, as the actions would one by one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from mentoring.actions.log_days import LOGGED
from mentoring.demo.days_plan import Help, Visit, visits
from mentoring.demo.draws import stream
from mentoring.demo.parameters import DEMO_TODAY, WorldSettings
from mentoring.models import Area, Event, EventReason, Pairing, SupportDay, Term
from mentoring.steps.pairing import HELPED
from mentoring.steps.pairing import State as PairingState
from mentoring.steps.support_day import CONFIRM, QUERY, SILENCE, VOID, State

DAYS_STREAM, FORMS_STREAM = 42, 43
SAID = {QUERY: "We have no note of anybody coming that day.", VOID: "Entered twice."}
AT_ONCE = 2_000


def add_days(
    settings: WorldSettings, staff: Mapping[int, Sequence[int]]
) -> list[SupportDay]:
    """Write every day with its events; `staff` has the people of each school."""
    return write(planned(settings, staff), forms(settings))


def planned(settings: WorldSettings, staff: Mapping[int, Sequence[int]]) -> list[Visit]:
    """Return every visit of the pairings that are there."""
    areas = list(Area.objects.special().as_listed().values_list("pk", flat=True))
    spans = list(Term.objects.order_by("started").values_list("started", "ended"))
    chance = stream(settings, DAYS_STREAM)
    return list(visits(helps(), staff, areas, spans, chance))


def helps() -> list[Help]:
    """Return the pairings in which help was given, each with its days so far."""
    rows = Pairing.objects.filter(state__in=HELPED, started__lte=DEMO_TODAY)
    found = []
    for each in rows.select_related("mentor", "mentee", "area").order_by("pk"):
        last = min(each.ended or DEMO_TODAY, DEMO_TODAY)
        if each.standing == PairingState.PAUSED:
            last = each.since - timedelta(days=1)
        found.append(
            Help(
                pairing=each.pk,
                mentor=each.mentor.school_id,
                mentee=each.mentee.school_id,
                area=each.area_id,
                is_lead=each.area.is_lead,
                first=each.started,
                last=last,
            )
        )
    return found


def forms(settings: WorldSettings) -> "Forms":
    """Return the tokens of forms: the same, in the same order, for the same world."""
    return Forms(settings)


class Forms:
    """Gives each entry the token of a form."""

    def __init__(self, settings: WorldSettings) -> None:
        self.chance = stream(settings, FORMS_STREAM)

    def next(self) -> UUID:
        """Return a token that no other entry has."""
        return UUID(bytes=self.chance.bytes(16), version=4)


def write(given: Sequence[Visit], tokens: Forms) -> list[SupportDay]:
    """Write the days of these visits with their events, and return the days."""
    rows = [row for visit in given for row in rows_of(visit, tokens.next())]
    days = SupportDay.objects.bulk_create(rows, batch_size=AT_ONCE)
    starts = [0]
    for visit in given:
        starts.append(starts[-1] + len(visit.givers))
    couples = dict(_couples())
    events: list[tuple[Event, str]] = []
    for visit, (first, end) in zip(given, pairwise(starts), strict=True):
        mentee, mentor = couples[visit.help.pairing]
        schools = {"school_id": mentee, "other_school_id": mentor}
        events += _events(visit, days[first:end], schools)
    Event.objects.bulk_create([event for event, _ in events], batch_size=AT_ONCE)
    EventReason.objects.bulk_create(
        EventReason(event=event, text=said) for event, said in events if said
    )
    return days


def _couples() -> list[tuple[int, tuple[int, int]]]:
    """Return the mentee's and the mentor's school of each pairing."""
    rows = Pairing.objects.values_list("pk", "mentee__school", "mentor__school")
    return [(pk, (mentee, mentor)) for pk, mentee, mentor in rows]


def rows_of(visit: Visit, token: UUID) -> list[SupportDay]:
    """Return the days of one visit, not yet saved."""
    direction = SupportDay.Direction
    shared: dict[str, Any] = {
        "pairing_id": visit.help.pairing,
        "given_on": visit.given_on,
        "first_half": True,
        "second_half": visit.is_whole,
        "area_id": visit.area,
        "direction": direction.BACK if visit.is_back else direction.GIVEN,
        "note": visit.note,
        "visit": token,
        "logged_for_id": visit.school,
        "logged_on": visit.logged_on,
        **_end(visit),
    }
    return [SupportDay(giver_id=giver, **shared) for giver in visit.givers]


def _end(visit: Visit) -> dict[str, Any]:
    """Return what the last step has set."""
    step, day = visit.last_step, visit.moved_on
    if step is None:
        return {"state": State.WAITING}
    if step == VOID:
        return {"state": State.VOID, "voided_on": day, "why_voided": SAID[VOID]}
    if step == QUERY:
        asker = ({visit.help.mentor, visit.help.mentee} - {visit.school}).pop()
        asked = {"queried_on": day, "queried_for_id": asker, "query": SAID[QUERY]}
        return {"state": State.QUERIED, **asked}
    assert step in {CONFIRM, SILENCE}
    return {"state": State.CONFIRMED, "confirmed_on": day}


def _events(
    visit: Visit, days: Sequence[SupportDay], schools: Mapping[str, int]
) -> list[tuple[Event, str]]:
    """Return the events of one visit, each with what was said."""
    first = days[0]
    changes: dict[str, Any] = {
        "pairing_id": [None, first.pairing_id],
        "area_id": [None, first.area_id],
        "direction": [None, str(first.direction)],
        "days": [[], [day.pk for day in days]],
        "halves": [0, sum(day.halves for day in days)],
    }
    logged = Event.of(
        None, LOGGED, first, on=first.given_on, changes=changes, **schools
    )
    found = [(logged, "")]
    if visit.last_step is not None and visit.moved_on is not None:
        moved = {"state": [str(State.WAITING), str(first.state)]}
        for day in days:
            event = Event.of(
                None,
                visit.last_step.done,
                day,
                on=visit.moved_on,
                changes=moved,
                **schools,
            )
            found.append((event, SAID.get(visit.last_step, "")))
    return found
