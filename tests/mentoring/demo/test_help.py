"""The demonstration's pairings: who helps whom, and as the actions would write it."""

import json
from collections import Counter, defaultdict
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Count, F

from mentoring.actions.confirm_days import confirm_by_silence, confirm_days
from mentoring.actions.log_days import log_days
from mentoring.actions.move_day import query_day, void_day
from mentoring.actions.move_pairing import take_pairing_step
from mentoring.actions.propose_pairing import propose_pairing
from mentoring.day_rules import HALF, WHOLE
from mentoring.demo.days import SAID, planned
from mentoring.demo.days_plan import Visit
from mentoring.demo.draws import stream
from mentoring.demo.help import PAIRINGS_STREAM, members, write
from mentoring.demo.help_plan import Story, stories
from mentoring.demo.parameters import HEADLINE
from mentoring.models import (
    Area,
    Event,
    Membership,
    Pairing,
    StaffMember,
    SupportDay,
    Term,
)
from mentoring.steps.support_day import CONFIRM, QUERY, SILENCE, VOID
from schools.models import School
from tests.harness import database

pytestmark = pytest.mark.usefixtures("loaded")
SAMPLE = 40
"""Stories that are told both ways, of every kind."""


def test_there_are_about_five_hundred_in_every_state(db: None) -> None:
    states = Counter(Pairing.objects.values_list("state", flat=True))
    assert 450 <= states.total() <= 550
    assert set(states) == {
        *("proposed", "asked", "accepted", "active", "paused"),
        *("declined", "expired", "ended"),
    }


def test_one_mentor_has_nine_mentees_and_one_three(db: None) -> None:
    active = Membership.objects.mentors().filter(state="active")
    taken = Counter(active.values_list("places_taken", flat=True))
    assert max(taken) == 9
    assert taken[3] >= 1


def test_totals_are_what_the_pairings_say(db: None) -> None:
    open_ones = Pairing.objects.open().values("mentor")
    counted = open_ones.annotate(n=Count("mentee", distinct=True))
    held = dict(counted.values_list("mentor", "n"))
    for pk, taken in Membership.objects.mentors().values_list("pk", "places_taken"):
        assert taken == held.get(pk, 0)


def test_some_have_a_second_mentor_in_an_area_and_some_were_referred(
    db: None,
) -> None:
    areas = Pairing.objects.filter(area__is_lead=False, state="active")
    assert areas.count() >= 80
    referred = Pairing.objects.filter(referred_from__isnull=False)
    assert referred.count() >= 10
    assert not referred.exclude(referred_from__mentee=F("mentee")).exists()


def test_some_who_were_helped_went_on_to_mentor(db: None) -> None:
    mentees = Membership.objects.mentees().joined_ever().values("school")
    both = Membership.objects.mentors().joined_ever().filter(school__in=mentees)
    assert both.count() == 4
    helps = Pairing.objects.filter(mentor__in=both)
    assert helps.filter(state="active").exists()
    assert not helps.filter(mentee__school=F("mentor__school")).exists()


def test_there_are_about_ten_thousand_days_both_ways(db: None) -> None:
    ways = Counter(SupportDay.objects.values_list("direction", flat=True))
    assert 9_000 <= ways.total() <= 12_000
    assert ways["back"] >= 900
    states = set(SupportDay.objects.values_list("state", flat=True))
    assert states == {"waiting", "confirmed", "queried", "void"}
    assert StaffMember.objects.filter(school__memberships__role="mentor").count() > 600


def told() -> list[Story]:
    """Return the stories of the demonstration, as they were planned."""
    areas = list(Area.objects.as_listed().values_list("pk", flat=True))
    return stories(
        members("mentee"), members("mentor"), areas, stream(HEADLINE, PAIRINGS_STREAM)
    )


def sample(of: list[Story]) -> list[Story]:
    """Return stories of every way a pairing can go, a few of each."""
    ways: dict[tuple[str, ...], list[Story]] = defaultdict(list)
    for story in of:
        # Of a school that has left by now a pairing without an end is refused.
        if story.mentee.left is None and story.mentor.left is None:
            ways[tuple(step.name for step, _, _ in story.steps)].append(story)
    each = SAMPLE // len(ways)
    kept = {id(story) for stories_ in ways.values() for story in stories_[:each]}
    # In their own order: who helps next is asked once the first has ended.
    return [story for story in of if id(story) in kept]


def rows() -> list[dict[str, Any]]:
    """Return every pairing without its key, by couple and area."""
    ordered = Pairing.objects.order_by("mentor", "mentee", "area", "started")
    return [
        {key: value for key, value in row.items() if key != "id"}
        for row in ordered.values()
    ]


def told_since(before: set[int]) -> Counter[tuple[object, ...]]:
    """Return the events that came after `before`, without their keys."""
    done = Event.objects.exclude(pk__in=before).select_related("given")
    return Counter(
        (
            event.verb,
            event.happened_on,
            event.school_id,
            event.other_school_id,
            json.dumps(event.changes, sort_keys=True),
            event.given.text if hasattr(event, "given") else "",
        )
        for event in done
    )


def tell_by_actions(of: list[Story]) -> None:
    """Take the steps of each story one by one."""
    people = Membership.objects.in_bulk()
    for story in of:
        pairing = propose_pairing(
            mentor=people[story.mentor.pk],
            mentee=people[story.mentee.pk],
            area=Area.objects.get(pk=story.area),
            started=story.started,
            planned_days=story.planned_days,
            by=None,
            on=story.asked_on,
        )
        for step, day, given in story.steps:
            held = Pairing.objects.get(pk=pairing.pk)
            if held.standing == step.target:
                continue  # begun with the yes, as the first day had come
            take_pairing_step(
                pairing=held,
                step=step,
                seen=held.steps_taken,
                by=None,
                on=day,
                **given,
            )


@pytest.fixture
def clean(db: None) -> list[Story]:
    """Return a sample of stories, with nothing told yet."""
    planned = sample(told())
    for story in planned:
        story.referred_from = None
    with database.lifted("mentoring_supportday"):
        SupportDay.objects.all().delete()
    Pairing.objects.update(referred_from=None)
    Pairing.objects.all().delete()
    return planned


def test_written_in_bulk_equals_what_the_actions_write(clean: list[Story]) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    tell_by_actions(clean)
    by_actions, events = rows(), told_since(before)
    places = dict(Membership.objects.mentors().values_list("pk", "places_taken"))
    assert len(by_actions) == len(clean) >= SAMPLE // 2
    Pairing.objects.all().delete()
    before = set(Event.objects.values_list("pk", flat=True))
    write(clean, list(Term.objects.order_by("started").values_list("started", "ended")))
    assert rows() == by_actions
    assert told_since(before) == events
    now = dict(Membership.objects.mentors().values_list("pk", "places_taken"))
    assert now == places


def whole_pairings(days: int) -> tuple[list[Visit], list[Visit]]:
    """Return the visits of enough pairings for `days` days of every state, and all."""
    staff: dict[int, list[int]] = {}
    for school, pk in StaffMember.objects.order_by("pk").values_list("school", "pk"):
        staff.setdefault(school, []).append(pk)
    every = planned(HEADLINE, staff)
    rare = {visit.help.pairing for visit in every if visit.last_step in {QUERY, VOID}}
    chosen: list[Visit] = []
    for pairing in sorted(rare):
        chosen += [visit for visit in every if visit.help.pairing == pairing]
        if sum(len(visit.givers) for visit in chosen) >= days:
            break
    return chosen, every


def days_of(pairings: set[int]) -> list[dict[str, Any]]:
    """Return the days of these pairings without their keys and forms."""
    rows = SupportDay.objects.filter(pairing__in=pairings)
    return [
        {key: value for key, value in row.items() if key not in {"id", "visit"}}
        for row in rows.order_by("pairing", "given_on", "giver").values()
    ]


def day_events(pairings: set[int]) -> Counter[tuple[object, ...]]:
    """Return the events of these pairings' days, their keys told by day and giver."""
    rows = SupportDay.objects.filter(pairing__in=pairings)
    names = {day.pk: f"{day.given_on} {day.giver_id}" for day in rows}
    found = Event.objects.filter(noun="mentoring.supportday", noun_id__in=names)
    counted: Counter[tuple[object, ...]] = Counter()
    for event in found.select_related("given"):
        changes = dict(event.changes)
        if "days" in changes:
            changes["days"] = [names[pk] for pk in changes["days"][1]]
        said = event.given.text if hasattr(event, "given") else ""
        counted[
            (
                names[event.noun_id],
                event.verb,
                event.happened_on,
                event.school_id,
                event.other_school_id,
                json.dumps(changes, sort_keys=True),
                said,
            )
        ] += 1
    return counted


def totals(pairings: set[int]) -> list[tuple[int, ...]]:
    """Return the half days that these pairings have counted."""
    rows = Pairing.objects.filter(pk__in=pairings).order_by("pk")
    return list(rows.values_list("pk", "halves_given", "halves_back"))


def give_by_actions(visits: list[Visit]) -> None:
    """Log each visit, and take its last step."""
    people = StaffMember.objects.in_bulk()
    areas = Area.objects.in_bulk()
    schools = School.objects.in_bulk({visit.school for visit in visits})
    for visit in visits:
        logged = log_days(
            pairing=Pairing.objects.get(pk=visit.help.pairing),
            given_on=visit.given_on,
            length=WHOLE if visit.is_whole else HALF,
            givers=[people[pk] for pk in visit.givers],
            token=uuid4(),
            area=areas[visit.area],
            direction="back" if visit.is_back else "given",
            note=visit.note,
            logged_for=schools[visit.school],
            by=None,
            on=visit.logged_on,
        )
        take_last_step(visit, [day.pk for day in logged.days])


def take_last_step(visit: Visit, keys: list[int]) -> None:
    """Let what became of a visit happen to its days."""
    days = SupportDay.objects.filter(pk__in=keys)
    on = visit.moved_on
    if on is None:
        return
    if visit.last_step == SILENCE:
        confirm_by_silence(on=on)
    elif visit.last_step == CONFIRM:
        pairing = Pairing.objects.with_schools().get(pk=visit.help.pairing)
        other = pairing.mentor if visit.is_back else pairing.mentee
        confirm_days(days=days, school=other.school, by=None, on=on)
    for day in days.with_all():
        if visit.last_step == QUERY:
            words, asker = SAID[QUERY], day.other_school
            query_day(day=day, school=asker, words=words, by=None, on=on)
        elif visit.last_step == VOID:
            void_day(day=day, reason=SAID[VOID], by=None, on=on)


def test_two_hundred_days_equal_what_the_actions_write(db: None) -> None:
    chosen, _ = whole_pairings(200)
    pairings = {visit.help.pairing for visit in chosen}
    rows, events, sums = days_of(pairings), day_events(pairings), totals(pairings)
    assert len(rows) >= 200
    with database.lifted("mentoring_supportday"):
        SupportDay.objects.all().delete()
    Pairing.objects.update(halves_given=0, halves_back=0)
    give_by_actions(chosen)
    assert days_of(pairings) == rows
    assert day_events(pairings) == events
    assert totals(pairings) == sums
