"""Proposals and steps of pairings: what they write, and what they refuse."""

from datetime import date
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.move_membership import take_step
from mentoring.actions.recompute import recompute
from mentoring.actions.turn_pages import turn_pages
from mentoring.models import Area, Event, Membership, Pairing, Programme
from mentoring.steps.membership import COMPLETE
from mentoring.steps.pairing import HELPED, HOLDS_DAYS, TAKES_A_PLACE, State
from tests import factories
from tests.mentoring.pairings_world import (
    AHEAD,
    BEGAN,
    LATER,
    TODAY,
    couple,
    in_state,
    propose,
    step,
)

pytestmark = pytest.mark.django_db


def refusal(of: ValidationError) -> str:
    return " ".join(of.messages)


def places_taken(mentor: Membership) -> int:
    mentor.refresh_from_db()
    return mentor.places_taken


@pytest.mark.parametrize("state", State)
def test_a_place_is_taken_while_help_is_asked_for_or_given(state: State) -> None:
    mentor, mentee = couple()
    in_state(state, mentor, mentee)
    taking = {"proposed", "asked", "accepted", "active", "paused"}
    assert places_taken(mentor) == (1 if state.value in taking else 0)


def test_a_mentee_in_two_areas_takes_one_place() -> None:
    mentor, mentee = couple()
    propose(mentor, mentee)
    propose(mentor, mentee, area=Area.lead())
    assert places_taken(mentor) == 1


def test_a_mentor_without_room_is_told_of() -> None:
    mentor, mentee = couple(places=1)
    propose(mentor, mentee)
    with pytest.raises(ValidationError) as refused:
        propose(mentor, factories.MembershipFactory.create())
    assert "has no place free" in refusal(refused.value)
    assert Pairing.objects.count() == 1


def test_a_place_is_free_again_when_help_ends_and_may_not_be_taken_back() -> None:
    mentor, mentee = couple(places=1)
    ended = in_state(State.ENDED, mentor, mentee)
    propose(mentor, factories.MembershipFactory.create())
    with pytest.raises(ValidationError) as refused:
        step(ended, "undo")
    assert "no place free" in refusal(refused.value)
    ended.refresh_from_db()
    assert ended.state == "ended"


def test_pairings_of_a_couple_and_area_share_no_day() -> None:
    mentor, mentee = couple()
    propose(mentor, mentee)
    with pytest.raises(ValidationError) as refused:
        propose(mentor, mentee)
    assert "a pairing for this area on some of those days" in refusal(refused.value)


def test_a_mentee_has_one_lead_at_a_time() -> None:
    mentor, mentee = couple()
    propose(mentor, mentee, area=Area.lead())
    with pytest.raises(ValidationError) as refused:
        propose(couple()[0], mentee, area=Area.lead())
    assert "another lead mentor" in refusal(refused.value)


def test_a_school_does_not_mentor_itself() -> None:
    mentor, _ = couple()
    itself = factories.MembershipFactory.create(school=mentor.school)
    with pytest.raises(ValidationError) as refused:
        propose(mentor, itself)
    assert "helps another" in refusal(refused.value)


@pytest.mark.parametrize("started", [date(2004, 8, 31), date(1988, 1, 1)])
def test_a_pairing_begins_when_both_are_in_the_programme(started: date) -> None:
    with pytest.raises(ValidationError) as refused:
        propose(*couple(), started=started)
    assert "both in the programme from 1 September 2004" in refusal(refused.value)


def test_a_proposal_is_answered_within_ten_working_days_of_term() -> None:
    factories.TermFactory.create(started=date(2006, 10, 30), ended=date(2006, 11, 24))
    factories.TermFactory.create(started=date(2006, 12, 4), ended=date(2006, 12, 15))
    # Asked on a Monday: four days to Friday, a week off, five days, and Monday.
    assert propose(*couple()).answer_by == date(2006, 12, 11)


def test_what_has_not_begun_is_put_right_and_what_has_is_not() -> None:
    pairing = propose(*couple(), started=AHEAD)
    area = Area.objects.get(name="Core subjects")
    changed = step(pairing, "change", area=area, started=LATER, planned_days=12)
    assert (changed.area_id, changed.started, changed.planned_days) == (
        area.pk,
        LATER,
        12,
    )
    begun = step(changed, "accept")
    with pytest.raises(ValidationError) as refused:
        step(begun, "change", area=area, started=BEGAN, planned_days=12)
    assert "cannot be done: change" in refusal(refused.value)


def test_an_ending_comes_not_before_a_day_that_was_given() -> None:
    pairing = in_state(State.ACTIVE, *couple())
    factories.SupportDayFactory.create(pairing=pairing, given_on=date(2006, 11, 6))
    with pytest.raises(ValidationError) as refused:
        step(pairing, "end", ended=date(2006, 11, 5))
    assert "given on 6 November 2006" in refusal(refused.value)
    assert step(pairing, "end", ended=date(2006, 11, 6)).state == "ended"


def test_each_step_back_puts_back_what_was() -> None:
    pairing = in_state(State.PAUSED, *couple())
    assert step(pairing, "undo").state == "active"
    again = Pairing.objects.get(pk=pairing.pk)
    assert (again.state, again.since, again.reason) == ("active", BEGAN, "")
    assert step(again, "undo").state == "proposed"  # it began with the yes
    last = step(Pairing.objects.get(pk=pairing.pk), "undo")
    assert last.state == "called off"
    with pytest.raises(ValidationError):
        step(last, "undo")


def test_every_step_writes_one_event_of_both_schools() -> None:
    mentor, mentee = couple()
    pairing = in_state(State.PAUSED, mentor, mentee)
    events = Event.objects.filter(noun="mentoring.pairing", noun_id=pairing.pk)
    verbs = list(events.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "proposed a pairing",
        "accepted a pairing",
        "began a pairing",
        "paused a pairing",
    ]
    assert set(events.values_list("school_id", "other_school_id")) == {
        (mentee.school_id, mentor.school_id)
    }


def test_the_calendar_lets_proposals_expire_and_begins_what_was_agreed() -> None:
    late = propose(*couple())
    agreed = in_state(State.ACCEPTED, *couple())
    asked = in_state(State.ASKED, *couple())
    assert turn_pages(on=TODAY) == 0
    assert turn_pages(on=date(2006, 12, 4)) == 1  # the last day to answer is not over
    assert turn_pages(on=date(2006, 12, 5)) == 1
    states = [Pairing.objects.get(pk=each.pk).state for each in (late, agreed, asked)]
    assert states == ["expired", "active", "asked"]


def test_a_school_does_not_leave_over_a_pairing_that_goes_on() -> None:
    pairing = in_state(State.ACTIVE, *couple())
    with pytest.raises(ValidationError) as refused:
        take_step(
            membership=pairing.mentee,
            step=COMPLETE,
            seen=0,
            left=TODAY,
            by=None,
            on=TODAY,
        )
    assert "End or call off its pairings first" in refusal(refused.value)


def test_a_mentor_is_asked_for_what_it_offers_once_it_has_said_so() -> None:
    mentor, mentee = couple(places=2)
    factories.OfferFactory.create(
        mentor=mentor, area=Area.objects.get(name="Leadership")
    )
    core = Area.objects.get(name="Core subjects")
    with pytest.raises(ValidationError) as refused:
        propose(mentor, mentee, area=core)
    assert "does not offer Core subjects" in refusal(refused.value)
    assert propose(mentor, mentee).state == "proposed"
    assert propose(mentor, mentee, area=Area.lead()).state == "proposed"


def test_the_note_of_an_ending_goes_with_it() -> None:
    ended = step(in_state(State.ACTIVE, *couple()), "end", handover="Ask the bursar.")
    assert ended.handover == "Ask the bursar."
    assert step(Pairing.objects.get(pk=ended.pk), "undo").handover == ""


def test_the_database_and_the_table_of_states_name_the_same_states() -> None:
    rules = import_module("mentoring.migrations.0014_rules_of_pairings")
    for written, states in (
        (rules.TAKES_A_PLACE, TAKES_A_PLACE),
        (rules.HOLDS_DAYS, HOLDS_DAYS),
        (rules.HELPED, HELPED),
    ):
        assert written == ", ".join(f"'{state}'" for state in states)


def test_figures_go_stale_when_help_of_a_lead_begins_or_is_taken_back() -> None:
    pairing = propose(*couple(), area=Area.lead())
    assert not Programme.the().is_stale
    moves = ["accept", "pause", "resume", "end", "undo", "undo", "undo", "undo"]
    stale = []
    for name in moves:
        recompute(on=TODAY)
        pairing = step(pairing, name)
        stale.append(Programme.the().is_stale)
    # It begins with the yes, and the last of the undos takes that back.
    assert [*filter(None, stale)] == [True, True]
    assert (stale[0], stale[-1], pairing.state) == (True, True, "proposed")


def test_help_in_another_area_moves_no_figure() -> None:
    step(propose(*couple()), "accept")
    assert not Programme.the().is_stale
