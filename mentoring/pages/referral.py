"""Who a need may be handed on to: in which area, and who offers it and has room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.matching.candidates import Candidate, Order, fitting
from mentoring.models import Area, Pairing
from mentoring.pages.offers import gather

SUGGESTED = 5
"""Mentors that are named: those that lead in the area first, then the nearest."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Mentors that could take the need on in `area`, one of `areas`.

    There is no area, and so nobody, until one is chosen or follows from the pairing.
    """

    area: Area | None
    areas: Sequence[Area]
    mentors: Sequence[Candidate]


def referral_of(pairing: Pairing, asked: str, on: date) -> Referral:
    """Return the referral of `pairing` in the area whose key is `asked`.

    Without one it is the pairing's own; of a lead, which is not handed on, it is what
    the mentee needs most.
    """
    areas = list(Area.objects.in_use().special().as_listed())
    by_key = {str(area.pk): area for area in areas}
    area = by_key.get(asked) or by_key.get(str(pairing.area_id))
    if area is None:
        needs = pairing.mentee.needs.order_by("priority", "area__position")
        keys = map(str, needs.values_list("area", flat=True))
        area = next((by_key[key] for key in keys if key in by_key), None)
    return Referral(area, areas, _mentors(pairing, area, on) if area else ())


def _mentors(pairing: Pairing, area: Area, on: date) -> Sequence[Candidate]:
    """Return who offers the area, has room, and neither helps in it nor declined to."""
    gathered = gather(pairing.mentee, area, on)
    left_out = {pairing.mentor_id, *gathered.helping, *gathered.declined}
    others = [each for each in gathered.candidates if each.key not in left_out]
    found = fitting(others, needs_room=True, within=None, order=Order.STRONGEST)
    return found.fitting[:SUGGESTED]
