"""England without the programme's schools, over the same years."""

from collections import Counter
from collections.abc import Collection, Sequence
from statistics import fmean
from typing import Any

from mentoring.summary.held import Held
from mentoring.summary.mentees import Mentee
from results.figures.england import EnglandGain, rest_from_counts, rest_of_england
from results.figures.figure import Figure
from results.figures.gains import Gain, NoGain
from results.figures.programme import pooled_gain


def rest_facts(
    held: Held,
    mentees: Sequence[Mentee],
    gains: Sequence[Gain],
    england: EnglandGain | NoGain,
) -> dict[str, Any]:
    """Return the gain of England without programme schools over the same windows.

    From the counts of every school outside where all are held, else from England's
    gain and the programme's share of pupils.
    """
    inside = held.with_predecessors({each.school for each in mentees})
    windows = Counter((each.base.year, each.last.year) for each in gains)
    if counts_are_held(held):
        rises = []
        for (base, last), schools in windows.items():
            rise = rest_from_counts(
                outside(held, inside, base), outside(held, inside, last), last - base
            )
            if rise is not None:
                rises += [rise] * schools
        return {"per_year": fmean(rises), "how": "counts"} if rises else {}
    if isinstance(england, NoGain):
        return {}
    pooled = pooled_gain(gains)
    share = pupil_share(held, gains)
    if pooled is None or share is None:
        return {}
    rest = rest_of_england(england.per_year, pooled, share)
    return {"per_year": rest, "how": "share", "share": share}


def counts_are_held(held: Held) -> bool:
    """Return whether every value held comes with its number of pupils."""
    return all(
        figure.number is not None
        for series in held.schools.values()
        for figure in series.values()
        if figure.value is not None
    )


def pupil_share(held: Held, gains: Sequence[Gain]) -> float | None:
    """Return the counted schools' share of England's pupils in their base years.

    England's pupils are the published count, else the sum over every school held.
    """
    ours = sum(each.base.cohort or 0 for each in gains)
    schools = Counter(each.base.year for each in gains)
    total = 0.0
    for year, count in schools.items():
        known = held.pupils.get((gains[0].base.measure, year))
        everyone = known or sum(
            figure.cohort or 0 for _school, figure in held.figures_in(year)
        )
        total += everyone * count / len(gains)
    return ours / total if ours and total > ours else None


def outside(held: Held, inside: Collection[int], year: int) -> list[Figure]:
    """Return the figures of one year of every school that is not `inside`."""
    return [figure for school, figure in held.figures_in(year) if school not in inside]
