"""A map of England with dots for schools.

The outline is in england.json, which says where it comes from, its licence and how it
was made. Places are on the Ordnance Survey grid (OSGB36), in metres.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

from results.charts.style import AXIS, LOOKS, MUTED, PAPER, SHADE
from results.charts.svg import document, number, path

CREDIT = (
    "Outline of England: made with Natural Earth, public domain "
    "(naturalearthdata.com), simplified to 500 metres."
)
WEST, SOUTH, EAST, NORTH = 80_000, 0, 660_000, 662_000
"""The edges of the map, in metres; England lies within them."""

WIDTH = 460.0
_METRES = (EAST - WEST) / WIDTH
HEIGHT = (NORTH - SOUTH) / _METRES
_FONT = 14.0
_SIZE = 4.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of school is drawn: colour and shape, so never by colour alone."""

    kind: str
    name: str
    css: str
    colour: str
    shape: str


MARKS = (
    Mark("gained", "Mentee that gained", "programme", LOOKS["programme"].colour, "dot"),
    Mark(
        "not_gained", "Mentee that did not gain", "similar", LOOKS["similar"].colour,
        "triangle",
    ),
    Mark("no_gain", "Mentee without a gain yet", "plain", MUTED, "cross"),
    Mark("mentor", "Mentor", "england", LOOKS["england"].colour, "diamond"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crowd:
    """A square of the grid by its middle, in metres, and how many schools it holds."""

    easting: float
    northing: float
    n_schools: int


def is_on_map(easting: int | None, northing: int | None) -> bool:
    """Return whether a place is known and lies within the edges of the map."""
    if easting is None or northing is None:
        return False
    return WEST < easting < EAST and SOUTH < northing < NORTH


def crowds_of(places: Sequence[tuple[int, int]], side: int = 20_000) -> list[Crowd]:
    """Return `places` counted in squares of `side` metres, those that hold any."""
    counts: dict[tuple[int, int], int] = {}
    for easting, northing in places:
        square = easting // side, northing // side
        counts[square] = counts.get(square, 0) + 1
    return [
        Crowd((east + 0.5) * side, (north + 0.5) * side, counts[east, north])
        for east, north in sorted(counts)
    ]


@cache
def rings() -> Sequence[Sequence[tuple[int, int]]]:
    """Return the coast and borders of each piece of land, in metres."""
    held: dict[str, Any] = json.loads(
        Path(__file__).with_name("england.json").read_text(encoding="utf-8")
    )
    return [
        [(100 * east, 100 * north) for east, north in ring] for ring in held["rings"]
    ]


@cache
def outline() -> str:
    """Return England as path data in the units of the picture."""
    return "".join(
        path([_at(*place) for place in ring], closed=True) for ring in rings()
    )


@cache
def _edges() -> Mapping[int, Sequence[tuple[int, int, int, int]]]:
    """Return the outline's edges by each kilometre of northing that they touch."""
    found: dict[int, list[tuple[int, int, int, int]]] = {}
    for ring in rings():
        for (east, north), (east_2, north_2) in zip(
            ring, [*ring[1:], ring[0]], strict=True
        ):
            low, high = sorted((north, north_2))
            for row in range(low // 1000, high // 1000 + 1):
                found.setdefault(row, []).append((east, north, east_2, north_2))
    return found


def is_in_england(easting: int, northing: int) -> bool:
    """Return whether a place lies inside the outline: an odd number of edges east."""
    crossed = 0
    for east, north, east_2, north_2 in _edges().get(northing // 1000, ()):
        if (north > northing) != (north_2 > northing):
            share = (northing - north) / (north_2 - north)
            crossed += east + share * (east_2 - east) > easting
    return crossed % 2 == 1


def _at(easting: float, northing: float) -> tuple[float, float]:
    """Return where a place is drawn."""
    return (easting - WEST) / _METRES, (NORTH - northing) / _METRES


def england_map(
    places: Mapping[str, Sequence[tuple[int, int]]],
    crowds: Sequence[Crowd] = (),
    *,
    title: str,
    description: str,
    chart_id: str,
) -> str:
    """Return England with a mark for each place of each kind, as SVG text.

    `places` maps a kind of `MARKS` to eastings and northings within the edges. With
    `crowds` a circle stands for the schools of a square instead, its area their number.
    """
    land = (
        f'<path class="chart-land" d="{outline()}" fill="{SHADE}"'
        f' stroke="{AXIS}" stroke-width="1"/>'
    )
    shown = [mark for mark in MARKS if places.get(mark.kind)]
    if crowds:
        body, foot = _crowds(crowds), HEIGHT
    else:
        # The many first, the few on top of them.
        ordered = sorted(shown, key=lambda mark: -len(places[mark.kind]))
        body = "".join(
            _marks(mark, [_at(*place) for place in places[mark.kind]])
            for mark in ordered
        )
        foot = HEIGHT
    return document(
        width=WIDTH,
        height=foot,
        css="chart-svg chart-map",
        ids=chart_id,
        title=title,
        description=description,
        font_size=_FONT,
        body=land + body,
    )


def _marks(mark: Mark, places: Sequence[tuple[float, float]]) -> str:
    """Return all marks of a kind as one path: it weighs a tenth of single shapes."""
    shapes = {
        "dot": f"m-{_SIZE} 0a{_SIZE} {_SIZE} 0 1 0 {2 * _SIZE} 0"
        f"a{_SIZE} {_SIZE} 0 1 0 -{2 * _SIZE} 0z",
        "triangle": "m0 4.5l5 -8.5h-10z",
        "diamond": "m0 -5.5l4.6 5.5l-4.6 5.5l-4.6 -5.5z",
        "cross": "m-4 -4l8 8m0 -8l-8 8",
    }
    data = "".join(f"M{number(x)} {number(y)}{shapes[mark.shape]}" for x, y in places)
    if mark.shape == "cross":
        return (
            f'<path class="chart-line chart-{mark.css}" d="{data}" fill="none"'
            f' stroke="{mark.colour}" stroke-width="2"/>'
        )
    return (
        f'<path class="chart-marker chart-placed chart-{mark.css}" d="{data}"'
        f' fill="{mark.colour}" stroke="{PAPER}" stroke-width="1"/>'
    )


def legend(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return each kind of mark that is on the map as SVG text, and its words."""
    return [
        (
            '<svg class="chart-key" viewBox="0 0 14 14" aria-hidden="true">'
            f"{_marks(mark, [(7, 7)])}</svg>",
            f"{mark.name} ({counts[mark.kind]:,})",
        )
        for mark in MARKS
        if counts.get(mark.kind)
    ]


def _crowds(crowds: Sequence[Crowd]) -> str:
    """Return a circle for each square; the largest just fills its square."""
    most = max(each.n_schools for each in crowds)
    largest = 10_000 / _METRES
    circles = []
    for each in sorted(crowds, key=lambda one: -one.n_schools):
        x, y = _at(each.easting, each.northing)
        radius = max(largest * sqrt(each.n_schools / most), 1.5)
        circles.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}">'
            f"<title>{each.n_schools:,}</title></circle>"
        )
    colour = LOOKS["programme"].colour
    return (
        f'<g class="chart-marker chart-programme" fill="{colour}">'
        f"{''.join(circles)}</g>"
    )
