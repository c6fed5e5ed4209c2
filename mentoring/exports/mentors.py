"""The board of mentors as a file. Its headers stay as they are."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from mentoring.exports.files import Cell
from mentoring.models import Membership
from mentoring.pages.mentors import load_of

HEADERS = (
    "urn",
    "name",
    "local_authority",
    "region",
    "state",
    "places",
    "mentees",
    "places_free",
    "days_a_year",
    "days_planned_a_year",
    "days_given_since_1_september",
    "days_left",
    "per_cent_of_days",
    "load",
)
DECIMALS = 1


def mentor_rows(rows: QuerySet[Membership, Any]) -> Iterator[Sequence[Cell]]:
    """Yield a row of HEADERS for each mentor, in their order. Days are whole or .5."""
    for each in rows.iterator(chunk_size=1000):
        load, authority = load_of(each), each.school.authority
        yield (
            each.school.urn,
            each.school.name,
            authority.name if authority else None,
            authority.region if authority else None,
            each.shown_state.lower(),
            each.places,
            each.places_taken,
            each.free,
            load.offered,
            load.planned,
            load.given,
            load.left,
            None if load.per_cent is None else round(load.per_cent, DECIMALS),
            load.overload.lower(),
        )
