import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.figure import Release
from results.figures.gains import Gain, NoGain, gain
from results.figures.programme import (
    Member,
    ProgrammeGain,
    pooled_gain,
    programme_gain,
    programme_headline,
    pupil_weighted_gain,
)
from results.figures.reasons import Reason
from tests.results.figures.builders import figure


def rise(
    first: float,
    second: float,
    *,
    cohorts: tuple[int | None, int | None] = (100, 100),
    years: tuple[int, int] = (2003, 2005),
    release: Release = Release.FINAL,
) -> Gain:
    ends = {
        years[0]: figure(years[0], first, cohort=cohorts[0]),
        years[1]: figure(years[1], second, cohort=cohorts[1], release=release),
    }
    found = gain(ends, *years)
    assert isinstance(found, Gain)
    return found


def mean(gains: list[Gain | NoGain]) -> ProgrammeGain:
    found = programme_gain(gains)
    assert isinstance(found, ProgrammeGain)
    return found


def test_each_school_counts_once_in_the_headline() -> None:
    # Gains of 10, 5 and 0 a year; cohorts 50, 100 and 250 at the base.
    found = mean(
        [
            rise(20, 40, cohorts=(50, 50)),
            rise(30, 40, cohorts=(100, 100)),
            rise(40, 40, cohorts=(250, 250)),
        ]
    )
    assert found.per_year == 5.0
    assert found.pupil_weighted == 2.5
    assert found.pooled == pytest.approx(2.5)
    assert (found.n_schools, found.n_weighted, found.n_pupils) == (3, 3, 400)
    assert found.is_weighing_important


def test_the_pooled_gain_notices_cohorts_that_changed() -> None:
    # 20 of 100 and 60 of 100 at the base: 40%. 80 of 200 and 80 of 100: 53 1/3%.
    gains = [rise(20, 40, cohorts=(100, 200)), rise(60, 80)]
    assert pooled_gain(gains) == pytest.approx((160 / 3 - 40) / 2)
    assert pupil_weighted_gain(gains) == 10.0


def test_several_spans_are_pooled_each_by_itself() -> None:
    # 2003-05: +7 a year, 300 pupils; 2004-05: +3 a year, 100 pupils.
    gains = [
        rise(30, 44, cohorts=(300, 300)),
        rise(40, 43, years=(2004, 2005)),
    ]
    assert pooled_gain(gains) == pytest.approx(6.0)


def test_schools_left_out_are_counted_by_reason() -> None:
    none = [NoGain(Reason.SMALL_COHORT)] * 2 + [NoGain(Reason.NO_BASELINE)]
    found = mean([rise(30, 44), *none, rise(30, 40), rise(30, 36, cohorts=(20, 20))])
    assert found.per_year == 5.0
    assert found.left_out == {Reason.SMALL_COHORT: 2, Reason.NO_BASELINE: 1}
    assert found.n_small == 1
    assert not found.is_weighing_important


def test_the_mean_names_its_years_and_its_weakest_release() -> None:
    found = mean(
        [
            rise(30, 44),
            rise(30, 44, release=Release.PROVISIONAL),
            rise(30, 44, years=(2004, 2006)),
        ]
    )
    assert (found.first_base, found.last) == (2003, 2006)
    assert found.release is Release.PROVISIONAL


def test_fewer_than_three_schools_have_no_mean() -> None:
    found = programme_gain([rise(30, 44), rise(30, 44), NoGain(Reason.NO_BASELINE)])
    assert found == NoGain(Reason.TOO_FEW_SCHOOLS)
    assert programme_gain([], min_schools=0) == NoGain(Reason.TOO_FEW_SCHOOLS)


def test_weighted_means_rest_on_the_schools_whose_cohorts_are_known() -> None:
    unknown = rise(10, 90, cohorts=(None, 100))
    known = [rise(30, 44)] * 3
    assert mean([*known, unknown]).pooled == pytest.approx(7.0)
    assert mean([*known, unknown]).n_weighted == 3
    too_few = mean([*known[:2], unknown])
    assert (too_few.pooled, too_few.pupil_weighted) == (None, None)
    assert not too_few.is_weighing_important


def test_no_pupils_have_no_weighted_mean() -> None:
    unknown = [rise(10, 90, cohorts=(None, 100))]
    assert pupil_weighted_gain(unknown) is None
    assert pooled_gain(unknown) is None


def test_leavers_stay_in_the_headline() -> None:
    members = [
        Member(rise(30, 30 + 2 * each), is_in_programme=each > 0)
        for each in (8, 6, 7, -1)
    ]
    found = programme_headline(members)
    assert isinstance(found.all_who_joined, ProgrammeGain)
    assert isinstance(found.still_in_programme, ProgrammeGain)
    assert found.all_who_joined.per_year == 5.0
    assert found.still_in_programme.per_year == 7.0


@given(st.lists(st.floats(0, 60), min_size=3, max_size=20), st.integers(30, 300))
def test_schools_of_one_size_have_one_mean(lifts: list[float], cohort: int) -> None:
    found = mean([rise(30, 30 + lift, cohorts=(cohort, cohort)) for lift in lifts])
    assert found.pupil_weighted == pytest.approx(found.per_year)
    assert found.pooled == pytest.approx(found.per_year, abs=1e-9)
