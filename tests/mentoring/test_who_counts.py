"""Who was asked, declined or was called off is in no figure; who pauses still is."""

from datetime import date

import pytest

from mentoring.actions.recompute import recompute, school_summaries
from mentoring.models import ImpactSummary, Membership, Programme, SchoolSummary
from mentoring.models.membership import schools_in_programme
from mentoring.steps.membership import State
from mentoring.summary.held import read
from schools.models import School
from tests import factories
from tests.mentoring.steps_world import TODAY, in_state, start, step

pytestmark = pytest.mark.django_db


def a_mentee(state: State) -> School:
    """Return a school that an exception lets in, in this state as a mentee."""
    school = factories.EstablishmentFactory.create().school
    factories.EligibilityExceptionFactory.create(school=school)
    in_state(state, school, "mentee")
    return school


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (State.INVITED, 0),
        (State.DECLINED, 0),
        (State.ACTIVE, 1),
        (State.PAUSED, 1),
        (State.WITHDRAWN, 1),
        (State.COMPLETED, 1),
    ],
)
def test_who_joined_is_counted_in_whatever_state(state: State, counts: int) -> None:
    factories.ResultFactory.create()
    school = a_mentee(state)
    recompute(on=TODAY)
    assert ImpactSummary.objects.get().impact["joined"] == counts
    programme = Programme.the()
    summaries = school_summaries(programme, read(programme))
    assert school.pk in {each.school_id for each in summaries}
    assert SchoolSummary.objects.filter(school=school).exists()


@pytest.mark.parametrize(
    ("state", "is_live"),
    [
        (State.INVITED, False),
        (State.DECLINED, False),
        (State.ACTIVE, True),
        (State.PAUSED, True),
        (State.WITHDRAWN, False),
        (State.COMPLETED, False),
    ],
)
def test_a_paused_school_is_in_the_programme(state: State, *, is_live: bool) -> None:
    in_state(state, factories.EstablishmentFactory.create().school)
    assert Membership.objects.live_on(TODAY).exists() is is_live


def test_an_entry_called_off_counts_nowhere() -> None:
    factories.ResultFactory.create()
    school = factories.EstablishmentFactory.create().school
    factories.EligibilityExceptionFactory.create(school=school)
    step(start(school, role="mentee"), "undo", reason="A slip.")
    recompute(on=TODAY)
    assert ImpactSummary.objects.get().impact["joined"] == 0
    assert not Membership.objects.live_on(date(2006, 10, 1)).exists()


@pytest.mark.parametrize(
    ("state", "is_tied"),
    [(State.INVITED, True), (State.DECLINED, False), (State.WITHDRAWN, True)],
)
def test_an_invitation_ties_a_school_to_the_programme(
    state: State, *, is_tied: bool
) -> None:
    school = factories.EstablishmentFactory.create().school
    in_state(state, school)
    assert (school.pk in schools_in_programme()) is is_tied
