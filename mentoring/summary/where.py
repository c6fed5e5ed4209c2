"""Where schools are, of what kind, and in which trust, on one day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from schools.models import Establishment, Trust, TrustMembership
from schools.naming import readable


@dataclass(frozen=True, slots=True)
class Where:
    """A school's region, kind and academy trust, and its place on the national grid.

    Region and kind are empty where not known; `trust` is an id and its name, None for
    a school in no academy trust; the place is in metres, None where not known.
    """

    region: str
    type_group: str
    trust: tuple[int, str] | None
    easting: int | None
    northing: int | None


def where_of(schools: Collection[int], on: date) -> dict[int, Where]:
    """Return where each school is, by its current establishment and its trust on `on`.

    A school that is not in the register has an entry that knows nothing.
    """
    wanted = set(schools)
    trusts = {
        school: (pk, readable(name))
        for school, pk, name in TrustMembership.objects.live_on(on)
        .filter(trust__kind__in=Trust.ACADEMY)
        .order_by("pk")
        .values_list("school_id", "trust_id", "trust__name")
        if school in wanted
    }
    current = Establishment.objects.filter(urn=F("school__urn")).values_list(
        "school_id",
        "school__authority__region",
        "type_group",
        "easting",
        "northing",
    )
    found = {
        school: Where(region or "", kind, trusts.get(school), easting, northing)
        for school, region, kind, easting, northing in current
        if school in wanted
    }
    unknown = {
        school: Where("", "", trusts.get(school), None, None)
        for school in wanted - set(found)
    }
    return found | unknown
