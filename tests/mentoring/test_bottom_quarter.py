"""What is read before the rule of the bottom quarter is applied."""

import pytest

from mentoring.bottom_quarter import bottom_quarter, exclusion_sentence
from mentoring.models import Programme
from results.models import Measure, Result
from results.models.choices import Population
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db


def test_a_year_without_results_has_no_quarter() -> None:
    quarter = bottom_quarter(Programme.the(), Measure.objects.get(pk="P8"), 2016)
    assert quarter.quarter is None
    assert quarter.release is None
    assert (quarter.with_value, quarter.tied, quarter.exclusions) == (0, 0, [])
    assert quarter.source == ""


def test_the_programmes_population_is_used_where_it_is_held() -> None:
    world.build()
    Result.objects.filter(establishment__urn__lte=100003).update(
        population=Population.AGED_15
    )
    measure = Measure.objects.get(pk="P8")
    quarter = bottom_quarter(Programme.the(), measure, world.YEAR)
    assert quarter.population == Population.END_OF_KS4
    assert not {100001, 100002, 100003} & set(quarter.scores)


def test_another_population_is_used_alone_where_only_it_is_held() -> None:
    world.build()
    Result.objects.update(population=Population.AGED_15)
    measure = Measure.objects.get(pk="P8")
    quarter = bottom_quarter(Programme.the(), measure, world.YEAR)
    assert quarter.population == Population.AGED_15
    assert quarter.quarter is not None
    assert quarter.quarter.n_eligible == 4
    assert "pupils aged 15" in quarter.rule


def test_it_reads_as_much_with_few_schools_as_with_many(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    programme, measure = Programme.the(), Measure.objects.get(pk="P8")
    world.build()
    with django_assert_num_queries(3):  # type: ignore[operator]  # populations, scores, files
        bottom_quarter(programme, measure, world.YEAR)


def test_every_reason_has_a_sentence() -> None:
    assert "under two URNs" in exclusion_sentence("other_urn")
    assert "hidden" not in exclusion_sentence("cohort_below_11")
