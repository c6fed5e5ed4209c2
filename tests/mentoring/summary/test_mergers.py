"""A merged school's years before its own are the sums of its predecessors'."""

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import Programme, SchoolSummary
from mentoring.summary.held import read
from mentoring.summary.mergers import predecessors
from schools.models import School, SchoolPredecessor
from tests.factories import SuccessionFactory
from tests.mentoring.conftest import TODAY, Make


def merge(school: School, *predecessors: School, kind: str = "merger") -> None:
    for each in predecessors:
        SchoolPredecessor.objects.create(
            school=school,
            predecessor=each,
            kind=kind,
            succession=SuccessionFactory.create(),
        )


def value_of(school: School, year: int) -> float | None:
    figure = read(Programme.the()).schools[school.pk].get(year)
    return figure.value if figure else None


def test_pupils_are_added_up_not_shares(make_school: Make, england: None) -> None:
    # 36 of 120 and 40 of 80 are 76 of 200, 38%; the mean of the shares would be 40.
    one = make_school("One", {2003: (36, 120)})
    two = make_school("Two", {2003: (40, 80)})
    both = make_school("Both", {2005: (95, 190)})
    assert value_of(both, 2003) is None
    merge(both, one, two)
    assert value_of(both, 2003) == pytest.approx(38.0)
    assert value_of(both, 2005) == pytest.approx(50.0)
    recompute(on=TODAY)
    summary = SchoolSummary.objects.get(school=both)
    assert summary.gain_a_year == pytest.approx(6.0)


def test_a_year_that_one_of_them_lacks_has_no_figure(
    make_school: Make, england: None
) -> None:
    one = make_school("One", {2003: (36, 120)})
    two = make_school("Two", {2003: "suppressed"})
    both = make_school("Both", {2005: (95, 190)})
    merge(both, one, two)
    assert value_of(both, 2003) is None


def test_a_school_split_off_has_no_earlier_years(
    make_school: Make, england: None
) -> None:
    whole = make_school("Whole", {2003: (36, 120)})
    part = make_school("Part", {2005: (30, 60)})
    merge(part, whole, kind="split")
    assert value_of(part, 2003) is None


def test_mergers_of_mergers_add_up(make_school: Make, england: None) -> None:
    one = make_school("One", {2001: (10, 100), 2003: (36, 120)})
    two = make_school("Two", {2001: (30, 100), 2003: (40, 80)})
    both = make_school("Both", {2004: (90, 200)})
    third = make_school("Third", {2003: (20, 50), 2004: (10, 100)})
    last = make_school("Last", {2005: (150, 300)})
    merge(both, one, two)
    merge(last, both, third)
    # 36 + 40 + 20 of 120 + 80 + 50; 90 + 10 of 200 + 100
    assert value_of(last, 2003) == pytest.approx(100 * 96 / 250)
    assert value_of(last, 2004) == pytest.approx(100 / 3)


def test_schools_that_run_in_a_circle_end_it(make_school: Make, england: None) -> None:
    one = make_school("One", {2003: (36, 120)})
    two = make_school("Two", {2005: (95, 190)})
    merge(two, one)
    merge(one, two)
    assert value_of(one, 2003) == pytest.approx(30.0)
    assert value_of(two, 2005) == pytest.approx(50.0)


def test_sums_over_schools_count_nobody_twice(make_school: Make, england: None) -> None:
    one = make_school("One", {2003: (36, 120)})
    two = make_school("Two", {2003: (40, 80)})
    both = make_school("Both", {2005: (95, 190)})
    merge(both, one, two)
    held = read(Programme.the())
    assert {school for school, _ in held.figures_in(2003)} == {one.pk, two.pk}
    assert {school for school, _ in held.figures_in(2005)} == {both.pk}
    assert held.with_predecessors([both.pk]) == {one.pk, two.pk, both.pk}


def test_a_merged_school_that_goes_on_as_another_takes_its_sums_with_it(
    make_school: Make, england: None
) -> None:
    one = make_school("One", {2003: (36, 120)})
    two = make_school("Two", {2003: (40, 80)})
    both = make_school("Both", {})
    academy = make_school("Academy", {2005: (95, 190)})
    merge(both, one, two)
    assert value_of(academy, 2003) is None
    both.continued_by = academy
    both.save()
    assert value_of(academy, 2003) == pytest.approx(38.0)
    assert both.pk not in read(Programme.the()).schools


def test_a_school_that_took_its_predecessor_over_is_not_its_own(
    make_school: Make, england: None
) -> None:
    one = make_school("One", {2003: (36, 120)})
    both = make_school("Both", {2005: (95, 190)})
    merge(both, one)
    one.continued_by = both
    one.save()
    assert predecessors() == {}
