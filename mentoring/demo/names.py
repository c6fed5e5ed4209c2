"""Names that no place, school, authority or person bears.

Built from syllables with a seed of their own, so that every world has the same names
and one test can hold all of them against the real registers.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from results.charts.england import is_in_england

SEED = 2006

HEADS = (
    "Albrick", "Ambrel", "Arvel", "Astrel", "Bramel", "Brannick", "Caldrick", "Carvel",
    "Chessel", "Clavering", "Corvel", "Crandel", "Daldren", "Denvick", "Dorvel",
    "Eddrick", "Elstrel", "Enderel", "Farrick", "Fendrel", "Galdren", "Garvel",
    "Gosfrel", "Haldrick", "Harvel", "Hestrel", "Ickrel", "Instrel", "Jarrel",
    "Kelvrick", "Kestrel", "Landrick", "Larvel", "Lindrel", "Maldren", "Marvel",
    "Melbrick", "Mostrel", "Naldren", "Norvel", "Oldrick", "Orvel", "Oskrel",
    "Pandrick", "Parvel", "Pestrel", "Quandrel", "Quorvel", "Ravel", "Redvick",
    "Rostrel", "Saldren", "Sarvel", "Selbrick", "Stavel", "Tadrel", "Tarvel",
    "Thandrick", "Tostrel", "Uldren", "Umbrel", "Valdren", "Vestrick", "Waldrel",
    "Warvel", "Westrick", "Wendrel", "Yarvel", "Yeldrick", "Zendrel",
)  # fmt: skip
MIDDLES = ("", "ing", "er", "en")
ENDINGS = (
    "bourne", "bury", "combe", "dale", "den", "field", "ford", "ham", "hurst", "hythe",
    "ley", "mere", "stead", "stow", "thorpe", "well", "wick", "worth",
)  # fmt: skip

BEFORE = ("Upper", "Lower", "Great", "Little", "Old", "New", "East", "West", "South")

SCHOOL_KINDS = (
    "School", "High School", "Community College", "Community School",
    "Comprehensive School", "Technology College",
)  # fmt: skip
TYPES = ("Community school", "Foundation school", "Voluntary aided school")

TOWNS_EACH = 4
TRUST_NAME = "Quillavere Schools Trust"
OTHER_TRUSTS = (
    *("Ambrelgate", "Caldrickmoor", "Dorvelcross", "Fendrelbank"),
    *("Kelvrickgate", "Norvelmoor", "Thandrickbank"),
)
"""Words that begin the other trusts' names; place names that no place here has."""
TRUST_UID = 990001
"""Above every group number of the register of 2022, the highest 17,584."""

FIRST_URN = 900001
"""The register of England has none from 160,000 or of Wales from 410,000."""


@dataclass(frozen=True, slots=True)
class Region:
    """A real region, with schools and local authorities in proportion.

    `schools` and `authorities` are the counts of the register of 2018; `centre` the
    middle and `spread` the standard deviation of its schools, eastings and northings
    in metres, from the same.
    """

    name: str
    schools: int
    authorities: int
    centre: tuple[int, int]
    spread: tuple[int, int]


REGIONS = (
    Region("North East", 142, 12, (433000, 548000), (14000, 24000)),
    Region("North West", 448, 23, (362000, 410000), (22000, 37000)),
    Region("Yorkshire and the Humber", 296, 15, (447000, 427000), (34000, 27000)),
    Region("East Midlands", 270, 9, (466000, 331000), (30000, 36000)),
    Region("West Midlands", 368, 14, (400000, 293000), (23000, 25000)),
    Region("East of England", 354, 12, (561000, 239000), (42000, 43000)),
    Region("London", 459, 32, (531000, 180000), (11000, 9000)),
    Region("South East", 475, 19, (509000, 155000), (53000, 35000)),
    Region("South West", 303, 14, (335000, 130000), (72000, 56000)),
)


@dataclass(frozen=True, slots=True)
class Authority:
    """An invented local authority; codes below 201, where the real ones begin."""

    code: str
    name: str
    region: str
    towns: tuple[str, ...]
    centre: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a school is: nothing in it depends on its results."""

    urn: int
    name: str
    academy_name: str
    type_name: str
    authority: Authority
    number: str
    town: str
    postcode: str
    easting: int
    northing: int
    has_sixth_form: bool


def place_names() -> Iterator[str]:
    """Yield every place name there is, each once, in an order of chance.

    After the plain ones come those with a word before them.
    """
    names = [head + mid + end for head in HEADS for mid in MIDDLES for end in ENDINGS]
    random.Random(SEED).shuffle(names)  # noqa: S311 -- names, not secrets
    yield from names
    for word in BEFORE:
        yield from (f"{word} {name}" for name in names)


def authorities(places: Iterator[str]) -> list[Authority]:
    """Return 150 authorities with their towns, taking names from `places`."""
    chance = random.Random(SEED + 1)  # noqa: S311 -- same
    found: list[Authority] = []
    for region in REGIONS:
        for _ in range(region.authorities):
            place = next(places)
            form = chance.choice(("{}", "{}", "North {}", "City of {}", "{} and {}"))
            second = next(places) if form.count("{}") > 1 else ""
            found.append(
                Authority(
                    code=f"{len(found) + 1:03}",
                    name=form.format(place, second),
                    region=region.name,
                    towns=(place, *(next(places) for _ in range(TOWNS_EACH - 1))),
                    centre=_on_land(
                        _near(chance, region.centre, region.spread), region.centre
                    ),
                )
            )
    return found


def identities(count: int) -> list[Identity]:
    """Return `count` schools, spread over the regions as real ones are.

    There are names for a little over 50,000 schools; more raises StopIteration.
    """
    places = place_names()
    every = authorities(places)
    chance = random.Random(SEED + 2)  # noqa: S311 -- same
    by_region = {
        region.name: [each for each in every if each.region == region.name]
        for region in REGIONS
    }
    weights = [region.schools for region in REGIONS]
    found: list[Identity] = []
    numbers = Counter[str]()
    for _ in range(count):
        region = chance.choices(REGIONS, weights)[0]
        authority = chance.choice(by_region[region.name])
        numbers[authority.code] += 1
        number = f"{4000 + numbers[authority.code]}"
        urn = FIRST_URN + len(found)
        found.append(_identity(chance, urn, number, next(places), authority))
    return found


def _identity(
    chance: random.Random, urn: int, number: str, word: str, authority: Authority
) -> Identity:
    easting, northing = _on_land(
        _near(chance, authority.centre, (6000, 6000)), authority.centre
    )
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return Identity(
        urn=urn,
        name=f"{word} {chance.choice(SCHOOL_KINDS)}",
        academy_name=f"{word} Academy",
        type_name=chance.choice(TYPES),
        authority=authority,
        number=number,
        town=chance.choice(authority.towns),
        # No real postcode begins with Q.
        postcode=(
            f"Q{chance.choice(letters)}{chance.randint(1, 20)} "
            f"{chance.randint(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"
        ),
        easting=easting,
        northing=northing,
        has_sixth_form=chance.random() < 0.6,  # noqa: PLR2004 -- about the real share
    )


def _near(
    chance: random.Random, centre: tuple[int, int], spread: tuple[int, int]
) -> tuple[int, int]:
    """Return a place near `centre`, at most two standard deviations off each way."""
    east, north = (
        middle + round(max(-2.0, min(2.0, chance.gauss(0, 1))) * wide)
        for middle, wide in zip(centre, spread, strict=True)
    )
    return east, north


def _on_land(place: tuple[int, int], inland: tuple[int, int]) -> tuple[int, int]:
    """Return `place`, or where the way from it to `inland` first meets England."""
    for step in range(20):
        east, north = (
            round(far + (near - far) * step / 20)
            for far, near in zip(place, inland, strict=True)
        )
        if is_in_england(east, north):
            return east, north
    return inland
