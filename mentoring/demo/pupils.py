"""From a school's chances to whole pupils, and England's level that makes them fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring.demo.draws import Floats, Ints

STEPS = 45
"""Halvings of the range of logits, from 16 to below a billionth."""


@dataclass(frozen=True, slots=True)
class Pupils:
    """The luck of every pupil of every school and year, in one row.

    A pupil reaches the standard when the luck is below the school's chance, so each
    number is binomial, never falls when a chance rises, and a stricter standard is
    reached by some of the same pupils.
    """

    cohort: Ints
    luck: NDArray[np.float32]

    def reaching(self, chance: Floats) -> Ints:
        """Return the pupils who reach a standard; `chance` is (years, schools)."""
        each = np.repeat(chance.astype(np.float32).ravel(), self.cohort.ravel())
        starts = np.concatenate([[0], np.cumsum(self.cohort.ravel())[:-1]])
        reached = np.add.reduceat(self.luck < each, starts, dtype=np.int64)
        number: Ints = reached.reshape(self.cohort.shape)
        return number


def pupils_of(cohort: Ints, chance: np.random.Generator) -> Pupils:
    """Return the luck of all pupils of cohorts of at least one."""
    return Pupils(cohort, chance.random(int(cohort.sum()), dtype=np.float32))


def logistic(logit: Floats) -> Floats:
    """Return the chance, 0 to 1, of a logit."""
    share: Floats = 1 / (1 + np.exp(-logit))
    return share


def chances(logit: Floats, level: Floats, lift: Floats) -> Floats:
    """Return each school's chance by year, 0 to 1.

    `level` is England's, by year; `lift` what the programme adds, in percentage
    points.
    """
    return (logistic(logit + level[:, None]) + lift / 100).clip(0, 1)


def england_levels(
    logit: Floats, lift: Floats, pupils: Ints, england: tuple[float, ...]
) -> Floats:
    """Return the level of each year at which all pupils together give `england`.

    `england` is in per cent by year; `pupils` weighs the schools, 0 for a closed one.
    Found by halving: the pooled share rises with the level.
    """
    low, high = np.full(len(england), -8.0), np.full(len(england), 8.0)
    weight = pupils / pupils.sum(axis=1, keepdims=True)
    for _ in range(STEPS):
        middle = (low + high) / 2
        share = 100 * (chances(logit, middle, lift) * weight).sum(axis=1)
        too_low = share < np.array(england)
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    level: Floats = (low + high) / 2
    return level
