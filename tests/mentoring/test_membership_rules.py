"""The rules asked without the database are the database's own."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from mentoring import membership_rules as rules
from mentoring.models import Membership
from mentoring.steps.membership import State
from schools.constraints import sentence_of
from tests import factories

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2004, 9, 1), date(2005, 7, 20)
DAYS = (None, EARLY, LATE)


def written(row: Membership) -> bool:
    """Return whether the database takes the row; it is taken out again."""
    try:
        with transaction.atomic():
            Membership.objects.bulk_create([row])
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("state", [*State, "resting"])
def test_what_one_row_may_hold_is_judged_as_the_database_does(state: str) -> None:
    school = factories.SchoolFactory.create()
    ways = product(DAYS, DAYS, (EARLY, LATE), ("", "It closed."))
    for joined, left, since, reason in ways:
        row = Membership(
            school=school,
            role="mentor",
            state=state,
            since=since,
            joined=joined,
            left=left,
            reason=reason,
        )
        said = rules.broken_rule(row)
        assert (said == "") == written(row), (state, joined, left, since, reason)


def test_the_sentence_of_shared_days_is_the_triggers_own() -> None:
    first = factories.MembershipFactory.create(joined=EARLY, left=LATE)
    second = Membership(
        school=first.school, role=first.role, state="active", since=LATE, joined=LATE
    )
    assert rules.shares_days(first, second)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Membership.objects.bulk_create([second])
    assert sentence_of(refused.value, Membership).messages == [rules.SHARED_DAYS]


def test_who_never_joined_shares_no_day() -> None:
    first = factories.MembershipFactory.create(joined=EARLY)
    asked = factories.MembershipFactory.create(
        school=first.school, state="declined", joined=None, since=LATE
    )
    assert not rules.shares_days(first, asked)


def test_a_rule_that_is_not_there_is_not_quoted() -> None:
    with pytest.raises(LookupError):
        rules.sentence_named("nothing_of_the_kind")
