"""England's outline, and schools on it."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from results.charts import england
from results.charts.england import (
    Crowd,
    crowds_of,
    england_map,
    is_in_england,
    is_on_map,
    legend,
    rings,
)

WORDS: dict[str, Any] = {
    "title": "Schools",
    "description": "On a map.",
    "chart_id": "map",
}
HELD = Path(england.__file__).with_name("england.json")

# Well-known places on the Ordnance Survey grid, to the nearest kilometre.
INSIDE = {
    "Trafalgar Square": (530_000, 180_000),
    "Newcastle": (425_000, 564_000),
    "Carlisle": (340_000, 556_000),
    "Hereford": (351_000, 240_000),
    "Truro": (182_000, 45_000),
    "Newport, Isle of Wight": (450_000, 89_000),
    "Norwich": (623_000, 308_000),
}
OUTSIDE = {
    "Cardiff": (318_000, 176_000),
    "Wrexham": (333_000, 350_000),
    "Edinburgh": (325_000, 673_000),
    "Gretna": (331_000, 568_000),
    "the North Sea": (600_000, 450_000),
    "the Channel": (450_000, 50_000),
    "Calais": (655_000, 125_000),
}


@pytest.mark.parametrize("name", INSIDE)
def test_english_places_are_inside(name: str) -> None:
    assert is_in_england(*INSIDE[name])


@pytest.mark.parametrize("name", OUTSIDE)
def test_other_places_are_outside(name: str) -> None:
    assert not is_in_england(*OUTSIDE[name])


@pytest.mark.parametrize(
    "cape",
    [
        pytest.param((134_200, 25_000), id="Land's End"),
        pytest.param((655_500, 293_800), id="Lowestoft Ness"),
        pytest.param((525_400, 472_000), id="Flamborough Head"),
        pytest.param((633_700, 142_300), id="South Foreland, by Dover"),
    ],
)
def test_the_coast_is_where_it_is(cape: tuple[int, int]) -> None:
    """Natural Earth draws at 1:10m, so a cape may lie two kilometres off."""
    nearest = min(math.dist(place, cape) for ring in rings() for place in ring)
    assert nearest < 2_500


def test_the_outline_is_as_large_as_england() -> None:
    # 130,279 square kilometres, by the shoelace formula over all rings.
    total = sum(
        abs(
            sum(
                (x * y2 - x2 * y) / 2
                for (x, y), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
            )
        )
        for ring in rings()
    )
    assert total / 1e6 == pytest.approx(130_279, rel=0.01)


def test_the_outline_is_small_and_says_its_licence() -> None:
    assert HELD.stat().st_size < 40_000
    held = json.loads(HELD.read_text(encoding="utf-8"))
    assert "public domain" in held["licence"]
    assert "Natural Earth" in held["about"]
    assert "Natural Earth" in england.CREDIT


def test_a_place_is_on_the_map_only_if_known_and_near() -> None:
    assert is_on_map(530_000, 180_000)
    assert not is_on_map(None, 180_000)
    assert not is_on_map(530_000, None)
    assert not is_on_map(0, 0)
    assert not is_on_map(325_000, 900_000)


def test_each_kind_has_a_shape_of_its_own() -> None:
    place = [(400_000, 300_000)]
    kinds = ("gained", "not_gained", "no_gain", "mentor")
    paths = [
        re.findall(
            r'<path class="chart-(?:marker|line)[^"]*" d="M[\d.]+ [\d.]+([^"]+)"',
            england_map({kind: place}, **WORDS),
        )[0]
        for kind in kinds
    ]
    assert len(set(paths)) == 4


def test_north_is_up_and_east_is_right() -> None:
    def drawn(place: tuple[int, int]) -> tuple[float, float]:
        picture = england_map({"mentor": [place]}, **WORDS)
        ((x, y),) = re.findall(r'chart-england" d="M([\d.]+) ([\d.]+)m', picture)
        return float(x), float(y)

    durham, norwich = drawn((427_000, 542_000)), drawn((623_000, 308_000))
    assert durham[0] < norwich[0]
    assert durham[1] < norwich[1]


def test_the_legend_counts_the_kinds_there_are() -> None:
    words = [said for _mark, said in legend({"gained": 1200, "mentor": 3})]
    assert words == ["Mentee that gained (1,200)", "Mentor (3)"]


def test_crowds_count_the_schools_of_a_square() -> None:
    # Squares of 20 km: 400 to 420 and 300 to 320 hold the first two.
    places = [(400_000, 300_000), (419_999, 319_999), (420_000, 300_000)]
    assert crowds_of(places) == [
        Crowd(410_000, 310_000, 2),
        Crowd(430_000, 310_000, 1),
    ]


def test_a_crowd_of_four_has_twice_the_radius_of_one() -> None:
    picture = england_map(
        {}, [Crowd(410_000, 310_000, 4), Crowd(450_000, 310_000, 1)], **WORDS
    )
    large, small = (float(one) for one in re.findall(r' r="([\d.]+)"', picture))
    assert large == pytest.approx(2 * small, abs=0.1)
