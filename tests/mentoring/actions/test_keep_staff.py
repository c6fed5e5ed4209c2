from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.keep_staff import (
    add_staff_member,
    correct_staff_member,
    record_leaving,
)
from mentoring.models import Event, StaffMember
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)
NAME, POST = "Morwenna Quillfeather", "Head of mathematics"


@pytest.fixture
def member(db: None) -> StaffMember:
    school = factories.SchoolFactory.create()
    return add_staff_member(school=school, name=NAME, post=POST, by=None, on=TODAY)


def leave(member: StaffMember, left_on: date | None) -> bool:
    return record_leaving(member=member, left_on=left_on, by=None, on=TODAY)


def no_event_names_anybody() -> None:
    for event in Event.objects.all():
        assert "Quillfeather" not in f"{event.verb} {event.changes}"
        assert "mathematics" not in f"{event.verb} {event.changes}"


def test_somebody_is_added_and_the_record_names_nobody(member: StaffMember) -> None:
    assert (member.name, member.post, member.left_on) == (NAME, POST, None)
    event = Event.objects.get()
    assert (event.verb, event.noun_id) == ("added a member of staff", member.pk)
    assert event.school_id == member.school_id
    no_event_names_anybody()


def test_the_same_name_and_post_is_one_person(member: StaffMember) -> None:
    with pytest.raises(ValidationError, match="somebody of that name and post already"):
        add_staff_member(
            school=member.school, name=f" {NAME}", post=POST, by=None, on=TODAY
        )
    add_staff_member(school=member.school, name=NAME, post="Bursar", by=None, on=TODAY)
    assert StaffMember.objects.count() == 2


def test_a_name_is_needed() -> None:
    with pytest.raises(ValidationError):
        add_staff_member(
            school=factories.SchoolFactory.create(), name="  ", by=None, on=TODAY
        )


def test_correcting_says_which_and_not_what(member: StaffMember) -> None:
    assert correct_staff_member(
        member=member, name=f"{NAME}-Hay", post=POST, by=None, on=TODAY
    )
    member.refresh_from_db()
    assert member.name == "Morwenna Quillfeather-Hay"
    event = Event.objects.latest("pk")
    assert event.verb == "corrected a member of staff"
    assert event.changes == {"fields": [None, ["name"]]}
    no_event_names_anybody()


def test_correcting_nothing_is_no_event(member: StaffMember) -> None:
    assert not correct_staff_member(
        member=member, name=NAME, post=f"{POST} ", by=None, on=TODAY
    )
    assert Event.objects.count() == 1


def test_somebody_leaves_by_date_and_is_back(member: StaffMember) -> None:
    assert leave(member, date(2006, 10, 20))
    assert not StaffMember.objects.there_on(TODAY).exists()
    assert StaffMember.objects.there_on(date(2006, 10, 20)).exists()
    assert not leave(member, date(2006, 10, 20))
    assert leave(member, None)
    assert StaffMember.objects.there_on(TODAY).exists()
    assert [each.verb for each in Event.objects.order_by("pk")][1:] == [
        "recorded that somebody left",
        "took back that somebody left",
    ]


def test_nobody_left_before_a_day_they_gave() -> None:
    day = factories.SupportDayFactory.create(given_on=date(2006, 11, 6))
    with pytest.raises(ValidationError, match="6 November 2006"):
        leave(day.giver, date(2006, 11, 5))
    assert leave(day.giver, date(2006, 11, 6))


def test_a_void_day_stands_in_nobodys_way() -> None:
    day = factories.SupportDayFactory.create(
        given_on=date(2006, 11, 6),
        state="void",
        voided_on=TODAY,
        why_voided="Wrong school",
    )
    assert leave(day.giver, date(2006, 11, 5))


def test_a_year_typed_wrong_is_told(member: StaffMember) -> None:
    with pytest.raises(ValidationError, match="five years ahead"):
        leave(member, date(2060, 7, 20))


def test_who_is_back_is_not_entered_twice(member: StaffMember) -> None:
    leave(member, TODAY)
    add_staff_member(school=member.school, name=NAME, post=POST, by=None, on=TODAY)
    with pytest.raises(ValidationError, match="somebody of that name and post already"):
        leave(member, None)


def test_who_is_erased_stays_erased() -> None:
    gone = factories.StaffMemberFactory.create(
        name=StaffMember.ERASED, post="", is_erased=True
    )
    with pytest.raises(ValidationError, match="was erased"):
        correct_staff_member(member=gone, name=NAME, post="", by=None, on=TODAY)
