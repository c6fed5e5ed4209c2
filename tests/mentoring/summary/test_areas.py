"""A school beside its area, against sums worked out by hand."""

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import Programme, SchoolSummary
from mentoring.pages.areas import area_rows
from results.models import NationalFigure
from schools.models import Establishment, LocalAuthority, School
from tests import factories
from tests.mentoring.conftest import TODAY, Make


@pytest.fixture
def northern(make_school: Make) -> School:
    """Three state schools of one authority, one independent, one elsewhere."""
    Programme.objects.update_or_create(
        pk=1, defaults={"headline_measure_id": "5AC", "population": "15-year-olds"}
    )
    north = LocalAuthority.objects.create(code="301", name="North", region="Upland")
    south = LocalAuthority.objects.create(code="302", name="South", region="Upland")
    first = make_school("First", {2005: (50, 100)})
    others = [
        (make_school("Second", {2005: (20, 50)}), north, "academy"),
        (make_school("Third", {2005: (60, 150)}), north, "maintained"),
        (make_school("Private", {2005: (90, 90)}), north, "independent"),
        (make_school("Fourth", {2005: (40, 200)}), south, "maintained"),
    ]
    for school, authority, kind in [(first, north, "maintained"), *others]:
        School.objects.filter(pk=school.pk).update(authority=authority)
        Establishment.objects.filter(school=school).update(type_group=kind)
    return first


def rows(school: School) -> list[tuple[str, str, str, str]]:
    recompute(on=TODAY)
    line = SchoolSummary.objects.get(school=school).line
    return [
        (row.school, row.authority, row.region, row.england)
        for row in area_rows(line, {})
    ]


def test_averages_sum_pupils_of_state_schools_held(northern: School) -> None:
    # Authority (50 + 20 + 60) / (100 + 50 + 150) = 43.3;
    # region and England (130 + 40) / (300 + 200) = 34.
    assert rows(northern) == [("50.0%", "43.3%", "34.0%", "34.0%")]


def test_fewer_than_three_schools_give_no_average(northern: School) -> None:
    fourth = School.objects.get(name="Fourth")
    assert rows(fourth) == [("20.0%", "No figure", "34.0%", "34.0%")]


def test_published_averages_stand_in_a_row_of_their_own(northern: School) -> None:
    for release, value in ((1, 51.0), (3, 52.5)):
        factories.AreaFigureFactory.create(
            authority_id="301",
            measure_id="5AC",
            population="15-year-olds",
            year=2005,
            release=release,
            value=value,
        )
    NationalFigure.objects.filter(year=2005).delete()
    for coverage, value in (("state-funded", 55.1), ("all schools", 56.3)):
        factories.NationalFigureFactory.create(
            measure_id="5AC",
            population="15-year-olds",
            coverage=coverage,
            year=2005,
            value=value,
            basis="published",
        )
    # Never England of all schools beside an authority's state-funded schools.
    assert rows(northern)[1] == ("50.0%", "52.5%", "No figure", "55.1%")


def test_another_population_is_not_beside_it(northern: School) -> None:
    factories.AreaFigureFactory.create(
        authority_id="301", measure_id="5AC", population="end of KS4", year=2005
    )
    assert len(rows(northern)) == 1
