from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.change_programme import change_programme
from mentoring.models import Event, ImpactSummary, Programme
from results.models import Measure
from schools.models import Role
from tests.harness.worker import work
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)


def change(**settings: object) -> tuple[str, ...]:
    return change_programme(settings=settings, by=None, on=TODAY).changed


def test_a_setting_is_changed_and_recorded_from_what_to_what() -> None:
    officer = world.a_person(Role.Kind.STAFF)
    before = Programme.the().headline_measure_id
    change_programme(
        settings={
            "grant_pence": 1_000_050,
            "headline_measure": Measure.objects.get(pk="5AC"),
            "name": Programme.the().name,
        },
        by=officer,
        on=TODAY,
    )
    programme = Programme.the()
    assert (programme.grant_pence, programme.headline_measure_id) == (1_000_050, "5AC")
    event = Event.objects.get()
    assert event.who == officer
    assert event.changes == {
        "grant_pence": [900_000, 1_000_050],
        "headline_measure": [before, "5AC"],
    }


def test_what_is_the_same_is_not_written() -> None:
    assert change(name=Programme.the().name) == ()
    assert not Event.objects.exists()
    assert not ImpactSummary.objects.exists()


def test_a_change_works_the_figures_out() -> None:
    assert change(min_rank=40) == ("min_rank",)
    work()
    assert ImpactSummary.objects.exists()


def test_the_headline_must_be_a_share_of_pupils() -> None:
    with pytest.raises(ValidationError) as refusal:
        change(headline_measure=Measure.objects.get(pk="A8"))
    assert list(refusal.value.message_dict) == ["headline_measure"]


def test_eligibility_must_be_by_value_added() -> None:
    with pytest.raises(ValidationError) as refusal:
        change(eligibility_measure=Measure.objects.get(pk="95EM"))
    assert list(refusal.value.message_dict) == ["eligibility_measure"]


def test_the_minima_must_ascend() -> None:
    with pytest.raises(ValidationError, match="must not decrease"):
        change(min_publish=12)
    assert Programme.the().min_publish == 6


def test_the_demonstrations_day_is_no_setting() -> None:
    with pytest.raises(ValueError, match="no setting demo_today"):
        change(demo_today=TODAY)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"least_days_each": 21}, "most_days_each"),
        ({"most_days_each": 4}, "most_days_each"),
        ({"most_days_each": 367}, "most_days_each"),
        ({"ceiling_days_each": 19}, "ceiling_days_each"),
        ({"days_to_answer": 1}, "days_to_answer"),
        ({"days_to_confirm": 91}, "days_to_confirm"),
    ],
)
def test_days_that_nobody_means_are_refused_where_they_stand(
    settings: dict[str, int], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        change(**settings)
    assert list(refusal.value.message_dict) == [field]
    assert not Event.objects.exists()
