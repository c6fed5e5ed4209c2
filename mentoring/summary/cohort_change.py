"""How much schools outside the programme change by chance and otherwise: phi."""

from collections.abc import Collection
from dataclasses import dataclass, field

from mentoring.summary.held import Held
from results.figures.dispersion import phi_from_changes
from results.figures.intervals import (
    Counts,
    Interval,
    change_interval,
    counts_of,
)
from results.figures.spans import Gain


@dataclass(slots=True)
class Spread:
    """The variance of changes over the binomial, for each window once it is asked.

    Worked out from the schools that were never mentees, for one measure and pair of
    years; `outside` are their ids.
    """

    held: Held
    outside: Collection[int]
    known: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def phi(self, gain: Gain) -> float:
        """Return phi for the window of `gain`."""
        key = (gain.base.measure, gain.base.year, gain.last.year)
        if key not in self.known:
            self.known[key] = phi_from_changes(self._pairs(*key))
        return self.known[key]

    def interval(self, gain: Gain) -> Interval | None:
        """Return the likely range of a gain a year.

        None without both cohorts, and for a measure that is no share of pupils.
        """
        if gain.base.measure not in self.held.shares:
            return None
        base, last = counts_of(gain.base), counts_of(gain.last)
        if base is None or last is None:
            return None
        return change_interval(base, last, gain.years, self.phi(gain))

    def _pairs(self, measure: str, base: int, last: int) -> list[tuple[Counts, Counts]]:
        pairs = []
        for school in self.outside:
            if (school, last) in self.held.pooled:
                continue  # those that merged into it stand for themselves
            series = self.held.schools.get(school, {})
            ends = [series.get(base), series.get(last)]
            counts = [
                counts_of(each)
                for each in ends
                if each is not None and each.measure == measure
            ]
            if len(counts) == len(ends) and counts[0] and counts[1]:
                pairs.append((counts[0], counts[1]))
        return pairs
