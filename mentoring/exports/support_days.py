"""Support days, and their totals, as files. Their headers stay as they are."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from mentoring.day_totals import TotalRow
from mentoring.exports.files import Cell
from mentoring.models import SupportDay

HEADERS = (
    "day",
    "days",
    "mentee_urn",
    "mentee",
    "mentor_urn",
    "mentor",
    "area",
    "direction",
    "given_by",
    "post",
    "state",
    "logged_on",
    "confirmed_on",
    "note",
    "taken_back",
    "taken_back_by_who_confirmed",
    "query",
    "answer",
    "after_its_year_closed",
    "why_late",
    "why_void",
)
TOTAL_HEADERS = ("label", "days_given", "days_back", "days_planned_a_year")


def day_rows(
    rows: QuerySet[SupportDay], *, with_names: bool
) -> Iterator[Sequence[Cell]]:
    """Yield a row of HEADERS for each day, in their order; 0.5 is half a day."""
    for each in rows.iterator(chunk_size=1000):
        mentee, mentor = each.pairing.mentee.school, each.pairing.mentor.school
        yield (
            each.given_on,
            each.halves / 2,
            mentee.urn,
            mentee.name,
            mentor.urn,
            mentor.name,
            each.area.name,
            each.direction,
            each.giver.name if with_names else None,
            (each.giver.post or None) if with_names else None,
            each.state,
            each.logged_on,
            each.confirmed_on,
            each.note or None,
            each.taken_back or None,
            each.taken_back_there or None,
            each.query or None,
            each.answer or None,
            "yes" if each.is_late else "no",
            each.why_late or None,
            each.why_voided or None,
        )


def total_rows(rows: Sequence[TotalRow]) -> Iterator[Sequence[Cell]]:
    """Yield a row of TOTAL_HEADERS for each; of a school, gave and was given."""
    for each in rows:
        yield (each.label, each.given / 2, each.back / 2, each.planned)
