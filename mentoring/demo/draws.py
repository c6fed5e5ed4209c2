"""Everything the world leaves to chance, drawn once from its seed.

Nothing here depends on the programme's effect, so that solving for the effect moves
the results of mentees and nothing else. Arrays are (schools,) or (years, schools).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.demo import parameters as p
from mentoring.demo.parameters import VALUE_ADDED_YEARS, YEARS, WorldSettings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draws:
    """One school's luck in all things.

    `logit` is the logit of the share of pupils but for England's level, equivalents
    and the programme. `value_added` is by `VALUE_ADDED_YEARS`. `equivalents_luck` (0
    to 1) below a group's share means that the school turns to equivalents,
    `equivalents_wait` (1 or 2) how many years after the base. `response` multiplies
    the programme's effect; `pick` (0 to 1) is the luck in being asked, by wave: one
    for both would ask second those whom good results kept out of the first.
    """

    cohort: Ints
    fsm_percent: Floats
    logit: Floats
    value_added: Floats
    equivalents_luck: Floats
    equivalents_wait: Ints
    response: Floats
    pick: Floats


def stream(settings: WorldSettings, number: int) -> np.random.Generator:
    """Return a random stream of its own, so that one use never shifts another."""
    return np.random.default_rng([settings.seed, number])


def draw(settings: WorldSettings) -> Draws:
    """Return the draws of a world."""
    size, chance = settings.schools, stream(settings, 0)
    intake, quality = chance.standard_normal(size), chance.standard_normal(size)
    fortune = _fortunes(chance, size)
    yearly = chance.normal(0, p.YEARLY_SD, (len(YEARS), size))
    meals = p.FSM_LEVEL + p.FSM_INTAKE * intake
    meals -= p.FSM_NOISE * chance.standard_normal(size)
    between = p.INTAKE_SPREAD * intake + p.QUALITY_SPREAD * quality
    spread = p.COMPRESSION ** (np.array(YEARS) - p.CENTRE)
    return Draws(
        cohort=_cohorts(stream(settings, 1), size),
        fsm_percent=100 / (1 + np.exp(meals)),
        logit=spread[:, None] * between + fortune + yearly,
        value_added=_value_added(stream(settings, 2), intake, quality, fortune),
        equivalents_luck=stream(settings, 3).random(size),
        equivalents_wait=stream(settings, 4).integers(1, 3, size),
        response=stream(settings, 5)
        .normal(1, p.RESPONSE_SD, size)
        .clip(*p.RESPONSE_RANGE),
        pick=stream(settings, 6).random((len(p.WAVES), size)),
    )


def _fortunes(chance: np.random.Generator, size: int) -> Floats:
    """Return good and bad spells, u_t = 0.5 u_(t-1) + noise, by year."""
    steps = chance.normal(0, p.FORTUNE_SD, (len(YEARS), size))
    fresh = np.sqrt(1 - p.FORTUNE_MEMORY**2)
    fortune = [steps[0]]
    for step in steps[1:]:
        fortune.append(p.FORTUNE_MEMORY * fortune[-1] + fresh * step)
    return np.array(fortune)


def _cohorts(chance: np.random.Generator, size: int) -> Ints:
    usual = np.exp(chance.normal(np.log(p.COHORT_MEDIAN), p.COHORT_LOG_SD, size))
    usual = usual.clip(*p.COHORT_RANGE)
    yearly = np.exp(chance.normal(0, p.COHORT_YEARLY_LOG_SD, (len(YEARS), size)))
    cohort: Ints = np.rint(usual * yearly).astype(np.int64)
    return np.maximum(cohort, p.COHORT_MINIMUM)


def _value_added(
    chance: np.random.Generator, intake: Floats, quality: Floats, fortune: Floats
) -> Floats:
    """Return value added by year, rounded to one decimal as it was published."""
    years = [YEARS.index(year) for year in VALUE_ADDED_YEARS]
    noise = chance.normal(0, p.VALUE_ADDED_NOISE_SD, (len(years), intake.size))
    lasting = p.QUALITY_SPREAD * quality + p.VALUE_ADDED_INTAKE * intake
    score = 1000 + p.VALUE_ADDED_SCALE * (lasting + fortune[years] + noise)
    return np.round(score, 1)
