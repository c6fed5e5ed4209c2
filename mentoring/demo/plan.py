"""The demonstration world but for its effect: who joins, when, with what luck."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mentoring.demo import parameters as p
from mentoring.demo.draws import Draws, Floats, Ints, draw, stream
from mentoring.demo.irregular import (
    HEADLINE_MEASURE,
    Irregularities,
    after_picking,
    before_picking,
)
from mentoring.demo.parameters import WAVES, YEARS, WorldSettings
from mentoring.demo.picking import (
    Joined,
    entitled,
    first_wave,
    memberships,
    mentors,
    wave,
)
from mentoring.demo.pupils import (
    Pupils,
    chances,
    england_levels,
    pupils_of,
)
from results.figures.figure import Figure, Release
from results.figures.gains import Gain, NoGain, gain
from results.figures.quarter import Eligibility
from results.figures.timing import exam_years

POPULATION = "15-year-olds"
NEVER = 9999


def release_of(year: int) -> Release:
    """Return how settled the results of `year` are on the demonstration's day.

    In November 2006 that summer's results were provisional, England's too.
    """
    return Release.PROVISIONAL if year == YEARS[-1] else Release.FINAL


@dataclass(frozen=True, slots=True)
class Plan:
    """A world but for the size of the effect: who joins, when, and everybody's luck.

    `logit` has equivalents in it and `logit_gcse` has not; `lift` is what an effect of
    one point a year adds, in points, by (year, school); `open_pupils` is the cohort,
    0 once a school has closed. `aim` is what England's chances are made to give so
    that its pupils give the published line.
    """

    settings: WorldSettings
    draws: Draws
    irregular: Irregularities
    eligible: Mapping[int, Eligibility]
    joined: tuple[Joined, ...]
    pupils: Pupils
    logit: Floats
    logit_gcse: Floats
    lift: Floats
    open_pupils: Ints
    aim: tuple[float, ...] = p.ENGLAND_5AC
    aim_gcse: tuple[float, ...] = p.ENGLAND_GCSE_ONLY

    @property
    def mentees(self) -> tuple[Joined, ...]:
        """Return the memberships of schools that are helped."""
        return tuple(each for each in self.joined if each.role == "mentee")

    def chance(self, effect: float) -> Floats:
        """Return each school's chance by year, 0 to 1, at this effect."""
        lift = effect * self.lift
        level = england_levels(self.logit, lift, self.open_pupils, self.aim)
        return chances(self.logit, level, lift)

    def numbers(self, effect: float) -> Ints:
        """Return the pupils who reach five A* to C, by year and school."""
        return self.pupils.reaching(self.chance(effect))

    def numbers_gcse(self, effect: float) -> Ints:
        """Return the pupils who reach it in GCSEs alone: never more.

        Turning to equivalents adds nothing here and the programme adds as much as to
        the headline, so that what is not GCSEs can be told from what is.
        """
        lift = effect * self.lift
        level = england_levels(self.logit_gcse, lift, self.open_pupils, self.aim_gcse)
        alone = chances(self.logit_gcse, level, lift)
        return self.pupils.reaching(np.minimum(alone, self.chance(effect)))

    def cohort(self, school: int, year: int) -> int:
        """Return the pupils counted."""
        usual = int(self.draws.cohort[YEARS.index(year), school])
        return self.irregular.small.get((school, year), usual)

    def series(self, school: int, numbers: Ints) -> dict[int, Figure]:
        """Return the school's headline figures by year, as they are published."""
        found = {}
        for row, year in enumerate(YEARS):
            if not self.irregular.has_results(school, year):
                continue
            gap = self.irregular.gaps.get((school, year, HEADLINE_MEASURE))
            number, cohort = int(numbers[row, school]), self.cohort(school, year)
            found[year] = Figure(
                year=year,
                measure=HEADLINE_MEASURE,
                population=POPULATION,
                release=release_of(year),
                value=None if gap else 100 * number / cohort,
                number=None if gap else number,
                cohort=None if gap else cohort,
                reason=gap,
            )
        return found

    def gains(self, numbers: Ints) -> list[Gain | NoGain]:
        """Return the gain of each mentee, from its base to its latest year."""
        return [
            gain(
                self.series(each.school, numbers),
                exam_years(each.joined).base,
                YEARS[-1],
            )
            for each in self.mentees
        ]


def plan_world(settings: WorldSettings) -> Plan:
    """Return who joins and everybody's luck: all but the effect."""
    draws = draw(settings)
    pupils = pupils_of(draws.cohort, stream(settings, 7))
    early = before_picking(settings)
    eligible = {year: entitled(draws, early, year) for year in WAVES}
    bare = Plan(
        settings=settings,
        draws=draws,
        irregular=early,
        eligible=eligible,
        joined=(),
        pupils=pupils,
        logit=draws.logit,
        logit_gcse=draws.logit,
        lift=np.zeros_like(draws.logit),
        open_pupils=draws.cohort,
    )
    first = _pick(bare, 0, not_these=early.schools)
    bare = replace(bare, logit=_with_equivalents(bare, (first,)))
    second = _pick(bare, 1, not_these={*early.schools, *first.tolist()})
    return _with_members(bare, (first, second))


def _pick(plan: Plan, place: int, not_these: set[int] | frozenset[int]) -> Ints:
    """Return the mentees of a wave, by their results as they are with no effect.

    No effect, because otherwise who joins second would move with what is solved.
    """
    size = plan.settings.mentees
    early = first_wave(size)
    year = WAVES[place]
    pool = {int(each) for each in plan.eligible[year].eligible} - not_these
    return wave(
        pool, _percent(plan, year), plan.draws.pick[place], (early, size - early)[place]
    )


def _percent(plan: Plan, year: int) -> Floats:
    row = YEARS.index(year)
    percent: Floats = 100 * plan.numbers(0)[row] / plan.draws.cohort[row]
    return percent


def _with_members(plan: Plan, waves: tuple[Ints, Ints]) -> Plan:
    """Return the plan with its members, equivalents, lift and irregular schools."""
    settings, mentees = plan.settings, {*np.concatenate(waves).tolist()}
    taken = plan.irregular.schools | mentees
    helpers = mentors(plan.draws, _percent(plan, WAVES[0]), settings.mentors, taken)
    taken |= {*helpers.tolist()}
    others = np.array(sorted({*range(settings.schools)} - taken))
    irregular = plan.irregular.and_also(after_picking(settings, waves, others))
    open_pupils = plan.draws.cohort.copy()
    for school in irregular.closed:
        for row, year in enumerate(YEARS):
            open_pupils[row, school] *= irregular.has_results(school, year)
    for (school, year), few in irregular.small.items():
        open_pupils[YEARS.index(year), school] = few
    return _aimed(
        replace(
            plan,
            irregular=irregular,
            joined=memberships(settings, waves, helpers, irregular),
            pupils=_with_small_cohorts(plan.pupils, irregular),
            logit=_with_equivalents(plan, waves),
            lift=_lift(plan.draws, waves),
            open_pupils=open_pupils,
        )
    )


def _aimed(plan: Plan) -> Plan:
    """Return the plan aimed so that all pupils together give England's line.

    What they give by luck is a tenth of a point off, which would show where England
    is worked out from counts; it hardly depends on the effect.
    """
    gcse = _off(plan, plan.numbers_gcse(0), p.ENGLAND_GCSE_ONLY)
    headline = _off(plan, plan.numbers(0), p.ENGLAND_5AC)
    return replace(plan, aim=headline, aim_gcse=gcse)


def _off(plan: Plan, numbers: Ints, line: tuple[float, ...]) -> tuple[float, ...]:
    """Return `line` less what the pupils of open schools are above it."""
    reached = (numbers * (plan.open_pupils > 0)).sum(axis=1)
    given = 100 * reached / plan.open_pupils.sum(axis=1)
    return tuple((2 * np.array(line) - given).tolist())


def _with_equivalents(plan: Plan, waves: tuple[Ints, ...]) -> Floats:
    """Return the logits with the rise of schools that turned to equivalents.

    A school of a quarter turns with one chance whether it joins or not, in one of the
    two years after the first base; joining adds the difference between the shares, in
    one of the two years after the wave's own base. Equal shares leave no difference.
    """
    shares, draws = plan.settings.equivalents, plan.draws
    in_quarter = np.zeros(draws.fsm_percent.size, dtype=bool)
    for each in plan.eligible.values():
        in_quarter[list(map(int, each.eligible))] = True
    usual = np.where(in_quarter, shares.rest_of_quarter, shares.others)
    start = np.where(
        draws.equivalents_luck < usual, WAVES[0] + draws.equivalents_wait, NEVER
    )
    for autumn, schools in zip(WAVES, waves, strict=False):
        luck = draws.equivalents_luck[schools]
        is_more = (luck >= usual[schools]) & (luck < shares.programme)
        own = autumn + draws.equivalents_wait[schools]
        start[schools] = np.where(is_more, own, start[schools])
    turned = np.array(YEARS)[:, None] >= start
    logit: Floats = draws.logit + p.EQUIVALENTS_RISE * turned
    return logit


def _lift(draws: Draws, waves: tuple[Ints, Ints]) -> Floats:
    """Return what an effect of one point a year adds by year and school, in points."""
    lift = np.zeros_like(draws.logit)
    so_far = np.cumsum(p.EFFECT_BY_YEAR)
    for autumn, schools in zip(WAVES, waves, strict=True):
        for row, year in enumerate(YEARS):
            if year > autumn:
                lift[row, schools] = draws.response[schools] * so_far[year - autumn - 1]
    return lift


def _with_small_cohorts(pupils: Pupils, irregular: Irregularities) -> Pupils:
    """Return the pupils with all but the few of a small cohort never reaching."""
    luck = pupils.luck.copy()
    ends = np.cumsum(pupils.cohort.ravel())
    for (school, year), few in irregular.small.items():
        row = YEARS.index(year)
        end = int(ends[row * pupils.cohort.shape[1] + school])
        luck[end - int(pupils.cohort[row, school]) + few : end] = np.inf
    return replace(pupils, luck=luck)
