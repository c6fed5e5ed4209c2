"""How days are read: as many for a page at ten times the days."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict

from mentoring.day_totals import totals_of
from mentoring.filters.support_day import SupportDayFilter
from mentoring.models import SupportDay
from mentoring.models.support_day import SupportDayQuerySet
from mentoring.steps.support_day import State
from schools.models import Role
from tests import factories
from tests.mentoring.test_plans import plan

# PostgreSQL plans by what the tables hold.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
TODAY = date(2006, 11, 20)


def narrowed(query: str, role: Role | None = None) -> SupportDayQuerySet:
    """Return the list of days as `query` narrows it for `role`, else for staff."""
    role = role or factories.RoleFactory.create()
    rows = SupportDay.objects.visible_to(role).with_all()
    shown = SupportDayFilter(
        QueryDict(query), rows, role=role, today=TODAY, with_names=True
    )
    kept: SupportDayQuerySet = shown.qs
    return kept


def a_page(rows: SupportDayQuerySet) -> Callable[[], object]:
    return lambda: list(rows.order_by("-given_on", "-pk")[:50])


@pytest.mark.parametrize(
    "query", ["", "year=2006", "area=2", "state=queried", "direction=back"]
)
def test_a_page_is_read_in_its_order_and_not_sorted(query: str) -> None:
    factories.SupportDayFactory.create()
    steps = plan(a_page(narrowed(query)))
    assert "mentoring_supportday USING INDEX day_by_day" in steps
    assert "TEMP B-TREE" not in steps


@pytest.mark.parametrize(
    "query", ["year=2006", "area=2", "state=queried", "direction=back"]
)
def test_totals_are_added_up_in_an_index_alone(query: str) -> None:
    factories.SupportDayFactory.create()
    steps = plan(lambda: totals_of(narrowed(query)))
    assert "mentoring_supportday USING COVERING INDEX day_" in steps


def test_a_month_is_looked_up_not_searched_for() -> None:
    factories.SupportDayFactory.create()
    steps = plan(lambda: totals_of(narrowed("month=2006-11")))
    assert "day_by_day (given_on>? AND given_on<?)" in steps


@pytest.mark.parametrize("query", ["", "area=2", "state=waiting", "q=rowan"])
def test_of_a_school_its_pairings_days_alone_are_read(query: str) -> None:
    held = factories.SupportDayFactory.create()
    role = factories.RoleFactory.create(kind="head", school=held.giver.school)
    for ask in (a_page(narrowed(query, role)),):
        assert "day_of_pairing (pairing_id=?" in plan(ask)
    totals = plan(lambda: totals_of(narrowed(query, role)))
    assert "COVERING INDEX day_of_pairing (pairing_id=?" in totals


def test_what_waits_too_long_is_found_among_what_waits() -> None:
    due = SupportDay.objects.filter(state=State.WAITING, logged_on__lte=TODAY)
    assert "day_waiting (logged_on<?)" in plan(lambda: list(due[:500]))
