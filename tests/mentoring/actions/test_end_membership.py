from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.end_membership import end_membership
from mentoring.models import Event, ImpactSummary, Membership
from schools.models import Role
from tests import factories
from tests.harness.worker import work
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)


def end(membership: Membership, left: date, reason: str = "It merged.") -> Membership:
    return end_membership(
        membership=membership, left=left, reason=reason, by=None, on=TODAY
    )


def test_leaving_keeps_the_membership_with_its_last_day_and_why() -> None:
    membership = factories.MembershipFactory.create()
    end(membership, TODAY)
    membership.refresh_from_db()
    assert (membership.left, membership.reason) == (TODAY, "It merged.")


def test_leaving_is_on_the_timeline_without_its_words() -> None:
    officer = world.a_person(Role.Kind.STAFF)
    membership = factories.MembershipFactory.create()
    end_membership(
        membership=membership, left=TODAY, reason="Mr X left.", by=officer, on=TODAY
    )
    event = Event.objects.get()
    assert (event.who, event.school_id) == (officer, membership.school_id)
    assert (event.happened_on, event.changes) == (
        TODAY,
        {"left": [None, "2006-11-20"]},
    )


def test_a_school_cannot_leave_before_it_joins() -> None:
    membership = factories.MembershipFactory.create(joined=date(2004, 9, 1))
    with pytest.raises(ValidationError, match="cannot leave before it joins"):
        end(membership, date(2004, 8, 31))


def test_a_last_day_still_ahead_may_be_moved() -> None:
    membership = factories.MembershipFactory.create(left=date(2006, 11, 20))
    end(membership, date(2007, 7, 20))
    membership.refresh_from_db()
    assert membership.left == date(2007, 7, 20)
    assert Event.objects.get().changes == {"left": ["2006-11-20", "2007-07-20"]}


def test_a_leaving_that_has_happened_is_not_rewritten() -> None:
    membership = factories.MembershipFactory.create(left=date(2006, 11, 19))
    with pytest.raises(ValidationError, match="already left on 19 November 2006"):
        end(membership, date(2007, 7, 20))


def test_the_same_again_changes_nothing() -> None:
    membership = factories.MembershipFactory.create()
    end(membership, date(2006, 10, 1))
    end(membership, date(2006, 10, 1))
    assert Event.objects.count() == 1


def test_moving_the_last_day_into_a_later_time_is_refused() -> None:
    first = factories.MembershipFactory.create(left=TODAY)
    factories.MembershipFactory.create(school=first.school, joined=date(2007, 1, 1))
    with pytest.raises(ValidationError, match="on some of those days"):
        end(first, date(2007, 1, 1))


def test_leaving_works_the_figures_out() -> None:
    end(factories.MembershipFactory.create(), TODAY)
    work()
    assert ImpactSummary.objects.exists()
