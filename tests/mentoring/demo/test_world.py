"""The world against the real numbers it imitates, and against itself."""

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from mentoring.demo.draws import Floats
from mentoring.demo.parameters import (
    DEMO_TODAY,
    ENGLAND_5AC,
    ENGLAND_GCSE_ONLY,
    HEADLINE,
    YEARS,
    Equivalents,
    Irregular,
)
from mentoring.demo.plan import plan_world, release_of
from mentoring.demo.world import World, build_world
from results.figures.england import EnglandGain, england_gain, window_of
from results.figures.figure import Basis, Missing, NationalFigure
from results.figures.gains import Gain, NoGain
from results.figures.quarter import eligibility
from results.figures.reasons import Reason
from results.figures.timing import exam_years
from tests.mentoring.demo.conftest import SMALL

SEPTEMBER, DECEMBER = 9, 12
NOTHING_IRREGULAR = Irregular().times(0)


def percent(world: World) -> Floats:
    shares: Floats = 100 * world.numbers / world.plan.draws.cohort
    return shares


def outside(world: World) -> list[int]:
    """Return the schools that never joined and had nothing happen to them."""
    plan = world.plan
    gone = {each.school for each in plan.joined} | plan.irregular.schools
    return sorted({*range(plan.settings.schools)} - gone)


def test_the_dashboard_shows_seven_points_a_year(world: World) -> None:
    assert world.displayed.per_year == pytest.approx(7.0, abs=0.05)
    assert world.displayed.n_schools == 344


def test_the_headline_is_the_plain_mean_over_schools(world: World) -> None:
    plan, changes = world.plan, []
    for each in plan.mentees:
        years = [
            year for year in YEARS if plan.irregular.has_results(each.school, year)
        ]
        known = [
            year
            for year in years
            if (each.school, year, "5AC") not in plan.irregular.gaps
        ]
        base, last = each.joined.year, max(known)
        if base not in known or last <= base:
            continue
        if min(plan.cohort(each.school, year) for year in (base, last)) < 11:
            continue
        first, latest = (
            100
            * world.numbers[YEARS.index(year), each.school]
            / plan.cohort(each.school, year)
            for year in (base, last)
        )
        changes.append((latest - first) / (last - base))
    assert len(changes) == 344
    assert np.mean(changes) == pytest.approx(world.displayed.per_year, abs=1e-9)


def test_england_shows_one_point_four_over_the_same_windows(world: World) -> None:
    windows = [
        window_of(each)
        for each in world.plan.gains(world.numbers)
        if isinstance(each, Gain)
    ]
    line = [
        NationalFigure(
            year, "5AC", "15-year-olds", "all schools", release_of(year), basis, value
        )
        for year, value in zip(YEARS, ENGLAND_5AC, strict=True)
        for basis in (Basis.PUBLISHED,)
    ]
    england = england_gain(line, windows)
    assert isinstance(england, EnglandGain)
    assert england.per_year == pytest.approx(1.4, abs=0.05)
    assert england.mismatches == ()


@pytest.mark.parametrize("measure", ["headline", "gcse"])
def test_all_pupils_together_are_england(world: World, measure: str) -> None:
    numbers = world.numbers if measure == "headline" else world.numbers_gcse
    line = ENGLAND_5AC if measure == "headline" else ENGLAND_GCSE_ONLY
    is_open = world.plan.open_pupils > 0
    pooled = 100 * (numbers * is_open).sum(axis=1) / world.plan.open_pupils.sum(axis=1)
    assert pooled == pytest.approx(np.array(line), abs=0.06)


def test_nobody_reaches_it_in_gcses_alone_who_does_not_reach_it(world: World) -> None:
    assert (world.numbers_gcse <= world.numbers).all()
    assert (world.numbers <= world.plan.draws.cohort).all()


def test_the_stored_truth_is_what_the_programme_added(world: World) -> None:
    # First wave 2.5 effects over 3 years, second 2 over 2; the mean response is 1.
    by_hand = world.effect * (0.6 * 2.5 / 3 + 0.4 * 2 / 2)
    assert world.true_effect == pytest.approx(by_hand, rel=0.05)
    assert 3 < world.true_effect < 5


def test_without_an_effect_the_truth_is_nothing() -> None:
    assert build_world(replace(SMALL, effect=0.0)).true_effect == 0


def test_a_larger_effect_shows_a_larger_gain() -> None:
    none, some = (build_world(replace(SMALL, effect=each)) for each in (0.0, 3.0))
    assert some.displayed.per_year > none.displayed.per_year + 1


def test_an_unreachable_headline_is_refused() -> None:
    with pytest.raises(ValueError, match="No effect shows a gain of 60"):
        build_world(replace(SMALL, displayed_gain=60.0))


def test_a_world_of_too_few_mentees_is_refused() -> None:
    with pytest.raises(ValueError, match="at least three mentees"):
        build_world(replace(SMALL, mentees=2, irregular=NOTHING_IRREGULAR))


def test_the_same_seed_gives_the_same_world_and_another_another() -> None:
    first, again, other = (build_world(replace(SMALL, seed=seed)) for seed in (3, 3, 4))
    assert (first.numbers == again.numbers).all()
    assert first.plan.joined == again.plan.joined
    assert not (first.numbers == other.numbers).all()


def test_with_equal_shares_joining_changes_nothing_about_equivalents() -> None:
    equal = replace(SMALL, equivalents=Equivalents(0.22, 0.22, 0.08))
    nobody = replace(SMALL, equivalents=Equivalents(0.0, 0.22, 0.08))
    assert (plan_world(equal).logit == plan_world(nobody).logit).all()


def test_unequal_shares_add_equivalents_to_mentees_alone() -> None:
    equal = plan_world(replace(HEADLINE, equivalents=Equivalents(0.22, 0.22, 0.08)))
    more = plan_world(HEADLINE)
    changed = np.flatnonzero((equal.logit != more.logit).any(axis=0))
    assert 0 < changed.size < 60
    assert {*changed.tolist()} <= {each.school for each in more.mentees}


# Who joins ----------------------------------------------------------------------


def test_350_mentees_join_in_two_waves_and_60_mentors(world: World) -> None:
    roles = Counter((each.role, each.joined.year) for each in world.plan.joined)
    assert (roles["mentee", 2003], roles["mentee", 2004]) == (210, 140)
    assert roles["mentor", 2003] + roles["mentor", 2004] == 60
    assert len({each.school for each in world.plan.joined}) == 410


def test_everybody_joins_on_a_working_day_of_autumn(world: World) -> None:
    months = Counter(each.joined.month for each in world.plan.joined)
    assert set(months) == set(range(SEPTEMBER, DECEMBER + 1))
    assert min(months.values()) > 40
    assert all(each.joined.isoweekday() < 6 for each in world.plan.joined)


def test_each_wave_is_of_its_own_years_bottom_quarter(world: World) -> None:
    for each in world.plan.mentees:
        year = exam_years(each.joined).base
        assert each.school in world.plan.eligible[year].eligible


def test_the_second_list_is_no_copy_of_the_first(world: World) -> None:
    first, second = (set(each.eligible) for each in world.plan.eligible.values())
    assert 400 < len(first & second) < 700


def test_mentors_do_well(world: World) -> None:
    mentors = [each.school for each in world.plan.joined if each.role == "mentor"]
    assert percent(world)[YEARS.index(2003), mentors].min() >= 55


def test_low_schools_of_the_quarter_are_likelier_to_join(world: World) -> None:
    plan, base = world.plan, percent(world)[YEARS.index(2003)]
    joined = [each.school for each in plan.mentees if each.joined.year == 2003]
    rest = sorted(set(plan.eligible[2003].eligible) - {e.school for e in plan.mentees})
    assert base[joined].mean() < base[[int(each) for each in rest]].mean() - 6


def test_leavers_left_after_they_joined_and_say_why(world: World) -> None:
    left = [each for each in world.plan.joined if each.left]
    closed = [each for each in left if each.reason == "The school closed."]
    assert (len(left), len(closed)) == (10, 2)
    for each in left:
        assert each.left
        assert each.joined < each.left < DEMO_TODAY
        assert each.reason


# The schools that are no plain cases ---------------------------------------------


def test_as_many_irregular_schools_as_asked_for(world: World) -> None:
    irregular = world.plan.irregular
    gaps = irregular.gaps
    hidden = {cell[0] for cell, why in gaps.items() if why is Missing.SUPPRESSED}
    assert len(irregular.closed) == 3
    assert len(irregular.academised) == 6
    assert len(irregular.small) == 5
    assert max(irregular.small.values()) < 11
    assert len(hidden) == 4
    assert {*gaps.values()} == {
        Missing.SUPPRESSED,
        Missing.NOT_PUBLISHED,
        Missing.NO_ENTRIES,
        Missing.LOW_COVERAGE,
    }


def test_the_mentees_without_a_gain_have_these_reasons(world: World) -> None:
    gains = world.plan.gains(world.numbers)
    assert Counter(each.reason for each in gains if isinstance(each, NoGain)) == {
        Reason.SMALL_COHORT: 3,
        Reason.NO_BASELINE: 1,
        Reason.NOT_ENOUGH_YEARS: 1,
        Reason.LATEST_SUPPRESSED: 1,
    }
    earlier = [e for e in gains if isinstance(e, Gain) and e.is_latest_earlier]
    assert len(earlier) == 2


def test_a_closed_school_has_no_results_afterwards(world: World) -> None:
    school, day = next(iter(world.plan.irregular.closed.items()))
    assert day == date(2005, 8, 31)
    assert max(world.plan.series(school, world.numbers)) == 2005


def test_what_happened_to_mentees_does_not_change_who_was_entitled(
    world: World,
) -> None:
    plan = world.plan
    for year, found in plan.eligible.items():
        cohorts = {
            school: plan.cohort(school, year) for school in plan.irregular.schools
        }
        excluded = set(found.excluded)
        gaps = {
            school
            for (school, when, code) in plan.irregular.gaps
            if (when, code) == (year, "VA")
        }
        small = {school for school, cohort in cohorts.items() if cohort < 11}
        assert excluded == gaps | small
    assert eligibility([]).quarter is None


# Against the real schools it was fitted to ---------------------------------------


def test_schools_differ_as_real_ones_do(world: World) -> None:
    shares = percent(world)
    # Real: 18.7 between schools, 7.9 for a yearly change, 0.911 from year to year.
    assert shares[1].std() == pytest.approx(18.7, abs=1.0)
    assert (shares[1] - shares[0]).std() == pytest.approx(7.9, abs=0.6)
    assert np.corrcoef(shares[0], shares[1])[0, 1] == pytest.approx(0.911, abs=0.015)


def test_near_half_of_schools_fall_in_a_year(world: World) -> None:
    # Real: 0.45 when England is flat; here England rises, so a few fewer.
    shares, never = percent(world), outside(world)
    falling = ((shares[2] - shares[1])[never] < 0).mean()
    assert falling == pytest.approx(0.45, abs=0.04)


def test_the_bottom_quarter_rises_more_without_any_help(world: World) -> None:
    # Real: 1.5 points more than all schools in one year; the generator 1.3 to 1.7.
    shares, scores = percent(world), world.plan.draws.value_added[0]
    rise = shares[2] - shares[1]
    lowest = scores <= np.sort(scores)[len(scores) // 4]
    assert rise[lowest].mean() - rise.mean() == pytest.approx(1.5, abs=0.3)


def test_value_added_behaves_as_the_real_one(world: World) -> None:
    scores = world.plan.draws.value_added
    # Real: SD 26.6, 0.80 to 0.83 over one year, 0.745 over two, 0.68 with results.
    assert scores.std(axis=1) == pytest.approx(np.full(4, 26.6), abs=1.0)
    assert np.corrcoef(scores[0], scores[1])[0, 1] == pytest.approx(0.815, abs=0.025)
    assert np.corrcoef(scores[0], scores[2])[0, 1] == pytest.approx(0.75, abs=0.03)
    together = np.corrcoef(scores[1], percent(world)[2])[0, 1]
    assert together == pytest.approx(0.69, abs=0.03)


def test_cohorts_are_of_real_size(world: World) -> None:
    assert np.median(world.plan.draws.cohort) == pytest.approx(176, abs=4)


def test_the_base_year_is_a_dip(world: World) -> None:
    first = [each.school for each in world.plan.mentees if each.joined.year == 2003]
    means = percent(world)[:, first].mean(axis=1)
    assert means[2] < means[1]
    assert means[3] > means[2] + 6
