"""The schools entitled to help that never joined: what comparable schools gained."""

from collections import Counter
from collections.abc import Collection, Sequence
from statistics import fmean
from typing import Any

from mentoring.models import EligibilityEntry
from mentoring.summary.held import Held
from mentoring.summary.mentees import Mentee
from results.figures.gains import Gain, gain

FEWEST = 30
"""Schools below which no comparison is made (evaluation of comparable schools)."""


def rest_of_quarter(
    held: Held, mentees: Sequence[Mentee], *, min_analyse: int
) -> dict[str, Any]:
    """Return the mean gain of the rest of each wave's bottom quarter, points a year.

    Each wave is held against the eligible schools of the list of its own base year
    that were never mentees, over the same years; waves are weighed by their counted
    schools. Empty where a wave has no frozen list or fewer than FEWEST such schools.
    """
    inside = {each.school for each in mentees}
    windows = Counter(
        (each.gain.base.year, each.gain.last.year)
        for each in mentees
        if isinstance(each.gain, Gain)
    )
    rises: list[float] = []
    weights: list[int] = []
    schools: set[int] = set()
    for (base, last), counted in windows.items():
        found = gains_of(
            held, eligible_in(base) - inside, base, last, min_analyse=min_analyse
        )
        if len(found) < FEWEST:
            if last == held.latest_year:
                return {}
            continue  # a school that closed early: too few others ended so
        rises.append(fmean(found.values()))
        weights.append(counted)
        schools |= found.keys()
    if not rises:
        return {}
    return {
        "per_year": fmean(rises, weights=weights),
        "n_schools": len(schools),
        "n_quarters": len({base for base, _ in windows}),
    }


def eligible_in(year: int) -> set[int]:
    """Return the ids of the schools that any list of `year` says are eligible."""
    entries = EligibilityEntry.objects.eligible().filter(list__year=year)
    return set(entries.values_list("school_id", flat=True))


def gains_of(
    held: Held, schools: Collection[int], base: int, last: int, *, min_analyse: int
) -> dict[int, float]:
    """Return the gain a year from `base` to `last` of each school that has both."""
    found = {}
    for school in schools:
        series = held.schools.get(school, {})
        rise = gain(series, base, last, held.breaks, min_analyse)
        if isinstance(rise, Gain) and not rise.is_latest_earlier:
            found[school] = rise.per_year
    return found
