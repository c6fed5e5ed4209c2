"""Every state, role and step of a pairing through its page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.turn_pages import turn_pages
from mentoring.models import Area, Event, Membership, Need, Offer, Pairing
from mentoring.permissions import pairing_parties_of
from mentoring.steps.pairing import MOVES, State
from tests import factories
from tests.harness.cast import WITH_A_ROLE, Scene
from tests.mentoring.pairings_world import AHEAD, LATER, TODAY, in_state, propose, step
from tests.mentoring.views.test_membership_steps import words

NEW_FIRST_DAY = date(2006, 9, 11)
SEES = {
    *("officer", "administrator", "finance", "mentor_head", "two_roles"),
    *("mentee_head", "delegate", "director"),
}


def path(pairing: Pairing, name: str) -> str:
    return reverse("pairing_step", kwargs={"pk": pairing.pk, "name": name})


def sent(pairing: Pairing, **given: Any) -> dict[str, Any]:
    """Return what any step could ask for."""
    return {
        "seen": pairing.steps_taken,
        "area": Area.objects.get(name="Core subjects").pk,
        "started": NEW_FIRST_DAY,
        "planned_days": 12,
        "day": LATER,
        "ended": LATER,
        "reason": "It asked.",
        "words": "How many pupils?",
        **given,
    }


def take(client: Client, pairing: Pairing, name: str, **given: Any) -> Any:
    if name == "refer":  # nothing is handed on to begin in the past
        given.setdefault("started", TODAY)
    return client.post(path(pairing, name), sent(pairing, **given), follow=True)


def row_of(pairing: Pairing) -> tuple[object, ...]:
    held = Pairing.objects.get(pk=pairing.pk)
    return held.state, held.since, held.started, held.ended, held.area_id, held.words


@pytest.fixture
def other_mentor(scene: Scene) -> Membership:
    """A mentor that offers the area of a referral."""
    mentor = factories.MembershipFactory.create(role="mentor", places=99)
    area = Area.objects.get(name="Core subjects")
    Offer.objects.create(mentor=mentor, area=area, strength=1)
    return mentor


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", WITH_A_ROLE)
def test_each_role_takes_its_own_steps_and_no_others(
    scene: Scene, other_mentor: Membership, who: str, state: State
) -> None:
    """Through the page, for every step there is; what is refused changes nothing."""
    client, role = scene.client(who), scene.roles[who]
    parties = pairing_parties_of(role, scene.mentor.pk)
    for move in MOVES:
        pairing = in_state(state, scene.mentor_membership, scene.mentee_membership)
        before, events = row_of(pairing), Event.objects.count()
        answer = take(client, pairing, move.name, mentor=other_mentor.pk)
        if who not in SEES:
            assert answer.status_code == (403 if who == "evaluator" else 404)
        else:
            assert answer.status_code == (200 if move.is_for(parties) else 403)
        is_due = move.name != "begin" or pairing.started <= TODAY
        is_due = is_due and (move.name, state) != ("end", State.ENDED)  # gone by
        if who in SEES and move.is_for(parties) and move.may_follow(state) and is_due:
            assert Event.objects.count() > events, move.name
        else:
            assert row_of(pairing) == before, move.name
            assert Event.objects.count() == events
        away(pairing)


def away(pairing: Pairing) -> None:
    """Take the pairing and what was referred from it out of the others' way."""
    Pairing.objects.filter(referred_from=pairing).delete()
    Pairing.objects.filter(pk=pairing.pk).delete()


def test_a_proposal_goes_from_the_officer_to_the_heads_yes(scene: Scene) -> None:
    asked = reverse("pairing_propose", kwargs={"pk": scene.mentee_membership.pk})
    answer = scene.client("officer").post(
        asked,
        {
            "mentor": scene.mentor_membership.pk,
            "area": Area.lead().pk,
            "started": "2006-09-04",
            "planned_days": "20",
            "words": "They begin a new sixth form.",
        },
        follow=True,
    )
    assert "is asked to help Alder Grove School as lead mentor" in words(answer)
    pairing = Pairing.objects.get()
    assert (pairing.state, pairing.planned_days) == ("proposed", 20)
    head = scene.client("mentor_head")
    said = words(head.get(pairing.get_absolute_url()))
    assert "They begin a new sixth form." in said
    assert "accept, decline or ask for more by 4 December 2006" in said
    assert "helps Alder Grove School as lead mentor" in words(
        take(head, pairing, "accept")
    )
    pairing.refresh_from_db()
    assert (pairing.state, pairing.since) == ("active", date(2006, 9, 4))


def test_what_is_asked_and_told_is_read_by_both(scene: Scene) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership)
    head, officer = scene.client("mentor_head"), scene.client("officer")
    assert "Programme staff: answer what" in words(
        take(head, pairing, "ask", words="How many pupils?")
    )
    pairing.refresh_from_db()
    take(officer, pairing, "tell", words="About 900.")
    said = words(head.get(pairing.get_absolute_url()))
    assert "How many pupils?" in said
    assert "About 900." in said


def test_a_step_that_somebody_took_meanwhile_is_refused_and_keeps_what_was_typed(
    scene: Scene,
) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership)
    step(pairing, "ask")
    answer = take(
        scene.client("officer"), pairing, "call-off", seen=0, reason="Too far away."
    )
    said = answer.content.decode()
    assert "A step was taken since you opened this page" in said
    assert "Too far away." in said
    assert "What stands now" in said
    assert "More asked for, since 20 November 2006" in " ".join(said.split())
    pairing.refresh_from_db()
    assert pairing.state == "asked"
    seen = answer.context["form"]["seen"].value()
    take(scene.client("officer"), pairing, "call-off", seen=seen, reason="Too far.")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == ("called off", "Too far.")


def test_what_was_typed_stays_where_the_step_cannot_be_taken_any_more(
    scene: Scene,
) -> None:
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    take(scene.client("administrator"), pairing, "end", reason="Its head leaves.")
    answer = take(
        scene.client("officer"),
        pairing,
        "end",
        reason="It has what it needs.",
        handover="The rota is theirs now.",
    )
    said = words(answer)
    assert "This step cannot be taken now" in said
    assert "What you typed It was not sent." in said
    assert "The rota is theirs now." in said
    assert "It has what it needs." in said
    assert "What you typed is below, as it was" not in said
    pairing.refresh_from_db()
    assert (pairing.reason, pairing.handover) == ("Its head leaves.", "")


def test_of_two_who_change_one_pairing_the_second_sees_both_versions(
    scene: Scene,
) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership)
    core, lead = Area.objects.get(name="Core subjects"), Area.lead()
    take(scene.client("administrator"), pairing, "change", area=core.pk)
    answer = take(
        scene.client("officer"), pairing, "change", area=lead.pk, planned_days=7
    )
    said = words(answer)
    assert "A step was taken since you opened this page" in said
    assert "What stands now State Proposed" in said
    assert "Core subjects" in said
    form = answer.context["form"]
    assert (form["area"].value(), form["planned_days"].value()) == (str(lead.pk), "7")
    pairing.refresh_from_db()
    assert (pairing.area, pairing.planned_days) == (core, 12)


def test_a_need_is_not_handed_on_to_begin_in_the_past(
    scene: Scene, other_mentor: Membership
) -> None:
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    answer = take(
        scene.client("mentor_head"),
        pairing,
        "refer",
        mentor=other_mentor.pk,
        started=NEW_FIRST_DAY,
    )
    assert "Nobody has agreed yet. Give today or a later day." in words(answer)
    assert not Pairing.objects.filter(referred_from=pairing).exists()


def test_whom_the_programme_lets_look_after_it_is_never_a_head(
    scene: Scene, other_mentor: Membership
) -> None:
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    take(scene.client("mentor_head"), pairing, "refer", mentor=other_mentor.pk)
    assert Pairing.objects.get(referred_from=pairing).officer is None


def test_undoing_a_yes_on_which_help_began_takes_both_back(scene: Scene) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership)
    officer = scene.client("officer")
    take(officer, pairing, "accept")
    pairing.refresh_from_db()
    assert pairing.state == "active"
    take(officer, pairing, "undo", reason="The wrong one.")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.answered_on) == ("proposed", None)


def test_undoing_what_the_calendar_began_leaves_the_yes(scene: Scene) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership, started=AHEAD)
    step(pairing, "accept", by=scene.cast["mentor_head"])
    Pairing.objects.filter(pk=pairing.pk).update(started=TODAY)
    assert turn_pages(on=TODAY) == 1
    pairing.refresh_from_db()
    officer = scene.client("officer")
    page = officer.get(path(pairing, "undo"))
    assert "Begun on 20 November 2006" in words(page)
    take(officer, pairing, "undo", reason="The wrong one.")
    pairing.refresh_from_db()
    assert pairing.state == "accepted"


def test_a_change_of_area_is_to_one_that_the_mentor_offers(scene: Scene) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership)
    core, parents = Area.objects.special().as_listed()[:2]
    Offer.objects.create(mentor=scene.mentor_membership, area=core, strength=1)
    answer = take(scene.client("officer"), pairing, "change", area=parents.pk)
    assert f"{scene.mentor} does not offer {parents}" in words(answer)


def test_help_does_not_rest_from_before_a_day_that_was_given(scene: Scene) -> None:
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    factories.SupportDayFactory.create(pairing=pairing, given_on=date(2006, 11, 6))
    answer = take(scene.client("officer"), pairing, "pause", day=LATER)
    assert "A support day was given on 6 November 2006." in words(answer)
    pairing.refresh_from_db()
    assert pairing.state == "active"


def test_a_referral_keeps_its_chain(scene: Scene, other_mentor: Membership) -> None:
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    answer = take(scene.client("mentor_head"), pairing, "refer", mentor=other_mentor.pk)
    referred = Pairing.objects.get(referred_from=pairing)
    assert f"{other_mentor.school} is asked to help" in words(answer)
    assert str(other_mentor.school) in words(
        scene.client("officer").get(pairing.get_absolute_url())
    )
    assert str(scene.mentor) in words(
        scene.client("officer").get(referred.get_absolute_url())
    )


def test_a_mentor_that_does_not_offer_the_area_is_not_referred_to(
    scene: Scene,
) -> None:
    other = factories.MembershipFactory.create(role="mentor")
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    answer = take(scene.client("officer"), pairing, "refer", mentor=other.pk)
    assert "does not offer Core subjects" in answer.content.decode()
    assert Pairing.objects.count() == 1


def test_a_referral_suggests_who_offers_the_area_and_has_room(
    scene: Scene, other_mentor: Membership
) -> None:
    full = factories.MembershipFactory.create(role="mentor", places=0)
    core = Area.objects.get(name="Core subjects")
    Offer.objects.create(mentor=full, area=core, strength=1)
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    head = scene.client("mentor_head")
    page = head.get(path(pairing, "refer"), {"area": core.pk})
    assert [each.key for each in page.context["referral"].mentors] == [other_mentor.pk]
    chosen = head.get(path(pairing, "refer"), {"mentor": other_mentor.pk})
    assert chosen.context["form"]["mentor"].value() == str(other_mentor.pk)
    assert f"?mentor={other_mentor.pk}&amp;area={core.pk}" in page.content.decode()


def test_a_lead_hands_on_what_the_mentee_needs_most_and_never_itself(
    scene: Scene, other_mentor: Membership
) -> None:
    core = Area.objects.get(name="Core subjects")
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    Pairing.objects.filter(pk=pairing.pk).update(area=Area.lead())
    head = scene.client("mentor_head")
    page = head.get(path(pairing, "refer"))
    assert page.context["referral"].mentors == ()
    assert Area.lead() not in page.context["form"].fields["area"].queryset
    for area, priority in ((core, 1), (Area.objects.get(name="Leadership"), 2)):
        Need.objects.create(
            mentee=scene.mentee_membership, area=area, priority=priority
        )
    page = head.get(path(pairing, "refer"))
    assert page.context["form"]["area"].value() == core.pk
    (found,) = page.context["referral"].mentors
    answer = take(head, pairing, "refer", mentor=found.key, area=core.pk)
    assert f"{other_mentor.school} is asked to help" in words(answer)


def test_who_helps_in_the_area_already_is_not_suggested(
    scene: Scene, other_mentor: Membership
) -> None:
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    factories.PairingFactory.create(
        mentor=other_mentor, mentee=scene.mentee_membership, area=pairing.area
    )
    page = scene.client("mentor_head").get(path(pairing, "refer"))
    assert page.context["referral"].mentors == []
    assert "Nobody else offers it and has a place free." in words(page)


def test_a_proposal_offers_first_who_has_a_place_free(scene: Scene) -> None:
    full = factories.MembershipFactory.create(role="mentor", places=0)
    free = factories.MembershipFactory.create(role="mentor", places=3)
    address = reverse("pairing_propose", kwargs={"pk": scene.mentee_membership.pk})
    page = scene.client("officer").get(address).content.decode()
    parts = page.split('<optgroup label="')
    under = {part.split('"')[0]: part for part in parts[1:]}
    assert list(under) == ["With a place free", "No place free"]
    assert f"{free.school.name}: 3 of 3 places free" in under["With a place free"]
    assert f"{full.school.name}: no place free" in under["No place free"]


def test_a_number_that_is_none_is_refused_in_plain_words(scene: Scene) -> None:
    asked = reverse("pairing_propose", kwargs={"pk": scene.mentee_membership.pk})
    for typed, said in (
        ("-1", "Enter 0 or more."),
        ("400", "Enter at most 366."),
        ("many", "Enter a whole number, such as 12."),
    ):
        answer = scene.client("officer").post(asked, {"planned_days": typed})
        assert said in answer.content.decode()
