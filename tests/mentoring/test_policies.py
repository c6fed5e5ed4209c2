"""Each rule, as a yes or no and as a sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring import policies
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)
YESTERDAY = date(2006, 11, 19)


@pytest.mark.parametrize(
    ("left", "allowed"),
    [(None, True), (date(2007, 7, 20), True), (TODAY, True), (YESTERDAY, False)],
)
def test_a_last_day_may_be_set_until_it_is_past(
    left: date | None, *, allowed: bool
) -> None:
    membership = factories.MembershipFactory.create(left=left)
    if allowed:
        policies.check_can_end(membership, TODAY)
    else:
        with pytest.raises(ValidationError, match="already left on 19 November 2006"):
            policies.check_can_end(membership, TODAY)


@pytest.mark.parametrize(
    ("standing", "entitled"),
    [("eligible", True), ("near_miss", False), ("above", False)],
)
def test_only_the_bottom_quarter_is_entitled(standing: str, *, entitled: bool) -> None:
    school = factories.EstablishmentFactory.create().school
    factories.EligibilityEntryFactory.create(school=school, standing=standing)
    assert policies.is_entitled(school, TODAY) is entitled
    if entitled:
        policies.check_entitled(school, TODAY)
    else:
        with pytest.raises(ValidationError, match="on any frozen list"):
            policies.check_entitled(school, TODAY)


@pytest.mark.parametrize(
    ("until", "entitled"), [(None, True), (TODAY, True), (YESTERDAY, False)]
)
def test_an_exception_entitles_until_it_ends(
    until: date | None, *, entitled: bool
) -> None:
    school = factories.EstablishmentFactory.create().school
    factories.EligibilityExceptionFactory.create(school=school, until=until)
    assert policies.is_entitled(school, TODAY) is entitled


def test_an_exception_of_a_school_that_is_continued_goes_on() -> None:
    school = factories.EstablishmentFactory.create().school
    before = factories.SchoolFactory.create(continued_by=school)
    factories.EligibilityExceptionFactory.create(school=before)
    assert policies.is_entitled(school, TODAY)
    assert not policies.is_entitled(factories.SchoolFactory.create(), TODAY)


def test_a_school_that_goes_on_itself_can_be_enrolled() -> None:
    school = factories.EstablishmentFactory.create().school
    policies.check_can_be_enrolled(school)
    before = factories.SchoolFactory.create(name="Old School", continued_by=school)
    with pytest.raises(ValidationError, match="Old School has become"):
        policies.check_can_be_enrolled(before)
