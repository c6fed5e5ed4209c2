"""What databases look through for a page: as little at ten times the schools."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from mentoring.filters.school import SchoolFilter
from mentoring.models import EligibilityEntry, Membership
from mentoring.places import find_schools
from mentoring.tables.membership import MembershipPaginator, MembershipTable
from mentoring.tables.school import listed
from schools.models import Establishment, School
from schools.models.school import SchoolStatus
from tests import factories

TODAY = date(2006, 11, 20)

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.sqlite  # PostgreSQL plans by what the tables hold


def plan(ask: Callable[[], object]) -> str:
    """Return how the database goes about the last query that `ask` makes."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + captured[-1]["sql"].replace("%", "%%"))
        return "; ".join(row[-1] for row in cursor.fetchall())


def searched(query: str) -> SchoolFilter:
    """Return the list of schools as `query` narrows it."""
    return SchoolFilter(QueryDict(query), listed(), today=TODAY, role=None)


@on_sqlite
def test_a_search_is_counted_without_a_way_about_over_the_status() -> None:
    assert "school_by_what_narrows_lists" in plan(searched("").qs.count)

    assert "(status=?)" not in plan(searched("q=college").qs.count)


@pytest.mark.parametrize("status", SchoolStatus.values)
def test_a_search_keeps_the_status_that_is_asked_for(status: str) -> None:
    of = {each: factories.SchoolFactory.create() for each in SchoolStatus.values}
    for each, school in of.items():
        School.objects.filter(pk=school.pk).update(status=each, search="elm college")

    found = searched(f"q=coll+ELM&status={status}").qs
    assert [row["pk"] for row in found] == [of[status].pk]


@on_sqlite
def test_the_first_of_many_found_are_taken_in_their_order_not_sorted() -> None:
    steps = plan(lambda: find_schools("college"))

    assert "school_by_name" in steps
    assert "TEMP B-TREE" not in steps


@on_sqlite
def test_a_page_of_all_memberships_is_read_by_name_and_few_are_sorted() -> None:
    rows = Membership.objects.with_place()
    every, _ = MembershipTable(rows).order_school(rows, is_descending=False)
    paused = rows.filter(state="paused")
    few, _ = MembershipTable(paused).order_school(paused, is_descending=False)

    assert "schools_school USING INDEX school_by_name" in plan(lambda: list(every[:50]))
    assert "school_by_name" not in plan(lambda: list(few[:50]))


def test_all_memberships_are_counted_without_their_names() -> None:
    factories.MembershipFactory.create()
    table = MembershipTable(Membership.objects.with_place())
    with CaptureQueriesContext(connection) as captured:
        table.paginate(paginator_class=MembershipPaginator)

    counts = [each["sql"] for each in captured if "COUNT" in each["sql"]]
    assert table.paginator.count == 1
    assert len(counts) == 1
    assert "schools_school" not in counts[0]


def test_a_school_without_a_name_is_on_the_list_of_memberships() -> None:
    held = factories.MembershipFactory.create(school__name="")
    rows = Membership.objects.with_place()
    found, _ = MembershipTable(rows).order_school(rows, is_descending=False)

    assert list(found) == [held]


@on_sqlite
def test_the_places_of_one_school_are_found_by_its_urns() -> None:
    school = factories.EstablishmentFactory.create().school
    steps = plan(lambda: list(EligibilityEntry.objects.of_school(school)))

    assert "entry_by_urn" in steps


@on_sqlite
def test_members_that_close_are_found_among_the_few_that_are_not_simply_open() -> None:
    steps = plan(lambda: list(Membership.objects.of_closed_schools()))

    assert "establishment_by_status (status<?)" in steps
    assert "establishment_by_status (status>?)" in steps
    assert "SCAN" not in steps.replace("SCAN mentoring_membership", "")


@pytest.mark.parametrize(
    ("status", "is_kept"),
    [
        ("Closed", True),
        ("Closed, long ago", True),
        ("Open, but proposed to close", True),
        ("Open", False),
        ("Proposed to open", False),
        ("", False),
    ],
)
def test_a_school_closes_as_the_register_says(status: str, is_kept: bool) -> None:  # noqa: FBT001 -- a parameter
    held = factories.EstablishmentFactory.create()
    Establishment.objects.filter(pk=held.pk).update(status=status)

    assert Establishment.objects.closed_or_to_close().exists() is is_kept
