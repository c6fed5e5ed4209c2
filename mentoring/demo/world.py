"""The demonstration world: made from a seed, solved for what the dashboard shows.

No page imports this package; numpy is used here alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mentoring.demo import parameters as p
from mentoring.demo.draws import Ints
from mentoring.demo.parameters import YEARS, WorldSettings
from mentoring.demo.plan import Plan, plan_world
from mentoring.demo.pupils import chances, england_levels
from results.figures.gains import Gain
from results.figures.programme import ProgrammeGain, programme_gain

LARGEST_EFFECT = 20.0
NEAR_ENOUGH = 0.002
"""Points a year by which the solved headline may miss."""


@dataclass(frozen=True, slots=True)
class World:
    """A finished world.

    `effect` is the solved effect a year of schools that respond as the mean.
    `displayed` is the headline as the dashboard shows it, and `true_effect` how much
    of its points a year the programme made, over the same schools and years.
    """

    plan: Plan
    effect: float
    true_effect: float
    displayed: ProgrammeGain
    numbers: Ints
    numbers_gcse: Ints


def build_world(settings: WorldSettings = p.HEADLINE) -> World:
    """Return the world of these settings; the same settings give the same world."""
    plan = plan_world(settings)
    effect = settings.effect
    if settings.displayed_gain is not None:
        effect = _solve(
            settings.displayed_gain,
            lambda effect: _displayed(plan, plan.numbers(effect)).per_year,
        )
    elif settings.true_effect is not None:
        effect = _solve(
            settings.true_effect,
            lambda effect: _true_effect(plan, effect, plan.numbers(effect)),
        )
    numbers = plan.numbers(effect)
    return World(
        plan=plan,
        effect=effect,
        true_effect=_true_effect(plan, effect, numbers),
        displayed=_displayed(plan, numbers),
        numbers=numbers,
        numbers_gcse=plan.numbers_gcse(effect),
    )


def _displayed(plan: Plan, numbers: Ints) -> ProgrammeGain:
    found = programme_gain(plan.gains(numbers))
    if isinstance(found, ProgrammeGain):
        return found
    raise ValueError("A world needs at least three mentees with a gain.")


def _solve(wanted: float, shown_at: Callable[[float], float]) -> float:
    """Return the effect at which `shown_at` gives `wanted`, found by halving.

    Raises ValueError when even the largest effect does not reach it.
    """
    low, high = -LARGEST_EFFECT, LARGEST_EFFECT
    while high - low > NEAR_ENOUGH / 10:
        middle = (low + high) / 2
        low, high = (middle, high) if shown_at(middle) < wanted else (low, middle)
    if high == LARGEST_EFFECT:
        raise ValueError(f"No effect shows a gain of {wanted} points a year.")
    return (low + high) / 2


def _true_effect(plan: Plan, effect: float, numbers: Ints) -> float:
    """Return the mean a year that the programme added, over the gains counted.

    England's level stays as it is: the question is what these schools would have
    shown without the programme, in the same England.
    """
    lift = effect * plan.lift
    level = england_levels(plan.logit, lift, plan.open_pupils, plan.aim)
    added = chances(plan.logit, level, lift) - chances(plan.logit, level, 0 * lift)
    counted = [
        100 * (added[YEARS.index(each.last.year), member.school]) / each.years
        for member, each in zip(plan.mentees, plan.gains(numbers), strict=True)
        if isinstance(each, Gain)
    ]
    return float(np.mean(counted))
