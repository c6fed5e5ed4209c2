"""What a mentee needs and a mentor offers, read and stated in the browser's forms."""

import json
from typing import Any

import pytest
from django.urls import reverse

from mentoring.models import Area, Event, Membership, Need, Offer, Programme
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.views.words import words

pytestmark = pytest.mark.django_db


def area(name: str = "Leadership") -> int:
    return Area.objects.get(name=name).pk


def to(name: str, membership: Membership) -> str:
    return reverse(name, kwargs={"pk": membership.pk})


def seen(**facts: Any) -> str:
    return json.dumps(facts)


def test_a_head_states_needs_and_finds_them_on_the_membership(scene: Scene) -> None:
    client = scene.client("mentee_head")
    sent = {f"need_{area()}": "1", f"need_{area('Core subjects')}": "3", "seen": "{}"}
    page = client.post(to("needs", scene.mentee_membership), sent, follow=True)
    text = words(page)
    assert "What Alder Grove School needs help in is saved." in text
    assert "Leadership High Nobody yet" in text
    assert "Core subjects Low Nobody yet" in text
    assert "Find a mentor" not in text
    assert "Leadership: high priority, before no need" in text
    assert page.redirect_chain[-1][0] == scene.mentee_membership.get_absolute_url()


def test_staff_find_a_mentor_from_each_need(scene: Scene) -> None:
    factories.NeedFactory.create(mentee=scene.mentee_membership, area_id=area())
    helped = factories.PairingFactory.create(
        mentor=scene.mentor_membership, mentee=scene.mentee_membership, area_id=area()
    )
    path = scene.mentee_membership.get_absolute_url()
    page = scene.client("officer").get(path)
    link = f"/offers/?mentee={scene.mentee_membership.pk}&amp;area={area()}"
    assert link in page.content.decode()
    assert f"Leadership High {helped.mentor.school}" in words(page)


def test_needs_are_shown_to_who_may_read_pairings_alone(scene: Scene) -> None:
    need = factories.NeedFactory.create(
        mentee=scene.mentee_membership, area__name="Quetzal studies"
    )
    factories.EventFactory.create(
        verb="stated what it needs",
        noun_id=scene.mentee_membership.pk,
        school_id=scene.mentee.pk,
        happened_on=scene.mentee_membership.joined,
        changes={f"need_{need.area_id}": [None, 1]},
    )
    path = scene.mentee_membership.get_absolute_url()
    for who in ("officer", "finance", "mentee_head", "delegate", "director"):
        assert "Quetzal" in words(scene.client(who).get(path)), who
    evaluator = scene.client("evaluator").get(path)
    assert evaluator.status_code == 200
    assert "Quetzal" not in words(evaluator)


def test_a_delegate_reads_and_does_not_state(scene: Scene) -> None:
    factories.NeedFactory.create(mentee=scene.mentee_membership, area_id=area())
    client = scene.client("delegate")
    path = to("needs", scene.mentee_membership)
    page = client.get(path)
    assert "Leadership High" in words(page)
    assert "<select" not in page.content.decode()
    assert client.post(path, {"seen": "{}"}).status_code == 403
    assert Need.objects.count() == 1


def test_who_saw_less_sees_both_and_saves_again(scene: Scene) -> None:
    """The second of two is told what stands, keeps what was typed, and may go on."""
    path, key = to("needs", scene.mentee_membership), f"need_{area()}"
    scene.client("officer").post(path, {key: "1", "seen": "{}"})
    client = scene.client("mentee_head")
    page = client.post(path, {key: "3", "seen": "{}"})
    assert "Now it is: Leadership: high priority, before no need." in words(page)
    html = page.content.decode()
    assert '<option value="3" selected>Low</option>' in html
    assert f"{{&quot;{key}&quot;: 1}}" in html
    assert Need.objects.get().priority == 1
    client.post(path, {key: "3", "seen": seen(**{key: 1})})
    assert Need.objects.get().priority == 3


def test_whoever_is_told_of_anothers_offer_keeps_every_tick(scene: Scene) -> None:
    people = factories.StaffMemberFactory.create_batch(3, school=scene.mentor)
    path = to("offers", scene.mentor_membership)
    scene.client("officer").post(path, {"places": "4", "seen": seen(places=1)})
    ticked = [str(each.pk) for each in people[:2]]
    sent = offer(scene, **{f"staff_{area()}": ticked})
    client = scene.client("mentor_head")
    page = client.post(path, sent)
    assert "Now it is: places: 4, before 1." in words(page)
    assert page.content.decode().count(" checked") == 2
    client.post(path, {**sent, "seen": page.context["form"]["seen"].value()})
    assert Offer.objects.get().staff.count() == 2


@pytest.mark.parametrize(
    "sent", ["", "no json", "[]", '{"need_x": {}}', '{"places": "a"}', "[" * 10_000]
)
def test_what_was_seen_may_be_anything(scene: Scene, sent: str) -> None:
    path = to("needs", scene.mentee_membership)
    page = scene.client("officer").post(path, {f"need_{area()}": "1", "seen": sent})
    assert page.status_code == 302
    assert Need.objects.count() == 1


def test_forms_of_what_is_over_are_read_only(scene: Scene) -> None:
    gone = factories.MembershipFactory.create(left="2006-07-20")
    page = scene.client("officer").get(to("needs", gone))
    assert "No need is stated yet." in words(page)
    assert "<select" not in page.content.decode()
    page = scene.client("officer").post(
        to("needs", gone), {f"need_{area()}": "1", "seen": "{}"}
    )
    assert "is no longer in the programme as a mentee" in words(page)


def offer(scene: Scene, **more: Any) -> dict[str, Any]:
    """Return what the form of offers sends when the mentor leads in one area."""
    held = {"places": 1}
    return {
        "places": "3",
        "days_a_year": "30",
        f"offer_{area()}": "1",
        "seen": seen(**held),
        **more,
    }


def test_a_head_states_offers_and_is_warned_of_too_many_days(scene: Scene) -> None:
    ann = factories.StaffMemberFactory.create(school=scene.mentor, name="Ann")
    sent = offer(scene, **{f"staff_{area()}": [str(ann.pk)]})
    page = scene.client("mentor_head").post(
        to("offers", scene.mentor_membership), sent, follow=True
    )
    text = words(page)
    assert "What Beacon High School offers is saved." in text
    warning = "30 days a year by 1 member of staff is 30 days each. Usual is 5 to 20."
    assert text.count(warning) == 2  # as an answer, and where the offer stands
    assert "3 of 3 places free" in text
    assert "Leadership Leads Ann, Head of mathematics" in text
    assert "staff named for Leadership: 1, before 0" in text
    assert "Ann" not in str(Event.objects.latest("pk").changes)


def test_days_that_suit_bring_no_warning(scene: Scene) -> None:
    ann, bob = factories.StaffMemberFactory.create_batch(2, school=scene.mentor)
    sent = offer(scene, **{f"staff_{area()}": [str(ann.pk), str(bob.pk)]})
    page = scene.client("mentor_head").post(
        to("offers", scene.mentor_membership), sent, follow=True
    )
    assert "days each" not in words(page)


def test_beyond_the_ceiling_what_was_typed_stays(scene: Scene) -> None:
    Programme.objects.update(ceiling_days_each=25)
    ann = factories.StaffMemberFactory.create(school=scene.mentor)
    sent = offer(scene, **{f"staff_{area()}": [str(ann.pk)]})
    page = scene.client("officer").post(to("offers", scene.mentor_membership), sent)
    assert "Offer at most 25 days, or name more staff." in words(page)
    html = page.content.decode()
    assert 'value="30"' in html
    assert html.count(" checked") == 1
    assert not Offer.objects.exists()


def test_fewer_places_than_are_taken_are_refused_beside_the_field(
    scene: Scene,
) -> None:
    factories.PairingFactory.create(
        mentor=scene.mentor_membership, mentee=scene.mentee_membership
    )
    sent = {"places": "0", "days_a_year": "", "seen": seen(places=1)}
    path = to("offers", scene.mentor_membership)
    page = scene.client("mentor_head").post(path, sent)
    assert "1 mentee takes a place now, so enter 1 or more." in words(page)
    scene.mentor_membership.refresh_from_db()
    assert scene.mentor_membership.places == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"places": ""}, "Enter a number of places, 0 for none."),
        ({"places": "many"}, "Enter a whole number, such as 12."),
        ({"days_a_year": "2001"}, "Enter at most 2,000."),
        ({"days_a_year": "-1"}, "Enter 0 or more."),
    ],
)
def test_what_is_wrong_is_said(
    scene: Scene, sent: dict[str, str], sentence: str
) -> None:
    page = scene.client("officer").post(
        to("offers", scene.mentor_membership), offer(scene, **sent)
    )
    assert sentence in words(page)
    assert not Offer.objects.exists()


def test_staff_of_another_school_are_no_choice(scene: Scene) -> None:
    factories.StaffMemberFactory.create(school=scene.mentor)
    stranger = factories.StaffMemberFactory.create(name="Zebedee")
    path = to("offers", scene.mentor_membership)
    client = scene.client("mentor_head")
    assert "Zebedee" not in words(client.get(path))
    sent = offer(scene, **{f"staff_{area()}": [str(stranger.pk)]})
    assert client.post(path, sent).status_code == 200
    assert not Offer.objects.exists()


def test_a_director_of_the_past_reads_no_offers(scene: Scene) -> None:
    """The mentor left the trust: its membership may be read, who helps now may not."""
    made = factories.OfferFactory.create(
        mentor=scene.mentor_membership, area__name="Quetzal studies"
    )
    made.staff.add(factories.StaffMemberFactory.create(school=scene.mentor))
    client = scene.client("director")
    page = client.get(scene.mentor_membership.get_absolute_url())
    assert page.status_code == 200
    assert "Quetzal" not in words(page)
    assert client.get(to("offers", scene.mentor_membership)).status_code == 404
