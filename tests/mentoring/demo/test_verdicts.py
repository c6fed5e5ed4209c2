"""The worlds by their verdicts: what does nothing must not read as a success."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from mentoring.demo.draws import stream
from mentoring.demo.help import PAIRINGS_STREAM
from mentoring.demo.help_plan import Member, stories
from mentoring.demo.parameters import HEADLINE, NOTHING, SMALL, WORLDS, YEARS
from mentoring.demo.world import World, build_world
from mentoring.pages.verdict import Verdict, verdict
from mentoring.summary.leads import Leads, lead_for
from mentoring.summary.similar import facts_of
from results.figures.adjusted import Compared, adjusted_difference
from results.figures.gains import Gain, gain
from results.figures.timing import exam_years

SEEDS = range(1, 21)
AT_MOST = 3  # of 20, where one is expected by chance


def leads_in(world: World) -> Leads:
    """Return who leads whom as the demonstration draws it; areas 1 and 2 are others."""
    members = {
        role: [
            Member(pk, each.school, each.joined, each.left)
            for pk, each in enumerate(world.plan.joined)
            if each.role == role
        ]
        for role in ("mentee", "mentor")
    }
    chance = stream(world.plan.settings, PAIRINGS_STREAM)
    found: dict[int, list[Any]] = defaultdict(list)
    for story in stories(members["mentee"], members["mentor"], (0, 1, 2), chance):
        if story.area == 0 and story.helped_until is not None:
            found[story.mentee.school].append((story.started, story.mentor.school))
    return {school: sorted(each) for school, each in found.items()}


def compared(world: World) -> list[Compared]:
    plan, rows, leads = world.plan, [], leads_in(world)
    mentees = {each.school for each in plan.mentees}
    bases = {each.school: exam_years(each.joined).base for each in plan.mentees}
    for base in sorted(set(bases.values())):
        joined = [school for school in mentees if bases[school] == base]
        pool = {int(one) for one in plan.eligible[base].eligible} - mentees
        for school in (*joined, *sorted(pool)):
            found = gain(plan.series(school, world.numbers), base, YEARS[-1])
            if not isinstance(found, Gain) or found.base.value is None:
                continue
            score = plan.draws.value_added[base - 2002, school]
            rows.append(
                Compared(
                    school=school,
                    wave=base,
                    is_programme=school in mentees,
                    gain=found.per_year,
                    base=found.base.value,
                    value_added=float(score),
                    percent_fsm=float(plan.draws.fsm_percent[school]),
                    mentor=lead_for(leads, school, YEARS[-1]),
                )
            )
    return rows


def verdict_on(world: World) -> Verdict:
    return verdict(facts_of(adjusted_difference(compared(world))))


def test_a_programme_that_does_nothing_reads_as_a_success_in_few_worlds() -> None:
    claims = [
        seed
        for seed in SEEDS
        if verdict_on(build_world(replace(NOTHING, seed=seed))).claims_more
    ]
    assert len(claims) <= AT_MOST, claims


def test_the_worlds_own_seed_does_not_read_as_a_success() -> None:
    world = build_world(NOTHING)
    assert world.true_effect == 0
    # Beside England it would: that is what the verdict is for.
    assert world.displayed.per_year > 2 * 1.4
    assert not verdict_on(world).claims_more


def test_the_headline_reads_as_one_and_near_its_truth(world: World) -> None:
    found = adjusted_difference(compared(world))
    assert verdict_on(world).claims_more
    assert getattr(found, "difference", 0) == pytest.approx(world.true_effect, abs=0.6)
    # Sixty mentors and those whose lead changed: the range is by lead mentor.
    assert getattr(found, "n_mentors", 0) >= 50


def test_the_small_world_makes_one_point_a_year() -> None:
    world = build_world(SMALL)
    assert world.true_effect == pytest.approx(1.0, abs=0.01)
    found = adjusted_difference(compared(world))
    likely = getattr(found, "likely", None)
    assert likely is not None
    assert likely.low < 1.0 < likely.high


def test_ten_times_the_world_is_ten_times_everything() -> None:
    assert set(WORLDS) == {"headline", "nothing", "small"}
    ten = HEADLINE.times(10)
    assert (ten.schools, ten.mentees, ten.mentors) == (30_950, 3_500, 600)
    assert ten.irregular.closed == (20, 10)
    assert ten.irregular.merged == 120
    assert HEADLINE.times(1) == HEADLINE
