"""The demonstration's staff who give days, what schools need and what they offer.

All names are put together from invented parts.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from mentoring.demo.draws import stream
from mentoring.demo.help import members
from mentoring.demo.parameters import WorldSettings
from mentoring.models import (
    Area,
    Membership,
    Need,
    Offer,
    Pairing,
    StaffMember,
)

STAFF_STREAM = 41
AT_MENTORS, AT_MENTEES = (10, 12), (3, 4)
"""Fewest and most people of a school who give days; mentors had 10 to 12."""

GIVERS, DAYS_EACH = 4, 13
"""People who give an area, and days a year that a mentor offers for each of its staff.
"""

FIRST = (
    *("Aleda", "Brannoc", "Corvina", "Dorrit", "Eskel", "Fenella", "Gawain", "Hesper"),
    *("Ivo", "Jessamy", "Kester", "Lowenna", "Merrin", "Nerys", "Osric", "Perran"),
)
LAST = (
    *("Ambervale", "Brookendrell", "Carraway-Lynd", "Dunmarrow", "Elverstone"),
    *("Farrowick", "Grensholt", "Harkendale", "Inglebrae", "Jorrendyke"),
    *("Kelverton", "Larkenspur", "Morrowby", "Nettlestrand", "Ormsdyke", "Pellowick"),
)
POSTS = (
    *("Head of mathematics", "Head of English", "Head of science", "Deputy head"),
    *("Data manager", "Head of year 11", "Advanced skills teacher", "Head of ICT"),
    *("Curriculum manager", "Head of languages", "SENCO", "Head of vocational studies"),
)


def add_staff(settings: WorldSettings) -> dict[int, list[int]]:
    """Write the people of every school that joined; return their keys by school."""
    chance = stream(settings, STAFF_STREAM)
    rows = [
        *_staff(
            sorted({each.school for each in members("mentor")}), AT_MENTORS, chance
        ),
        *_staff(
            sorted({each.school for each in members("mentee")}), AT_MENTEES, chance
        ),
    ]
    found: dict[int, list[int]] = {}
    for person in StaffMember.objects.bulk_create(rows):
        found.setdefault(person.school_id, []).append(person.pk)
    return found


def _staff(
    schools: Sequence[int], size: tuple[int, int], chance: np.random.Generator
) -> Iterator[StaffMember]:
    """Yield the people of these schools, no two of one school alike."""
    for school in schools:
        count = int(chance.integers(size[0], size[1] + 1))
        names = chance.choice(len(FIRST) * len(LAST), size=count, replace=False)
        for place, name in enumerate(names.tolist()):
            first, last = FIRST[name % len(FIRST)], LAST[name // len(FIRST)]
            post = POSTS[place % len(POSTS)]
            yield StaffMember(school_id=school, name=f"{first} {last}", post=post)


def add_offers(settings: WorldSettings, staff: dict[int, list[int]]) -> None:
    """Write what every mentee needs, and what every mentor offers by whom."""
    chance = stream(settings, STAFF_STREAM + 3)
    areas = list(Area.objects.special().as_listed().values_list("pk", flat=True))
    needs = []
    for each in members("mentee"):
        wanted = chance.permutation(areas)[: int(chance.integers(1, 4))]
        needs += [
            Need(mentee_id=each.pk, area_id=int(area), priority=place)
            for place, area in enumerate(wanted, 1)
        ]
    Need.objects.bulk_create(needs)
    special = Pairing.objects.filter(area__is_lead=False)
    helped: dict[int, set[int]] = {}
    for mentor, area in special.values_list("mentor", "area"):
        helped.setdefault(mentor, set()).add(area)
    offers = []
    givers = []
    mentors = Membership.objects.in_bulk([each.pk for each in members("mentor")])
    for each in members("mentor"):
        mentors[each.pk].days_a_year = DAYS_EACH * len(staff[each.school])
        # It offers what it helps in, and some more.
        held = sorted(helped.get(each.pk, ()))
        others = [area for area in chance.permutation(areas) if area not in held]
        able = [*held, *others][: max(len(held), int(chance.integers(3, 6)))]
        for place, area in enumerate(able):
            strength = Offer.Strength.LEADS if place < 2 else Offer.Strength.SUPPORTS  # noqa: PLR2004 -- leads in two
            offers.append(
                Offer(mentor_id=each.pk, area_id=int(area), strength=strength)
            )
            givers.append(chance.permutation(staff[each.school])[:GIVERS].tolist())
    Membership.objects.bulk_update(mentors.values(), ["days_a_year"])
    through = Offer.staff.through
    through.objects.bulk_create(
        through(offer_id=offer.pk, staffmember_id=person)
        for offer, people in zip(Offer.objects.bulk_create(offers), givers, strict=True)
        for person in people
    )
