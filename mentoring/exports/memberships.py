"""The list of memberships as a file. Its headers stay as they are."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from mentoring.exports.files import Cell
from mentoring.models import Membership
from results.figures.timing import exam_years

HEADERS = (
    "urn",
    "name",
    "local_authority",
    "region",
    "role",
    "state",
    "since",
    "first_day",
    "last_day",
    "base_year",
    "reason",
)


def membership_rows(rows: QuerySet[Membership]) -> Iterator[Sequence[Cell]]:
    """Yield a row of HEADERS for each membership, in their order."""
    for each in rows.iterator(chunk_size=1000):
        is_mentee = each.role == Membership.Role.MENTEE
        authority = each.school.authority
        yield (
            each.school.urn,
            each.school.name,
            authority.name if authority else None,
            authority.region if authority else None,
            each.role,
            each.shown_state.lower(),
            each.since,
            each.joined,
            each.left,
            exam_years(each.joined).base if each.joined and is_mentee else None,
            each.reason if each.shows_reason else None,
        )
