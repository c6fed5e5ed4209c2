"""A school's authority, region and England beside it, each row of like with like."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mentoring.models import Programme
from mentoring.summary.held import Held
from results.figures.figure import Figure
from results.figures.pooling import pooled_value
from results.figures.programme import MIN_SCHOOLS
from results.models import AreaFigure, NationalFigure, Result
from results.models.choices import Coverage
from schools.models import Establishment, School

STATE = frozenset(
    {
        Establishment.TypeGroup.MAINTAINED,
        Establishment.TypeGroup.ACADEMY,
        Establishment.TypeGroup.CTC,
    }
)
"""The kinds of school that an average worked out here counts: state mainstream."""

Place = tuple[str, str]
"""An authority's code or a region's name, after "authority" or "region"."""
ENGLAND: Place = ("england", "")
Key = tuple[str, int, str, str]
"""Measure, year, population and coverage."""
Said = tuple[float, int, str]
"""A published value, its release and its source."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Averages of every area, read and worked out once for all schools.

    `places` gives a school's authority code and region. `derived` holds value and
    number of schools by place and year, on the headline line; `published` value,
    release and source by measure, year, population and coverage, then by place.
    """

    places: Mapping[int, tuple[str, str]]
    derived: Mapping[tuple[Place, int], tuple[float, int]]
    published: Mapping[
        tuple[str, int, str, str], Mapping[Place, tuple[float, int, str]]
    ]

    def beside(self, school: int, figure: Figure) -> list[dict[str, Any]]:
        """Return the rows of averages beside one figure of a school; [] for none."""
        authority, region = self.places.get(school, ("", ""))
        places: list[Place] = [("authority", authority), ("region", region), ENGLAND]
        rows = []
        worked_out = [self.derived.get((place, figure.year)) for place in places]
        if any(worked_out[:2]):
            rows.append(
                {
                    "how": "derived",
                    "coverage": "",
                    "values": [each[0] if each else None for each in worked_out],
                    "schools": [each[1] if each else 0 for each in worked_out],
                    "releases": [],
                    "sources": [],
                }
            )
        for coverage in Coverage:
            key = (figure.measure, figure.year, figure.population, coverage.value)
            said = [self.published.get(key, {}).get(place) for place in places]
            if any(said[:2]):
                rows.append(
                    {
                        "how": "published",
                        "coverage": coverage.label,
                        "values": [each[0] if each else None for each in said],
                        "schools": [],
                        "releases": [each[1] if each else None for each in said],
                        "sources": list(
                            dict.fromkeys(each[2] for each in said if each)
                        ),
                    }
                )
        return rows


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def read_areas(programme: Programme, held: Held) -> Areas:
    """Return the averages beside every school of `held`."""
    places = {
        pk: (authority or "", region or "")
        for pk, authority, region in School.objects.values_list(
            "pk", "authority_id", "authority__region"
        )
    }
    return Areas(
        places=places,
        derived=_derived(held, places),
        published=_published(programme),
    )


def _derived(
    held: Held, places: Mapping[int, tuple[str, str]]
) -> dict[tuple[Place, int], tuple[float, int]]:
    """Return sums over the state mainstream schools held; none of under three."""
    kinds = _kinds()
    figures: dict[tuple[Place, int], list[Figure]] = defaultdict(list)
    for school, series in held.schools.items():
        authority, region = places.get(school, ("", ""))
        for year, figure in series.items():
            if figure.value is None or not figure.cohort:
                continue
            if (school, year) in held.pooled:
                continue
            if kinds.get(held.urns[school][year]) not in STATE:
                continue
            figures[ENGLAND, year].append(figure)
            if authority:
                figures[("authority", authority), year].append(figure)
            if region:
                figures[("region", region), year].append(figure)
    return {
        key: (value, len(found))
        for key, found in figures.items()
        if len(found) >= MIN_SCHOOLS and (value := pooled_value(found)) is not None
    }


def _kinds() -> dict[int, str]:
    """Return each URN's kind of school: as its results say, else the register."""
    kinds = dict(
        Establishment.objects.exclude(type_group="").values_list("urn", "type_group")
    )
    said = Result.objects.exclude(type_group="").order_by()
    kinds.update(said.values_list("establishment_id", "type_group").distinct())
    return kinds


def _published(programme: Programme) -> dict[Key, dict[Place, Said]]:
    """Return published averages; the strongest release of each stands."""
    found: dict[Key, dict[Place, Said]] = defaultdict(dict)
    areas = AreaFigure.objects.filter(population=programme.population)
    for each in areas.order_by("release"):
        place = (
            ("authority", each.authority_id)
            if each.authority_id
            else ("region", each.region)
        )
        key = (each.measure_id, each.year, each.population, each.coverage)
        found[key][place] = (each.value, each.release, each.source)
    national = NationalFigure.objects.filter(
        population=programme.population, basis=NationalFigure.Basis.PUBLISHED
    )
    for england in national.order_by("release"):
        key = (england.measure_id, england.year, england.population, england.coverage)
        if key in found:
            found[key][ENGLAND] = (england.value, england.release, england.source)
    return dict(found)
