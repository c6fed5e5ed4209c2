"""The joined headline line: one measure after another, and where they cannot join."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from results.figures.breaks import Break, touching
from results.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class Headline:
    """A measure and the years in which it is the headline, both included.

    `last` None means that it still is.
    """

    measure: str
    name: str
    first: int
    last: int | None

    def covers(self, year: int) -> bool:
        """Return whether it is the headline of `year`."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Seam:
    """A year that the line does not run into from the year before, and why.

    `year` is the first year of the new definition; `sentences` say what changed.
    """

    year: int
    sentences: tuple[str, ...]


def measure_of(headlines: Iterable[Headline], year: int) -> Headline | None:
    """Return the headline of `year`: the first that covers it, or None."""
    return next((each for each in headlines if each.covers(year)), None)


def seams(
    years: Sequence[int], headlines: Sequence[Headline], breaks: Sequence[Break]
) -> tuple[Seam, ...]:
    """Return where a line over `years` must not be joined, earliest first.

    A line stops where the headline becomes another measure, and at every break that
    refuses comparison with the year before. Empty when all years can be joined.
    """
    found = []
    for before, year in pairwise(years):
        old, new = measure_of(headlines, before), measure_of(headlines, year)
        if old is None or new is None:
            continue
        said = [
            each.sentence
            for each in touching(breaks, new.measure, before, year)
            if each.kind == "refuse"
        ]
        if old.measure != new.measure:
            said.insert(
                0,
                f"From {year} the headline is {new.name}; before, it was {old.name}.",
            )
        if said:
            found.append(Seam(year, tuple(dict.fromkeys(said))))
    return tuple(found)


def latest_run(
    series: Mapping[int, Figure], stops: Sequence[Seam], longest: int
) -> tuple[int, int] | None:
    """Return the first and last year of the latest stretch that can be compared.

    The stretch ends at the latest year with a value, crosses no seam, spans at most
    `longest` years and starts at a year with a value. None where no two years do.
    """
    years = sorted(year for year, each in series.items() if each.value is not None)
    if not years:
        return None
    last = years[-1]
    barrier = max((stop.year for stop in stops if stop.year <= last), default=0)
    first = min(year for year in years if year >= max(barrier, last - longest))
    return (first, last) if first < last else None
