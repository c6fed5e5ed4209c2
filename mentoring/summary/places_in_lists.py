"""Where each school stands in lists that are sorted by the latest result."""

from collections.abc import Sequence

from mentoring.models import SchoolSummary


def place_in_lists(summaries: Sequence[SchoolSummary]) -> None:
    """Number `summaries` from 1 in both orders, so that a page of a list is a look-up.

    The latest year comes first, schools without a value after those with one, and
    schools alike by their ids. A place is where a row is listed and never a rank: it
    is shown to nobody.
    """
    for place, each in enumerate(sorted(summaries, key=_highest_first), 1):
        each.by_highest = place
    for place, each in enumerate(sorted(summaries, key=_lowest_first), 1):
        each.by_lowest = place


def _highest_first(each: SchoolSummary) -> tuple[int, bool, float, int]:
    value = each.latest_value
    return -(each.latest_year or 0), value is None, -(value or 0), each.school_id


def _lowest_first(each: SchoolSummary) -> tuple[int, bool, float, int]:
    value = each.latest_value
    return -(each.latest_year or 0), value is None, value or 0, each.school_id
