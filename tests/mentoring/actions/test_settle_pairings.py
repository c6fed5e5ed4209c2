"""A school's step takes its pairings along, when asked to, and not otherwise."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.move_membership import take_step
from mentoring.actions.turn_pages import turn_pages
from mentoring.models import Area, Membership, Pairing
from mentoring.steps.membership import BY_NAME
from mentoring.steps.pairing import State
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.pairings_world import (
    AHEAD,
    LATER,
    TODAY,
    couple,
    in_state,
    propose,
    step,
)
from tests.mentoring.views.test_membership_steps import words

pytestmark = pytest.mark.django_db
WHY = "The school closes."


def take(membership: Membership, name: str, **given: object) -> Membership:
    membership.refresh_from_db()
    return take_step(
        membership=membership,
        step=BY_NAME[name],
        seen=membership.steps_taken,
        reason=WHY,
        by=None,
        on=TODAY,
        **given,  # type: ignore[arg-type]  # what the step asks for
    )


def states(membership: Membership) -> list[tuple[str, date | None, str]]:
    rows = Pairing.objects.of_membership(membership).order_by("pk")
    return list(rows.values_list("state", "ended", "reason"))


def test_leaving_ends_what_is_under_way_and_calls_off_the_rest() -> None:
    mentor, mentee = couple(places=3)
    in_state(State.ACTIVE, mentor, mentee)
    propose(mentor, factories.MembershipFactory.create(), started=AHEAD)
    in_state(State.PAUSED, mentor, factories.MembershipFactory.create())
    take(mentor, "withdraw", left=TODAY, with_pairings=True)
    assert states(mentor) == [
        ("ended", TODAY, WHY),
        ("called off", None, WHY),
        ("ended", TODAY, WHY),
    ]
    mentor.refresh_from_db()
    assert (mentor.state, mentor.left, mentor.places_taken) == ("withdrawn", TODAY, 0)


def test_help_that_rests_does_not_go_on_until_the_school_leaves() -> None:
    mentor, mentee = couple(places=2)
    in_state(State.ACTIVE, mentor, mentee)
    in_state(State.PAUSED, mentor, factories.MembershipFactory.create())
    take(mentor, "withdraw", left=AHEAD, with_pairings=True, handover="Ask for it.")
    kept = Pairing.objects.of_membership(mentor).values_list("handover", flat=True)
    assert set(kept) == {"Ask for it."}
    assert [ended for _, ended, _ in states(mentor)] == [AHEAD, TODAY]


def test_help_that_rests_is_not_ended_ahead() -> None:
    mentor, mentee = couple()
    pairing = in_state(State.PAUSED, mentor, mentee)
    with pytest.raises(ValidationError, match="This pairing rests since"):
        step(pairing, "end", ended=AHEAD, reason=WHY)
    pairing.refresh_from_db()
    assert pairing.state == "paused"


def test_where_one_pairing_cannot_end_nothing_is_changed() -> None:
    mentor, mentee = couple(places=2)
    held = in_state(State.ACTIVE, mentor, mentee)
    in_state(State.ACTIVE, mentor, factories.MembershipFactory.create())
    factories.SupportDayFactory.create(pairing=held, given_on=date(2006, 11, 6))
    with pytest.raises(ValidationError) as refused:
        take(mentor, "withdraw", left=LATER, with_pairings=True)
    assert "6 November 2006" in " ".join(refused.value.messages)
    assert [state for state, *_ in states(mentor)] == ["active", "active"]
    mentor.refresh_from_db()
    assert mentor.state == "active"


def test_a_pause_rests_help_and_a_return_resumes_it() -> None:
    mentor, mentee = couple()
    in_state(State.ACTIVE, mentor, mentee)
    take(mentee, "pause", day=LATER, with_pairings=True)
    assert states(mentee) == [("paused", None, WHY)]
    take(mentee, "resume", day=LATER, with_pairings=True)
    assert states(mentee) == [("active", None, "")]


def test_what_rested_before_the_pause_rests_after_it() -> None:
    mentor, mentee = couple(places=2)
    in_state(State.PAUSED, mentor, mentee)
    in_state(State.ACTIVE, mentor, factories.MembershipFactory.create())
    take(mentor, "pause", day=TODAY, with_pairings=True)
    assert [state for state, *_ in states(mentor)] == ["paused", "paused"]
    take(mentor, "resume", day=TODAY, with_pairings=True)
    assert [state for state, *_ in states(mentor)] == ["paused", "active"]


def test_what_rests_for_the_other_school_too_rests_on() -> None:
    mentor, mentee = couple()
    in_state(State.ACTIVE, mentor, mentee)
    take(mentor, "pause", day=TODAY, with_pairings=True)
    take(mentee, "pause", day=TODAY)
    take(mentor, "resume", day=TODAY, with_pairings=True)
    assert [state for state, *_ in states(mentor)] == ["paused"]


def test_leaving_brings_an_ending_that_lies_ahead_forward() -> None:
    mentor, mentee = couple()
    pairing = in_state(State.ACTIVE, mentor, mentee)
    step(pairing, "end", ended=AHEAD, reason="It asked.")
    with pytest.raises(ValidationError, match="outside the time of this school"):
        take(mentee, "complete", left=TODAY)
    take(mentee, "complete", left=TODAY, with_pairings=True)
    assert states(mentee) == [("ended", TODAY, WHY)]
    take(mentee, "undo")
    assert states(mentee) == [("ended", AHEAD, "It asked.")]


def test_help_does_not_begin_while_a_school_rests() -> None:
    mentor, mentee = couple()
    pairing = propose(mentor, mentee)
    take(mentee, "pause", day=TODAY)
    step(pairing, "accept")
    assert [state for state, *_ in states(mentee)] == ["accepted"]
    assert turn_pages(on=TODAY) == 0
    other = factories.MembershipFactory.create(role="mentor", places=1)
    with pytest.raises(ValidationError, match="rests in the programme since"):
        propose(other, mentee)
    take(mentee, "resume", day=TODAY)
    assert turn_pages(on=TODAY) == 1
    assert [state for state, *_ in states(mentee)] == ["active"]


def test_without_asking_a_pause_leaves_pairings_as_they_are() -> None:
    mentor, mentee = couple()
    in_state(State.ACTIVE, mentor, mentee)
    take(mentee, "pause", day=LATER)
    assert states(mentee) == [("active", None, "")]


def test_the_page_of_an_ending_says_whom_nobody_leads_then(scene: Scene) -> None:
    officer, mentor = scene.client("officer"), scene.mentor_membership
    pairing = in_state(State.ACTIVE, mentor, scene.mentee_membership)
    path = f"{mentor.get_absolute_url()}withdraw/"
    assert "nobody leads" not in words(officer.get(path))
    Pairing.objects.filter(pk=pairing.pk).update(area=Area.lead())
    page = words(officer.get(path))
    assert f"Without it nobody leads {scene.mentee}." in page
    assert "Hand-over note for its pairings" in page
    other = words(officer.get(f"{mentor.get_absolute_url()}pause/"))
    assert "Hand-over note" not in other


def test_the_page_shows_the_pairings_and_ends_them_when_ticked(scene: Scene) -> None:
    officer, membership = scene.client("officer"), scene.mentee_membership
    in_state(State.ACTIVE, scene.mentor_membership, membership)
    path = f"{membership.get_absolute_url()}complete/"
    said = words(officer.get(path))
    assert "Complete its pairing too" in said
    assert f"{scene.mentor} helps {scene.mentee}, Leadership" in said
    sent = {"left": "2006-11-20", "seen": "0"}
    refused = officer.post(path, sent)
    assert "End or call off its pairings first" in refused.content.decode()
    officer.post(path, {**sent, "with_pairings": "on"})
    membership.refresh_from_db()
    assert (membership.state, membership.left) == ("completed", TODAY)
    assert [state for state, *_ in states(membership)] == ["ended"]


def test_a_school_does_not_leave_before_help_that_began_since() -> None:
    mentor, mentee = couple()
    step(propose(mentor, mentee, started=date(2006, 11, 13)), "accept")
    with pytest.raises(ValidationError) as refused:
        take(mentee, "complete", left=date(2006, 11, 6), with_pairings=True)
    assert "Help began on 13 November 2006" in " ".join(refused.value.messages)


def test_what_somebody_has_moved_since_is_left_to_them() -> None:
    mentor, mentee = couple(places=3)
    in_state(State.ACTIVE, mentor, mentee)
    propose(mentor, factories.MembershipFactory.create(), started=AHEAD)
    take(mentor, "pause", day=TODAY, with_pairings=True)
    held = Pairing.objects.get(mentee=mentee)
    step(held, "resume", day=TODAY)  # by somebody, since
    take(mentor, "undo")
    assert [state for state, *_ in states(mentor)] == ["active", "proposed"]
    held.refresh_from_db()
    assert held.state == "active"


def test_a_whole_ending_is_undone_in_one_step() -> None:
    mentor, mentee = couple(places=2)
    in_state(State.ACTIVE, mentor, mentee)
    propose(mentor, factories.MembershipFactory.create(), started=AHEAD)
    take(mentor, "withdraw", left=TODAY, with_pairings=True)
    take(mentor, "undo")
    assert [state for state, *_ in states(mentor)] == ["active", "proposed"]
    mentor.refresh_from_db()
    assert (mentor.state, mentor.left, mentor.places_taken) == ("active", None, 2)


def test_the_undoing_says_what_it_takes_along(scene: Scene) -> None:
    membership = scene.mentee_membership
    in_state(State.ACTIVE, scene.mentor_membership, membership)
    take(membership, "complete", left=TODAY, with_pairings=True)
    said = words(scene.client("officer").get(f"{membership.get_absolute_url()}undo/"))
    assert "It moved 1 pairing along, which go back too." in said
