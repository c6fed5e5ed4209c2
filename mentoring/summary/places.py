"""Where the programme's schools are, for its map."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mentoring.summary.mentees import Mentee
from mentoring.summary.where import Where
from results.charts.england import MARKS, crowds_of, is_on_map
from results.charts.swarm import MOST
from results.figures.gains import Gain

KINDS = tuple(mark.kind for mark in MARKS)
NOT_KNOWN = "Not known"


def kind_of(mentee: Mentee) -> str:
    """Return how a school that was helped is marked: gained, not, or no gain yet."""
    if not isinstance(mentee.gain, Gain):
        return "no_gain"
    return "gained" if mentee.gain.per_year > 0 else "not_gained"


def place_facts(
    mentees: Sequence[Mentee], mentors: Collection[int], where: Mapping[int, Where]
) -> dict[str, Any]:
    """Return the places of mentees, and of mentors that never were mentees.

    `points` gives easting and northing in hundreds of metres by kind of mark; above
    `MOST` places `crowds` counts them in squares instead. `regions` has a row for each
    region with the number of each kind, `no_place` how many are on no map.
    """
    kinds = {each.school: kind_of(each) for each in mentees}
    both = sum(school in kinds for school in mentors)
    kinds |= {school: "mentor" for school in mentors if school not in kinds}
    places: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    regions: dict[str, Counter[str]] = {}
    no_place = 0
    for school in sorted(kinds):
        at, kind = where[school], kinds[school]
        regions.setdefault(at.region or NOT_KNOWN, Counter())[kind] += 1
        if is_on_map(at.easting, at.northing):
            places[kind].append((at.easting or 0, at.northing or 0))
        else:
            no_place += 1
    facts: dict[str, Any] = {
        "total": len(kinds),
        "no_place": no_place,
        "both": both,
        "regions": [
            [region, *(regions[region][kind] for kind in KINDS)]
            for region in sorted(regions, key=lambda name: (name == NOT_KNOWN, name))
        ],
    }
    every = [place for kind in KINDS for place in places[kind]]
    if len(every) > MOST:
        crowds = [
            [round(each.easting), round(each.northing), each.n_schools]
            for each in crowds_of(every)
        ]
        return facts | {"points": {}, "crowds": crowds}
    points = {
        kind: [[round(east / 100), round(north / 100)] for east, north in places[kind]]
        for kind in KINDS
    }
    return facts | {"points": points, "crowds": []}
