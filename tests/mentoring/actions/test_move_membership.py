"""Every state and every step through the action, and what each writes."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.end_exception import end_exception
from mentoring.actions.enrol_school import enrol_school
from mentoring.models import (
    EligibilityException,
    Event,
    EventReason,
    ImpactSummary,
    Membership,
)
from mentoring.steps.membership import BY_NAME, MOVES, State, Step
from schools.models import Role, School
from tests import factories
from tests.harness.worker import work
from tests.mentoring import bottom_quarter_world as world
from tests.mentoring.steps_world import JOINED, LATER, TODAY, in_state, start, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return factories.EstablishmentFactory.create().school


def row(membership: Membership) -> tuple[object, ...]:
    held = Membership.objects.get(pk=membership.pk)
    return held.state, held.since, held.joined, held.left, held.reason


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", MOVES, ids=lambda step: step.name)
def test_each_step_from_each_state_is_taken_or_changes_nothing(
    school: School, state: State, move: Step
) -> None:
    membership = in_state(state, school)
    before, events = row(membership), Event.objects.count()
    given: dict[str, Any] = {}
    if move.name == "correct":
        given["joined"] = date(2006, 9, 4)
        # The form has no field for the last day where there is none.
        given["left"] = LATER if membership.left else None
    if state in move.sources and (membership.joined or not move.needs_dates):
        moved = step(membership, move.name, **given)
        assert row(moved) != before
        if move.target is not None:
            assert moved.state == move.target
        event = Event.objects.latest("pk")
        assert Event.objects.count() == events + 1
        assert (event.verb, event.noun_id) == (move.done, membership.pk)
        assert event.changes
    else:
        with pytest.raises(ValidationError):
            step(membership, move.name, **given)
        assert row(membership) == before
        assert Event.objects.count() == events


def test_an_invitation_has_no_days_until_it_is_accepted(school: School) -> None:
    membership = start(school, "invite")
    assert row(membership) == ("invited", TODAY, None, None, "")
    moved = step(membership, "accept", joined=JOINED)
    assert row(moved) == ("active", JOINED, JOINED, None, "")
    event = Event.objects.latest("pk")
    assert event.happened_on == JOINED
    assert event.changes == {
        "state": ["invited", "active"],
        "since": ["2006-11-20", "2006-09-01"],
        "joined": [None, "2006-09-01"],
    }


@pytest.mark.parametrize(
    ("joined", "sentence"),
    [
        (date(1987, 9, 1), "before 1988"),
        (date(2007, 11, 22), "more than a year ahead"),
        (None, "Enter a date"),
    ],
)
def test_the_first_day_is_kept_within_bounds(
    school: School, joined: date | None, sentence: str
) -> None:
    membership = start(school, "invite")
    with pytest.raises(ValidationError, match=sentence):
        step(membership, "accept", joined=joined)


def test_a_mentee_must_still_be_entitled_when_it_accepts() -> None:
    school = factories.EstablishmentFactory.create().school
    exception = factories.EligibilityExceptionFactory.create(school=school)
    membership = start(school, "invite", "mentee")
    EligibilityException.objects.filter(pk=exception.pk).update(
        granted_on=date(2000, 1, 1), until=date(2006, 11, 19)
    )
    with pytest.raises(ValidationError, match="not in the bottom quarter"):
        step(membership, "accept")
    assert row(membership)[0] == "invited"


@pytest.mark.parametrize("name", ["decline", "call-off", "pause", "withdraw", "undo"])
def test_these_steps_say_why(school: School, name: str) -> None:
    state = State.INVITED if name in {"decline", "call-off"} else State.ACTIVE
    membership = in_state(state, school)
    with pytest.raises(ValidationError, match="Say why"):
        step(membership, name, reason="  ")


def test_the_reason_stands_beside_the_record_and_never_in_it(school: School) -> None:
    officer = world.a_person(Role.Kind.STAFF)
    step(start(school), "pause", officer, reason="The head is ill.")
    event = Event.objects.latest("pk")
    assert (event.who, event.school_id) == (officer, school.pk)
    assert "ill" not in str(event.changes)
    assert EventReason.objects.get(event=event).text == "The head is ill."


@pytest.mark.parametrize(
    ("name", "day", "sentence"),
    [
        ("pause", date(2006, 11, 21), "has not come yet"),
        ("pause", date(2006, 8, 31), "active since 1 September 2006"),
    ],
)
def test_a_pause_begins_in_the_present_state_and_by_today(
    school: School, name: str, day: date, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        step(start(school), name, day=day)


def test_a_pause_ends_after_it_began(school: School) -> None:
    paused = in_state(State.PAUSED, school)
    with pytest.raises(ValidationError, match="paused since 2 October 2006"):
        step(paused, "resume", day=date(2006, 10, 1))
    assert row(step(paused, "resume", day=TODAY)) == ("active", TODAY, JOINED, None, "")


def test_a_last_day_is_bounded_too(school: School) -> None:
    membership = start(school)
    with pytest.raises(ValidationError, match="cannot leave before it joins"):
        step(membership, "complete", left=date(2006, 8, 31))
    with pytest.raises(ValidationError, match="five years ahead"):
        step(membership, "withdraw", left=date(2016, 8, 31))
    ahead = step(membership, "withdraw", left=date(2007, 7, 20))
    assert Membership.objects.live_on(TODAY).get() == ahead


def test_dates_are_put_right_with_a_reason_even_after_leaving(school: School) -> None:
    membership = in_state(State.WITHDRAWN, school)
    moved = step(membership, "correct", joined=date(2006, 9, 4), left=TODAY)
    assert row(moved)[:4] == ("withdrawn", TODAY, date(2006, 9, 4), TODAY)
    assert row(moved)[4] == "The school asked for it."
    with pytest.raises(ValidationError, match="dates it has already"):
        step(moved, "correct", joined=date(2006, 9, 4), left=TODAY)


def test_a_school_cannot_have_joined_after_it_paused(school: School) -> None:
    paused = in_state(State.PAUSED, school)
    with pytest.raises(ValidationError, match="cannot have joined after that"):
        step(paused, "correct", joined=date(2006, 10, 3), left=None)
    with pytest.raises(ValidationError, match="no last day yet"):
        step(paused, "correct", joined=JOINED, left=TODAY)
    active = in_state(State.ACTIVE, factories.EstablishmentFactory.create().school)
    moved = step(active, "correct", joined=date(2006, 10, 3), left=None)
    assert row(moved)[1:3] == (date(2006, 10, 3), date(2006, 10, 3))


def test_a_corrected_time_shares_no_day_with_another(school: School) -> None:
    first = step(start(school), "withdraw", left=LATER)
    factories.MembershipFactory.create(
        school=school, role="mentor", joined=date(2006, 11, 1)
    )
    with pytest.raises(ValidationError, match="on some of those days"):
        step(first, "correct", left=date(2006, 11, 1))


@pytest.mark.parametrize(
    "name", ["accept", "decline", "call-off", "pause", "resume", "complete", "withdraw"]
)
def test_any_step_is_taken_back_to_what_it_was(school: School, name: str) -> None:
    membership = in_state(BY_NAME[name].sources[0], school)
    before = row(membership)
    moved = step(membership, name)
    assert row(moved) != before
    assert row(step(moved, "undo", reason="A slip.")) == before
    assert Event.objects.latest("pk").verb == "took back a step"


def test_a_correction_is_taken_back_too(school: School) -> None:
    membership = in_state(State.COMPLETED, school)
    before = row(membership)
    moved = step(membership, "correct", joined=date(2006, 9, 4), left=TODAY)
    assert row(step(moved, "undo")) == before


def test_steps_are_taken_back_one_after_another_with_their_reasons(
    school: School,
) -> None:
    membership = step(start(school), "pause", reason="The first reason.")
    membership = step(membership, "resume", day=LATER)
    membership = step(membership, "pause", reason="The second.", day=TODAY)
    membership = step(membership, "undo")
    assert row(membership) == ("active", LATER, JOINED, None, "")
    membership = step(membership, "undo")
    assert row(membership) == ("paused", LATER, JOINED, None, "The first reason.")
    membership = step(membership, "undo")
    assert row(membership) == ("active", JOINED, JOINED, None, "")


def test_taking_back_an_entry_calls_it_off_for_good(school: School) -> None:
    membership = step(start(school, role="mentor"), "undo", reason="The wrong school.")
    assert row(membership) == ("withdrawn", TODAY, None, None, "The wrong school.")
    assert not Membership.objects.joined_ever().exists()
    with pytest.raises(ValidationError, match="no step left"):
        step(membership, "undo")
    start(school)  # the way is free again


def let_in(school: School) -> Membership:
    return enrol_school(
        school=school,
        role="mentee",
        joined=JOINED,
        why="Its roof fell in.",
        by=None,
        on=TODAY,
    )


def test_with_an_entry_ends_the_exception_it_granted(school: School) -> None:
    membership = step(let_in(school), "pause")
    step(membership, "undo", reason="Not paused.")
    exception = EligibilityException.objects.get()
    assert exception.is_live_on(TODAY)  # the entry itself stands yet
    membership.refresh_from_db()
    step(membership, "undo", reason="The wrong school.")
    exception.refresh_from_db()
    assert not exception.is_live_on(TODAY)
    assert exception.ended_why.endswith("was taken back: The wrong school.")
    event = Event.objects.get(verb="ended an exception")
    assert event.changes == {"ended_on": [None, TODAY.isoformat()]}
    assert event.noun_id == exception.pk
    with pytest.raises(ValidationError, match="let in"):
        enrol_school(school=school, role="mentee", joined=JOINED, by=None, on=TODAY)
    let_in(school)  # another reason, another exception


def test_an_exception_that_is_over_already_stays_as_it_ended(school: School) -> None:
    membership = let_in(school)
    held = EligibilityException.objects.get()
    end_exception(exception=held, ended_why="Its roof is new.", by=None, on=TODAY)
    step(membership, "undo", reason="The wrong school.")
    held.refresh_from_db()
    assert held.ended_why == "Its roof is new."
    assert Event.objects.filter(verb="ended an exception").count() == 1


def test_what_a_later_membership_rests_on_is_not_taken_back(school: School) -> None:
    first = step(start(school), "complete", left=LATER)
    factories.MembershipFactory.create(
        school=school, role="mentor", joined=date(2006, 11, 1)
    )
    with pytest.raises(ValidationError, match="already in the programme in this role"):
        step(first, "undo")


def test_what_changed_without_a_step_bars_taking_back(school: School) -> None:
    membership = step(start(school), "complete", left=LATER)
    Membership.objects.update(left=TODAY, since=TODAY)
    with pytest.raises(ValidationError, match="changed after its last step"):
        step(membership, "undo")


def test_an_ending_recorded_before_there_were_states_is_taken_back() -> None:
    membership = factories.MembershipFactory.create(left=LATER)
    for changes in (
        {"role": [None, "mentee"], "joined": [None, "2004-09-01"]},
        {"left": [None, "2006-10-02"]},
    ):
        factories.EventFactory.create(
            verb="ended a membership", noun_id=membership.pk, changes=changes
        )
    moved = step(membership, "undo")
    assert row(moved) == ("active", date(2004, 9, 1), date(2004, 9, 1), None, "")


def test_what_somebody_else_moved_in_the_meantime_is_not_moved_again(
    school: School,
) -> None:
    membership = start(school)
    seen = membership.steps_taken
    step(membership, "pause")
    with pytest.raises(ValidationError, match="A step was taken since you opened"):
        step(membership, "withdraw", seen=seen)


def test_only_steps_that_touch_days_work_the_figures_out(school: School) -> None:
    work()
    ImpactSummary.objects.all().delete()
    membership = step(in_state(State.ACTIVE, school), "pause")
    work()
    ImpactSummary.objects.all().delete()
    membership = step(membership, "resume", day=TODAY)
    work()
    assert not ImpactSummary.objects.exists()
    step(membership, "complete", left=TODAY)
    work()
    assert ImpactSummary.objects.exists()


def test_an_invitation_is_not_accepted_for_years_before_it() -> None:
    membership = start(factories.EstablishmentFactory.create().school, "invite")
    with pytest.raises(ValidationError, match="Give 1 September 2006 or a later day"):
        step(membership, "accept", joined=date(2006, 8, 31))
    membership.refresh_from_db()
    assert membership.state == "invited"
