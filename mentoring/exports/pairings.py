"""The list of pairings as a file. Its headers stay as they are."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from mentoring.exports.files import Cell
from mentoring.models import Pairing
from mentoring.sight import Sight

HEADERS = (
    "mentee_urn",
    "mentee",
    "mentor_urn",
    "mentor",
    "area",
    "state",
    "since",
    "first_day",
    "last_day",
    "days_planned_a_year",
    "days_given",
    "days_back",
    "reason",
    "again",
)


def pairing_rows(rows: QuerySet[Pairing], *, sight: Sight) -> Iterator[Sequence[Cell]]:
    """Yield a row of HEADERS for each pairing, in their order. Days are whole or .5.

    What is out of `sight` is not counted, and left empty.
    """
    for each in rows.iterator(chunk_size=1000):
        mentee, mentor = each.mentee.school, each.mentor.school
        given, back = sight.halves_of(each)
        tells = sight.tells_why(each)
        yield (
            mentee.urn,
            mentee.name,
            mentor.urn,
            mentor.name,
            each.area.name,
            each.state,
            each.since,
            each.started,
            each.ended,
            each.planned_days,
            given / 2,
            back / 2,
            (each.reason or None) if tells else None,
            (each.again or None) if tells else None,
        )
