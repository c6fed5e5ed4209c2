"""The demonstration's pairings: who helps whom, and as the actions would write it."""

import json
from collections import Counter, defaultdict
from typing import Any

import pytest
from django.db.models import Count, F

from mentoring.actions.move_pairing import take_pairing_step
from mentoring.actions.propose_pairing import propose_pairing
from mentoring.demo.draws import stream
from mentoring.demo.help import PAIRINGS_STREAM, members, write
from mentoring.demo.help_plan import Story, stories
from mentoring.demo.parameters import HEADLINE
from mentoring.models import Area, Event, Membership, Pairing, Term

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
    assert taken[3] == 1


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
    return [story for stories_ in ways.values() for story in stories_[:each]]


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
