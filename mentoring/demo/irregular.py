"""The schools that are no plain cases: closed, turned academy, small, hidden, missing.

Those that leave a gap in value added are chosen before anybody joins, because a
frozen list does not count them; the rest once it is known who joined.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from mentoring.demo.draws import Ints, stream
from mentoring.demo.merging import Merger, merging
from mentoring.demo.parameters import (
    VALUE_ADDED_YEARS,
    WAVES,
    WorldSettings,
)
from results.figures.figure import Missing

HEADLINE_MEASURE = "5AC"
GCSE_ONLY = "5AC_GCSE_only"
VALUE_ADDED = "VA"

Cell = tuple[int, int, str]
"""A school, a year and a measure."""

MARKERS = {
    Missing.SUPPRESSED: "SUPP",
    Missing.NO_ENTRIES: "NE",
    Missing.NOT_PUBLISHED: "NP",
    Missing.LOW_COVERAGE: "LOWCOV",
}
"""The publisher's own code for each reason, as the tables print it."""

LATEST = 2006


@dataclass(frozen=True, slots=True)
class Irregularities:
    """What happened where; schools are numbered from 0.

    `mergers` are of schools to which nothing else happened.
    `gaps` are cells without a value, `small` cohorts by (school, year), `closed` the
    last day of a school that closed, `academised` the day of becoming an academy.
    """

    gaps: Mapping[Cell, Missing] = field(default_factory=dict)
    small: Mapping[tuple[int, int], int] = field(default_factory=dict)
    closed: Mapping[int, date] = field(default_factory=dict)
    academised: Mapping[int, date] = field(default_factory=dict)
    mergers: tuple[Merger, ...] = ()

    @property
    def schools(self) -> frozenset[int]:
        """Return every school something happened to."""
        cells = {school for school, _, _ in self.gaps}
        merged = (school for each in self.mergers for school in each.schools)
        return frozenset(
            cells | {school for school, _ in self.small} | {*self.closed}
        ).union(self.academised, merged)

    def and_also(self, other: "Irregularities") -> "Irregularities":
        """Return both together."""
        return Irregularities(
            {**self.gaps, **other.gaps},
            {**self.small, **other.small},
            {**self.closed, **other.closed},
            {**self.academised, **other.academised},
            (*self.mergers, *other.mergers),
        )

    def has_results(self, school: int, year: int) -> bool:
        """Return whether the school still took the exams of `year`."""
        closed = self.closed.get(school)
        return closed is None or closed >= date(year, 6, 1)


def before_picking(settings: WorldSettings) -> Irregularities:
    """Return the schools that a list of 2003 or 2004 leaves out."""
    wanted, chance = settings.irregular, stream(settings, 10)
    count = wanted.small[1] + wanted.suppressed[1] + wanted.low_coverage
    schools = iter(chance.permutation(settings.schools)[:count].tolist())
    small = {(next(schools), WAVES[0]): _few(chance) for _ in range(wanted.small[1])}
    gaps: dict[Cell, Missing] = {}
    for _ in range(wanted.suppressed[1]):
        gaps |= _hidden(next(schools), (WAVES[0],))
    for place, school in enumerate(schools):
        year = VALUE_ADDED_YEARS[place % len(VALUE_ADDED_YEARS)]
        gaps[school, year, VALUE_ADDED] = Missing.LOW_COVERAGE
    return Irregularities(gaps, small)


def after_picking(
    settings: WorldSettings, waves: tuple[Ints, Ints], others: Ints
) -> Irregularities:
    """Return what happened among mentees, and elsewhere outside value added.

    `waves` are the mentees by wave and `others` the schools it may happen to besides.
    """
    wanted, chance = settings.irregular, stream(settings, 11)
    first, second = (iter(chance.permutation(wave).tolist()) for wave in waves)
    outside = iter(chance.permutation(others).tolist())
    days = ((first, date(2005, 8, 31)), (second, date(2005, 3, 31)))
    closed = {next(days[n % 2][0]): days[n % 2][1] for n in range(wanted.closed[0])}
    closed |= {next(outside): date(2004, 8, 31) for _ in range(wanted.closed[1])}
    academised = _academised(wanted.academised, first, outside)
    small = {(next(first), LATEST): _few(chance) for _ in range(wanted.small[0])}
    gaps: dict[Cell, Missing] = {}
    for place in range(wanted.suppressed[0]):
        years = ((LATEST - 1, LATEST), (LATEST,))[place % 2]
        gaps |= _hidden(next((second, first)[place % 2]), years)
    for _ in range(wanted.base_not_published):
        gaps[next(first), WAVES[0], HEADLINE_MEASURE] = Missing.NOT_PUBLISHED
    for _ in range(wanted.no_entries):
        gaps[next(outside), LATEST, GCSE_ONLY] = Missing.NO_ENTRIES
    mergers = merging(wanted, list(outside), settings.schools)
    return Irregularities(gaps, small, closed, academised, mergers)


def _academised(
    count: tuple[int, int], mentees: Iterator[int], outside: Iterator[int]
) -> dict[int, date]:
    """Return academies opening on 1 September, mentees from 2004, others from 2005."""
    days = {next(mentees): date(2004 + n % 2, 9, 1) for n in range(count[0])}
    return days | {next(outside): date(2005 + n % 2, 9, 1) for n in range(count[1])}


def _hidden(school: int, years: tuple[int, ...]) -> dict[Cell, Missing]:
    """Return every measure of the school in `years` as suppressed."""
    return {
        (school, year, code): Missing.SUPPRESSED
        for year in years
        for code in (HEADLINE_MEASURE, GCSE_ONLY, VALUE_ADDED)
        if code != VALUE_ADDED or year in VALUE_ADDED_YEARS
    }


def _few(chance: np.random.Generator) -> int:
    """Return a cohort from 6 to 10: shown, but left out of every mean."""
    return int(chance.integers(6, 11))
