"""Many schools come in at one go, once, in a few queries, and go back at one go."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring import policies
from mentoring.actions.enrol_school import Desk
from mentoring.actions.enrol_together import (
    Terms,
    enrol_together,
    judge,
    undo_together,
)
from mentoring.actions.grant_exception import grant_exception
from mentoring.enrolling import Facts
from mentoring.models import (
    EligibilityException,
    EnrolmentSet,
    Event,
    EventReason,
    Membership,
)
from mentoring.steps.membership import State
from schools.models import School
from tests import factories
from tests.mentoring.steps_world import JOINED, TODAY, start, step

pytestmark = pytest.mark.django_db
MENTORS = Terms("mentor", State.ACTIVE, JOINED)
MENTEES = Terms("mentee", State.ACTIVE, JOINED)


def schools_of(count: int) -> list[School]:
    return [factories.EstablishmentFactory.create().school for _ in range(count)]


def listed(school: School) -> None:
    """Put a school on a frozen list, in its bottom quarter."""
    factories.EligibilityEntryFactory.create(
        school=school, urn=school.establishments.get().urn, standing="eligible"
    )


def together(schools: list[School], terms: Terms = MENTORS, **given: Any) -> Any:
    return enrol_together(
        token=given.pop("token", uuid4()),
        schools=schools,
        terms=terms,
        by=None,
        on=TODAY,
    )


def outcomes(schools: list[School], terms: Terms) -> list[tuple[bool, bool, bool]]:
    found = judge(Desk(Facts(schools, TODAY), None), schools, terms)
    return [(each.is_added, each.is_in_already, each.is_let_in) for each in found]


def test_each_school_gets_its_membership_and_its_event() -> None:
    schools = schools_of(3)
    made = together(schools)
    rows = Membership.objects.filter(enrolment_set=made)
    assert {row.school_id for row in rows} == {school.pk for school in schools}
    assert {(row.state, row.joined) for row in rows} == {("active", JOINED)}
    events = Event.objects.filter(verb="enrolled a school")
    assert {each.noun_id for each in events} == {row.pk for row in rows}


def test_all_may_be_invited_instead() -> None:
    made = together(schools_of(2), Terms("mentor", State.INVITED, None))
    assert {(row.state, row.joined) for row in made.memberships.all()} == {
        ("invited", None)
    }


def test_the_same_sent_twice_makes_one_set() -> None:
    token, schools = uuid4(), schools_of(2)
    first, again = (together(schools, token=token) for _ in range(2))
    assert first == again
    assert Membership.objects.count() == 2
    assert EnrolmentSet.objects.count() == 1


def test_who_is_not_entitled_is_left_out_or_let_in_for_a_reason() -> None:
    entitled, other = schools_of(2)
    listed(entitled)
    both = [entitled, other]
    assert outcomes(both, MENTEES) == [(True, False, False), (False, False, False)]
    together(both, MENTEES)
    assert Membership.objects.get().school == entitled
    terms = Terms("mentee", State.ACTIVE, JOINED, "Its roof fell in.")
    assert outcomes(both, terms) == [(False, True, False), (True, False, True)]
    together(both, terms)
    assert EligibilityException.objects.get().school == other
    assert Membership.objects.count() == 2


def test_who_is_in_already_stays_as_it_is() -> None:
    invited, paused, free = schools_of(3)
    start(invited, "invite")
    step(start(paused), "pause")
    made = together([invited, paused, free])
    assert [row.school for row in made.memberships.all()] == [free]
    assert made.asked == 3


def test_a_school_that_was_in_on_those_days_is_refused_with_the_sentence() -> None:
    (school,) = schools_of(1)
    step(start(school), "complete", left=date(2006, 10, 2))
    found = judge(Desk(Facts([school], TODAY), None), [school], MENTORS)
    assert "on some of those days" in found[0].refusal


def test_where_none_can_come_in_nothing_is_kept() -> None:
    (school,) = schools_of(1)
    with pytest.raises(ValidationError, match="None of these schools"):
        together([school], MENTEES)
    assert not EnrolmentSet.objects.exists()
    with pytest.raises(ValidationError, match="None of these schools"):
        together([], MENTORS)


def test_a_set_is_taken_back_but_for_those_moved_since() -> None:
    one, other, moved = schools_of(3)
    made = together([one, other, moved])
    step(moved.memberships.get(), "pause")
    assert undo_together(made=made, reason="A slip.", by=None, on=TODAY) == 2
    for school in (one, other):
        row = school.memberships.get()
        assert (row.state, row.joined, row.reason) == ("withdrawn", None, "A slip.")
        event = Event.objects.filter(noun_id=row.pk).latest("pk")
        assert event.changes["joined"] == ["2006-09-01", None]
        assert EventReason.objects.get(event=event).text == "A slip."
    assert moved.memberships.get().state == "paused"
    assert list(Membership.objects.joined_ever()) == [moved.memberships.get()]
    with pytest.raises(ValidationError, match="none left to take back"):
        undo_together(made=made, reason="Again.", by=None, on=TODAY)
    with pytest.raises(ValidationError, match="Say why"):
        undo_together(made=made, reason=" ", by=None, on=TODAY)


def test_with_a_set_end_the_exceptions_that_it_granted_and_no_others() -> None:
    let_in, let_in_before, moved = schools_of(3)
    before = grant_exception(
        school=let_in_before, why="Its head fell ill.", until=None, by=None, on=TODAY
    )
    terms = Terms("mentee", State.ACTIVE, JOINED, "Its roof fell in.")
    made = together([let_in, let_in_before, moved], terms)
    step(moved.memberships.get(), "pause")
    undo_together(made=made, reason="A slip.", by=None, on=TODAY)
    ended = EligibilityException.objects.get(school=let_in)
    assert (ended.why, ended.ended_on) == ("Its roof fell in.", TODAY)
    assert ended.ended_why.endswith("was taken back: A slip.")
    event = Event.objects.get(verb="ended an exception")
    assert (event.noun_id, event.school_id) == (ended.pk, let_in.pk)
    assert set(EligibilityException.objects.live_on(TODAY)) == {
        before,
        EligibilityException.objects.get(school=moved),
    }


def test_many_are_entitled_by_the_same_rule_as_one() -> None:
    schools = schools_of(5)
    listed(schools[0])
    factories.EligibilityExceptionFactory.create(school=schools[1])
    factories.EligibilityExceptionFactory.create(
        school=schools[2], until=date(2006, 11, 19)
    )
    before = factories.SchoolFactory.create(continued_by=schools[3])
    factories.EligibilityExceptionFactory.create(school=before)
    one_by_one = {each.pk for each in schools if policies.is_entitled(each, TODAY)}
    assert policies.entitled_among(schools, TODAY) == one_by_one
    assert one_by_one == {schools[0].pk, schools[1].pk, schools[3].pk}


def queries_for(count: int, act: Callable[[list[School]], Any]) -> int:
    schools = schools_of(count)
    for school in schools:
        listed(school)
    with CaptureQueriesContext(connection) as captured:
        act(schools)
    return len(captured)


def test_three_hundred_schools_cost_little_more_than_thirty() -> None:
    """Rows are written in batches, as the database takes them."""
    together(schools_of(1))  # what the first alone pays
    few = queries_for(30, lambda schools: together(schools, MENTEES))
    many = queries_for(300, lambda schools: together(schools, MENTEES))
    assert few <= 25
    assert many <= few + 12


def test_taking_three_hundred_back_costs_little_more_than_thirty() -> None:
    def cost(count: int) -> int:
        made = together(schools_of(count))
        with CaptureQueriesContext(connection) as captured:
            undo_together(made=made, reason="A slip.", by=None, on=TODAY)
        return len(captured)

    few, many = cost(30), cost(300)
    assert few <= 15
    assert many <= few + 12
