"""Who is entitled to join, who does, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from mentoring.demo import parameters as p
from mentoring.demo.draws import Draws, Floats, Ints, stream
from mentoring.demo.irregular import VALUE_ADDED, Irregularities
from mentoring.demo.parameters import VALUE_ADDED_YEARS, WAVES, YEARS, WorldSettings
from results.figures.quarter import Candidate, Eligibility, eligibility

LAST_JOINING_DAY = 110
"""Days after 1 September, so that schools join until the week before Christmas."""

LEAVING_REASONS = (
    "A new head chose another kind of support.",
    "The school asked for a rest after the inspection.",
    "The school joined a federation that supports it.",
    "Staff changes left nobody to work with the mentor.",
)


@dataclass(frozen=True, slots=True)
class Joined:
    """A school's time in the programme; `left` is its last day, with the reason."""

    school: int
    role: Literal["mentee", "mentor"]
    joined: date
    left: date | None = None
    reason: str = ""


def entitled(draws: Draws, irregular: Irregularities, year: int) -> Eligibility:
    """Return the bottom quarter by value added of `year`, schools numbered from 0."""
    values = draws.value_added[VALUE_ADDED_YEARS.index(year)].tolist()
    cohorts = draws.cohort[YEARS.index(year)].tolist()
    return eligibility(
        [
            Candidate(
                id=school,
                value=None if (school, year, VALUE_ADDED) in irregular.gaps else value,
                cohort=irregular.small.get((school, year), cohort),
                type_group="maintained",
            )
            for school, (value, cohort) in enumerate(zip(values, cohorts, strict=True))
        ]
    )


def wave(pool: Collection[int], percent: Floats, luck: Floats, size: int) -> Ints:
    """Return `size` schools of `pool`, low ones in `percent` likelier.

    Weight 1 / (1 + exp((percent - 45) / 8)), drawn without replacement by the largest
    log(luck) / weight. Source: Efraimidis and Spirakis 2006.
    """
    schools = np.array(sorted(pool))
    weight = 1 / (1 + np.exp((percent[schools] - p.PICK_CENTRE) / p.PICK_SCALE))
    order = np.argsort(-np.log(luck[schools]) / weight, kind="stable")
    chosen: Ints = np.sort(schools[order[:size]])
    return chosen


def mentors(
    draws: Draws, percent: Floats, size: int, not_these: Collection[int]
) -> Ints:
    """Return `size` schools doing well: top quarter by value added, results high."""
    score = draws.value_added[VALUE_ADDED_YEARS.index(WAVES[0])]
    is_good = (score >= np.quantile(score, 0.75)) & (percent >= p.MENTOR_MINIMUM_5AC)
    is_good[list(not_these)] = False
    pool = np.flatnonzero(is_good)
    chosen: Ints = np.sort(pool[np.argsort(draws.pick[0, pool], kind="stable")[:size]])
    return chosen


def first_wave(size: int) -> int:
    """Return how many of `size` schools join in the first autumn."""
    return round(size * p.FIRST_WAVE_SHARE)


def memberships(
    settings: WorldSettings,
    waves: tuple[Ints, Ints],
    helpers: Ints,
    irregular: Irregularities,
) -> tuple[Joined, ...]:
    """Return everybody's time in the programme, mentees first, by wave."""
    chance = stream(settings, 20)
    every = np.concatenate(waves)
    leavers = set(
        chance.permutation(
            [each for each in every.tolist() if each not in irregular.schools]
        )[: settings.irregular.leavers].tolist()
    )
    found = []
    for autumn, schools in zip(WAVES, waves, strict=True):
        for school in schools.tolist():
            day = _autumn_day(chance, autumn)
            left = irregular.closed.get(school)
            reason = "The school closed." if left else ""
            if school in leavers:
                left, reason = _leaving(chance, autumn)
            found.append(Joined(school, "mentee", day, left, reason))
    early = first_wave(helpers.size)
    for place, school in enumerate(chance.permutation(helpers).tolist()):
        day = _autumn_day(chance, WAVES[place >= early])
        found.append(Joined(school, "mentor", day))
    return tuple(found)


def _autumn_day(chance: np.random.Generator, year: int) -> date:
    """Return a working day from September to December."""
    day = date(year, 9, 1) + timedelta(days=int(chance.integers(LAST_JOINING_DAY)))
    weekend = max(0, day.isoweekday() - 5)
    return day + timedelta(days=(0, 2, 1)[weekend])


def _leaving(chance: np.random.Generator, joined: int) -> tuple[date, str]:
    """Return the last day, in the second or third year, and why."""
    day = date(joined + 1, 10, 1) + timedelta(days=int(chance.integers(600)))
    reason = LEAVING_REASONS[int(chance.integers(len(LEAVING_REASONS)))]
    return min(day, date(2006, 7, 21)), reason
