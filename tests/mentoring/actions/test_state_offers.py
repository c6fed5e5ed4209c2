from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions import state_offers as module
from mentoring.actions.propose_pairing import propose_pairing
from mentoring.actions.state_offers import Offered, state_offers
from mentoring.models import Area, Event, Membership, Offer, Pairing, Programme
from mentoring.stated import offers_of
from tests import factories
from tests.mentoring.imports.test_races import together

TODAY = date(2006, 11, 20)


@pytest.fixture
def mentor(db: None) -> Membership:
    return factories.MembershipFactory.create(role="mentor")


def area(name: str = "Leadership") -> int:
    return Area.objects.get(name=name).pk


def state(mentor: Membership, **given: Any) -> bool:
    seen = given.pop("seen", None)
    return state_offers(
        membership=mentor,
        offered=Offered(
            places=given.pop("places", 1),
            days_a_year=given.pop("days", None),
            strengths=given.pop("strengths", {}),
            staff=given.pop("staff", {}),
        ),
        seen=offers_of(mentor, TODAY) if seen is None else seen,
        by=given.pop("by", None),
        on=TODAY,
    )


def refused(mentor: Membership, field: str, **given: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        state(mentor, **given)
    assert list(refusal.value.message_dict) == [field]
    return str(refusal.value.message_dict[field][0])


def people(mentor: Membership, count: int = 2) -> list[int]:
    made = factories.StaffMemberFactory.create_batch(count, school=mentor.school)
    return [each.pk for each in made]


@pytest.mark.django_db
def test_an_offer_is_stated_in_one_event_without_names(mentor: Membership) -> None:
    ann, bob = people(mentor)
    assert state(
        mentor,
        places=3,
        days=20,
        strengths={area(): 1, area("Core subjects"): 2},
        staff={area(): [bob, ann]},
    )
    mentor.refresh_from_db()
    assert (mentor.places, mentor.days_a_year) == (3, 20)
    offer = Offer.objects.get(area=area())
    assert offer.strength == 1
    assert set(offer.staff.values_list("pk", flat=True)) == {ann, bob}
    event = Event.objects.get()
    assert event.verb == "stated what it offers"
    assert event.changes == {
        "places": [1, 3],
        "days_a_year": [None, 20],
        f"offer_{area()}": [None, 1],
        f"staff_{area()}": [None, [ann, bob]],
        f"offer_{area('Core subjects')}": [None, 2],
    }


@pytest.mark.django_db
def test_what_is_left_out_is_not_offered_any_more(mentor: Membership) -> None:
    ann, bob = people(mentor)
    state(mentor, days=20, strengths={area(): 1}, staff={area(): [ann, bob]})
    assert state(mentor, days=20, strengths={area(): 2}, staff={area(): [bob]})
    offer = Offer.objects.get()
    assert offer.strength == 2
    assert list(offer.staff.values_list("pk", flat=True)) == [bob]
    assert state(mentor)
    assert not Offer.objects.exists()
    mentor.refresh_from_db()
    assert mentor.days_a_year is None


@pytest.mark.django_db
def test_the_same_again_is_no_change(mentor: Membership) -> None:
    given: dict[str, Any] = {"places": 2, "strengths": {area(): 1}}
    assert state(mentor, **given)
    assert not state(mentor, **given, seen={})
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_who_saw_less_is_told_what_changed(mentor: Membership) -> None:
    seen = offers_of(mentor, TODAY)
    state(mentor, places=4)
    with pytest.raises(ValidationError, match="places: 4, before 1") as refusal:
        state(mentor, places=2, seen=seen)
    assert refusal.value.code == "moved"
    mentor.refresh_from_db()
    assert mentor.places == 4


@pytest.mark.django_db
def test_staff_are_of_the_school_and_there(mentor: Membership) -> None:
    stranger = factories.StaffMemberFactory.create()
    gone = factories.StaffMemberFactory.create(
        school=mentor.school, left_on=date(2006, 7, 20)
    )
    for wrong in (stranger, gone):
        said = refused(
            mentor,
            f"staff_{area()}",
            strengths={area(): 1},
            staff={area(): [wrong.pk]},
        )
        assert "not at this school any more" in said


@pytest.mark.django_db
def test_who_has_left_is_not_named_and_is_again_when_that_is_taken_back(
    mentor: Membership,
) -> None:
    ann, bob = people(mentor)
    state(mentor, days=20, strengths={area(): 1}, staff={area(): [ann, bob]})
    member = mentor.school.staff_members.get(pk=ann)
    member.left_on = date(2006, 11, 1)
    member.save()
    assert offers_of(mentor, TODAY)[f"staff_{area()}"] == [bob]
    assert state(mentor, days=20, strengths={area(): 2}, staff={area(): [bob]})
    member.left_on = None
    member.save()
    assert offers_of(mentor, TODAY)[f"staff_{area()}"] == [ann, bob]


@pytest.mark.django_db
def test_staff_need_an_area_that_is_offered(mentor: Membership) -> None:
    said = refused(mentor, f"offer_{area()}", staff={area(): people(mentor)})
    assert "Say that the school leads in it or can support" in said


@pytest.mark.django_db
def test_outside_the_guideline_is_no_error(mentor: Membership) -> None:
    (ann,) = people(mentor, 1)
    given: dict[str, Any] = {"strengths": {area(): 1}, "staff": {area(): [ann]}}
    assert state(mentor, days=4, **given)
    assert state(mentor, days=200, **given)


@pytest.mark.django_db
def test_beyond_the_ceiling_is_refused(mentor: Membership) -> None:
    Programme.the()
    Programme.objects.update(ceiling_days_each=25)
    ann, bob = people(mentor)
    given: dict[str, Any] = {"strengths": {area(): 1}, "staff": {area(): [ann, bob]}}
    assert "Offer at most 50 days" in refused(mentor, "days_a_year", days=51, **given)
    assert state(mentor, days=50, **given)


@pytest.mark.django_db
@pytest.mark.parametrize("places", [-1, 101])
def test_places_are_of_this_world(mentor: Membership, places: int) -> None:
    assert "from 0 to 100" in refused(mentor, "places", places=places)


@pytest.mark.django_db
def test_days_are_of_this_world(mentor: Membership) -> None:
    with pytest.raises(ValidationError, match="at most 2,000 days"):
        state(mentor, days=2001)


@pytest.mark.django_db
def test_places_are_not_fewer_than_are_taken() -> None:
    held = factories.PairingFactory.create(mentor__places=3)
    factories.PairingFactory.create(mentor=held.mentor)
    held.mentor.refresh_from_db()
    said = refused(held.mentor, "places", places=1)
    assert said.startswith("2 mentees take a place now, so enter 2 or more.")
    assert state(held.mentor, places=2)


@pytest.mark.django_db
def test_the_database_refuses_it_underneath(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the question beforehand the rule stands, and has the same sentence."""
    monkeypatch.setattr(module, "check_places", lambda _mentor, _places: None)
    held = factories.PairingFactory.create(mentor__places=3)
    said = refused(held.mentor, "places", places=0)
    assert said.startswith("1 mentee takes a place now, so enter 1 or more.")
    held.mentor.refresh_from_db()
    assert (held.mentor.places, held.mentor.places_taken) == (3, 1)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_mentors_count_of_places_taken_is_left_alone() -> None:
    held = factories.PairingFactory.create(mentor__places=3)
    stale = held.mentor  # read before the trigger counted
    assert stale.places_taken == 0
    assert state(stale, places=2)
    stale.refresh_from_db()
    assert (stale.places, stale.places_taken) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_last_place_is_taken_or_given_up_and_never_both(
    transactional_db: None,
) -> None:
    mentor = factories.MembershipFactory.create(role="mentor", places=1)
    mentee = factories.MembershipFactory.create()
    leadership = Area.objects.get(name="Leadership")
    Programme.the()
    seen = offers_of(mentor, TODAY)

    def act(number: int) -> None:
        one = Membership.objects.get(pk=mentor.pk)
        if number:
            state(one, places=0, seen=seen)
        else:
            propose_pairing(
                mentor=one,
                mentee=mentee,
                area=leadership,
                started=TODAY,
                by=None,
                on=TODAY,
            )

    assert together(act) == ["ValidationError", "done"]
    mentor.refresh_from_db()
    assert mentor.places_taken == Pairing.objects.count()
    assert mentor.places_taken <= mentor.places


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_state_at_once_one_is_told(transactional_db: None) -> None:
    mentor = factories.MembershipFactory.create(role="mentor")
    seen = offers_of(mentor, TODAY)
    Programme.the()
    ends = together(lambda number: state(mentor, places=5 + number, seen=seen))
    assert ends == ["ValidationError", "done"]
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_asking_what_was_seen_both_get_through(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: one writes over the other, who is told nothing."""
    monkeypatch.setattr(module, "check_seen", lambda _seen, _held: None)
    mentor = factories.MembershipFactory.create(role="mentor")
    seen = offers_of(mentor, TODAY)
    Programme.the()
    ends = together(lambda number: state(mentor, places=5 + number, seen=seen))
    assert ends == ["done", "done"]
    assert Event.objects.count() == 2
