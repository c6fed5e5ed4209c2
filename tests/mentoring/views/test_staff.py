"""A school's people who give support, as its head, a delegate and staff keep them."""

from datetime import date

import pytest
from django.urls import reverse

from mentoring.models import StaffMember
from schools.models import School
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.views.words import words

pytestmark = pytest.mark.django_db


def staff_of(school: School, name: str = "staff") -> str:
    return reverse(name, kwargs={"pk": school.pk})


def of(member: StaffMember, name: str = "staff_member") -> str:
    return reverse(name, kwargs={"pk": member.pk})


def test_a_delegate_adds_corrects_and_ends_somebody(scene: Scene) -> None:
    client = scene.client("delegate")
    assert "Nobody of Alder Grove School" in words(client.get(staff_of(scene.mentee)))
    sent = {"name": "Morwenna Quill", "post": "Bursar"}
    page = client.post(staff_of(scene.mentee, "staff_new"), sent, follow=True)
    assert "One person of Alder Grove School may give support" in words(page)
    member = StaffMember.objects.get()
    page = client.post(of(member), {**sent, "post": "Head of PE"}, follow=True)
    assert "Morwenna Quill Head of PE" in words(page)
    page = client.post(of(member, "staff_left"), {"left_on": "2006-10-20"}, follow=True)
    text = words(page)
    assert "Morwenna Quill left after 20 October 2006." in text
    assert "Nobody of Alder Grove School is entered yet" in text
    assert "Left The days they gave keep their names." in text


def test_who_leaves_later_is_there_until_then(scene: Scene) -> None:
    factories.StaffMemberFactory.create(
        school=scene.mentee, name="Ann", left_on=date(2006, 12, 20)
    )
    text = words(scene.client("mentee_head").get(staff_of(scene.mentee)))
    assert "One person of Alder Grove School" in text
    assert "Last day 20 December 2006" in text


def test_the_list_says_what_each_is_named_for(scene: Scene) -> None:
    member = factories.StaffMemberFactory.create(school=scene.mentor, name="Ann")
    for name, retired in (("Chess", None), ("Latin", date(2006, 9, 1))):
        area = factories.AreaFactory.create(name=name, retired_on=retired)
        made = factories.OfferFactory.create(mentor=scene.mentor_membership, area=area)
        made.staff.add(member)
    text = words(scene.client("mentor_head").get(staff_of(scene.mentor)))
    assert "Ann Head of mathematics Chess Correct" in text


def test_the_erased_are_not_listed(scene: Scene) -> None:
    factories.StaffMemberFactory.create(
        school=scene.mentee, name=StaffMember.ERASED, post="", is_erased=True
    )
    text = words(scene.client("mentee_head").get(staff_of(scene.mentee)))
    assert StaffMember.ERASED not in text


def test_what_was_typed_stays_when_it_is_refused(scene: Scene) -> None:
    factories.StaffMemberFactory.create(school=scene.mentee, name="Ann", post="Bursar")
    page = scene.client("mentee_head").post(
        staff_of(scene.mentee, "staff_new"), {"name": "Ann", "post": "Bursar"}
    )
    assert "has somebody of that name and post already" in words(page)
    assert 'value="Bursar"' in page.content.decode()


def test_a_director_is_told_no_names_and_nothing_of_other_trusts(scene: Scene) -> None:
    factories.StaffMemberFactory.create(school=scene.mentee, name="Ann")
    client = scene.client("director")
    page = client.get(staff_of(scene.mentee))
    assert page.status_code == 403
    assert "Ann" not in page.content.decode()
    # The mentor has left the trust: who is there now is not the director's to read.
    assert client.get(staff_of(scene.mentor)).status_code == 404


def test_another_schools_people_are_nowhere(scene: Scene) -> None:
    member = factories.StaffMemberFactory.create(school=scene.mentor, name="Ann")
    client = scene.client("mentee_head")
    for path in (staff_of(scene.mentor), of(member), of(member, "staff_left")):
        assert client.get(path).status_code == 404
    client.post(of(member), {"name": "Other", "post": ""})
    member.refresh_from_db()
    assert member.name == "Ann"


def test_a_name_is_erased_and_every_day_stays(scene: Scene) -> None:
    pairing = factories.PairingFactory.create(
        mentor=scene.mentor_membership, mentee=scene.mentee_membership
    )
    member = factories.StaffMemberFactory.create(
        school=scene.mentor, name="Ottoline Quern"
    )
    factories.SupportDayFactory.create(pairing=pairing, giver=member)
    pairing.refresh_from_db()
    before, officer = pairing.halves_given, scene.client("officer")
    path = f"/staff/{member.pk}/erase/"
    assert "Tick this to erase the name." in officer.post(path).content.decode()
    assert scene.client("mentor_head").get(path).status_code == 403
    officer.post(path, {"is_asked": "on"})
    member.refresh_from_db()
    assert (member.name, member.post) == (StaffMember.ERASED, "")
    pairing.refresh_from_db()
    assert pairing.halves_given == before == 1
    listed = officer.get(f"/schools/{scene.mentor.pk}/staff/").content.decode()
    assert "Ottoline Quern" not in listed
    assert officer.get(path).status_code == 404
