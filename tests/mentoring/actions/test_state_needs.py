from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.state_needs import state_needs
from mentoring.membership_history import steps_that_stand
from mentoring.models import Area, Event, Membership, Need
from mentoring.stated import needs_of
from tests import factories
from tests.mentoring.steps_world import start, step

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)


@pytest.fixture
def mentee(db: None) -> Membership:
    return factories.MembershipFactory.create()


def area(name: str = "Leadership") -> int:
    return Area.objects.get(name=name).pk


def state(mentee: Membership, priorities: dict[int, int], **given: Any) -> bool:
    seen = given.pop("seen", None)
    return state_needs(
        membership=mentee,
        priorities=priorities,
        seen=needs_of(mentee) if seen is None else seen,
        by=given.pop("by", None),
        on=TODAY,
    )


def test_needs_are_stated_in_one_event(mentee: Membership) -> None:
    head = factories.UserFactory.create()
    lead, core = area(), area("Core subjects")
    assert state(mentee, {lead: 1, core: 3}, by=head)
    held = dict(Need.objects.values_list("area", "priority"))
    assert held == {lead: 1, core: 3}
    event = Event.objects.get()
    assert (event.verb, event.noun_id) == ("stated what it needs", mentee.pk)
    assert (event.who, event.school_id) == (head, mentee.school_id)
    assert event.changes == {f"need_{lead}": [None, 1], f"need_{core}": [None, 3]}


def test_what_is_left_out_is_no_need_any_more(mentee: Membership) -> None:
    lead, core = area(), area("Core subjects")
    state(mentee, {lead: 1, core: 3})
    assert state(mentee, {lead: 2})
    assert dict(Need.objects.values_list("area", "priority")) == {lead: 2}
    assert Event.objects.latest("pk").changes == {
        f"need_{lead}": [1, 2],
        f"need_{core}": [3, None],
    }


def test_the_same_again_is_no_change(mentee: Membership) -> None:
    state(mentee, {area(): 1})
    # As a form that is sent twice: what was seen is no longer what stands.
    assert not state(mentee, {area(): 1}, seen={})
    assert Event.objects.count() == 1


def test_who_saw_less_is_told_what_changed(mentee: Membership) -> None:
    core = area("Core subjects")
    state(mentee, {area(): 1})
    with pytest.raises(ValidationError) as refusal:
        state(mentee, {core: 2}, seen={})
    assert refusal.value.code == "moved"
    assert "Leadership: high priority, before no need" in refusal.value.messages[0]
    assert dict(Need.objects.values_list("area", "priority")) == {area(): 1}


def test_a_retired_areas_need_is_kept_out_of_sight(mentee: Membership) -> None:
    state(mentee, {area(): 1})
    Area.objects.filter(pk=area()).update(retired_on=TODAY)
    assert needs_of(mentee) == {}
    assert state(mentee, {area("Core subjects"): 2})
    assert Need.objects.count() == 2


def test_nobody_needs_the_lead_or_what_is_retired(mentee: Membership) -> None:
    retired = factories.AreaFactory.create(retired_on=TODAY).pk
    for wrong in (Area.lead().pk, retired, 987654):
        with pytest.raises(ValidationError, match="no longer in use"):
            state(mentee, {wrong: 1})


def test_a_priority_is_one_of_three(mentee: Membership) -> None:
    with pytest.raises(ValidationError):
        state(mentee, {area(): 4})
    assert not Need.objects.exists()


def test_who_has_left_states_nothing() -> None:
    gone = factories.MembershipFactory.create(left=date(2006, 7, 20))
    with pytest.raises(ValidationError, match="no longer in the programme as a mentee"):
        state(gone, {area(): 1})


def test_who_leaves_later_does_until_then() -> None:
    going = factories.MembershipFactory.create(left=TODAY)
    assert state(going, {area(): 1})


def test_a_mentor_has_no_needs() -> None:
    mentor = factories.MembershipFactory.create(role="mentor")
    with pytest.raises(Membership.DoesNotExist):
        state(mentor, {area(): 1})


def test_what_was_stated_is_no_step_that_is_taken_back() -> None:
    """A pause is taken back, although needs were stated after it."""
    school = factories.EstablishmentFactory.create().school
    factories.EligibilityExceptionFactory.create(school=school)
    mentee = step(start(school, role="mentee"), "pause")
    state(mentee, {area(): 1})
    assert [each.verb for each in steps_that_stand(mentee)] == [
        "enrolled a school",
        "paused a membership",
    ]
    step(mentee, "undo")
    mentee.refresh_from_db()
    assert mentee.state == "active"
    assert Need.objects.count() == 1
