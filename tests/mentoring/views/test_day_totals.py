"""Support days added up, by what people ask for, against plan."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.models import Area, SupportDay
from schools.models import Role
from tests import factories
from tests.mentoring.days_world import MONDAY, TODAY, World, membership
from tests.mentoring.views.test_day_log import browser
from tests.mentoring.views.test_membership import words

pytestmark = pytest.mark.django_db
TOTALS = "/days/totals/"
BEACON, ALDER = "Beacon High School", "Alder Grove School"


@pytest.fixture
def world(db: None) -> World:
    """Return a world of 2.5 days given and one back in this year, one in the last.

    A second pairing, of 6 days planned, has none; one day is void.
    """
    made = World()
    made.log()
    made.log(given_on=date(2006, 10, 4))
    made.log(given_on=date(2006, 11, 7), length="half")
    made.log(direction="back", givers=[made.sorrel])
    made.log(given_on=date(2006, 7, 3), on=date(2006, 7, 4))
    void = made.day(given_on=date(2006, 11, 8))
    SupportDay.objects.filter(pk=void.pk).update(
        state="void", voided_on=TODAY, why_voided="It was another day."
    )
    factories.PairingFactory.create(
        mentor=made.mentor,
        mentee=membership("mentee", "Dunmore College"),
        area=Area.lead(),
        planned_days=6,
    )
    return made


@pytest.fixture
def officer(world: World) -> Client:
    return browser(factories.RoleFactory.create().user)


def rows(client: Client, **query: str | int) -> list[tuple[str, ...]]:
    """Return the rows of the page as written."""
    page = client.get(TOTALS, {"by": "pairing", **query}).context["totals"]
    return [
        (line.label, line.given, line.back, *([line.planned] if page.has_plan else []))
        for line in page.lines
    ]


def test_by_pairing_of_this_year_those_without_a_day_too(officer: Client) -> None:
    assert rows(officer) == [
        (f"{BEACON} for {ALDER}: Leadership", "2.5", "1", "20"),
        (f"{BEACON} for Dunmore College: Lead", "0", "0", "6"),
    ]
    text = words(officer.get(TOTALS, {"by": "pairing"}))
    assert "2.5 days of support given, 1 day back in 2006/07" in text
    assert "All 2.5 1 26" in text


def test_by_school_what_it_gave_and_was_given(officer: Client) -> None:
    assert rows(officer, by="school") == [
        (ALDER, "1", "2.5", "0"),
        (BEACON, "2.5", "1", "26"),
    ]


def test_by_person(officer: Client) -> None:
    assert rows(officer, by="person") == [
        (f"Rowan Reed, Head of mathematics, {BEACON}", "2.5", "0"),
        (f"Sorrel Sands, Head of mathematics, {ALDER}", "0", "1"),
    ]


def test_by_area_against_plan(officer: Client) -> None:
    assert rows(officer, by="area") == [
        ("Lead", "0", "0", "6"),
        ("Leadership", "2.5", "1", "20"),
    ]


@pytest.mark.parametrize("by", ["area", "person", "month", "year"])
def test_a_total_leads_to_its_own_days(officer: Client, by: str) -> None:
    """The list that a total leads to adds up to it, whatever narrowed it."""
    for query in ({}, {"year": "2005"}, {"month": "2006-10"}):
        page = officer.get(TOTALS, {"by": by, **query}).context["totals"]
        for line in page.lines:
            totals = officer.get(line.url).context["totals"]
            assert (totals.given, totals.back) == (
                int(2 * float(line.given)),
                int(2 * float(line.back)),
            ), line.url


def test_by_month_and_by_year(officer: Client) -> None:
    assert rows(officer, by="month") == [
        ("November 2006", "1.5", "1"),
        ("October 2006", "1", "0"),
    ]
    assert rows(officer, by="year") == [("2006/07", "2.5", "1"), ("2005/06", "1", "0")]


def test_all_years_have_no_plan(officer: Client) -> None:
    assert rows(officer, year="") == [(f"{BEACON} for {ALDER}: Leadership", "3.5", "1")]


def test_filters_narrow_what_is_added_up_and_the_plan(officer: Client) -> None:
    assert rows(officer, q="sorrel", year="2006") == [
        (f"{BEACON} for {ALDER}: Leadership", "0", "1", "20")
    ]
    assert rows(officer, month="2006-10") == [
        (f"{BEACON} for {ALDER}: Leadership", "1", "0")
    ]
    assert "Nothing to add up" in words(officer.get(TOTALS, {"year": "1"}))


def test_those_with_the_most_days_come_first_on_every_page(
    world: World, officer: Client
) -> None:
    for halves in range(60):
        pairing = factories.PairingFactory.create(planned_days=halves)
        for day in range(halves % 3):
            factories.SupportDayFactory.create(
                pairing=pairing, given_on=MONDAY + timedelta(days=day)
            )
    found = rows(officer) + rows(officer, page=2)
    days = [float(given) + float(back) for _, given, back, _ in found]
    assert len({label for label, *_ in found}) == len(found) == 62
    assert days == sorted(days, reverse=True)
    response = officer.get("/days/totals.csv", {"by": "pairing"})
    held = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # a streamed answer
    assert len(held) == 63


def test_a_school_sees_its_pairings_and_staff_an_overview(
    world: World, officer: Client
) -> None:
    assert officer.get(TOTALS).context["by"] == "area"
    assert browser(world.mentees_head).get(TOTALS).context["by"] == "pairing"


def test_a_head_adds_up_the_own_schools_days(world: World) -> None:
    factories.SupportDayFactory.create()
    client = browser(world.mentees_head)
    assert rows(client) == [(f"{BEACON} for {ALDER}: Leadership", "2.5", "1", "20")]


def test_a_director_adds_up_by_nobody(world: World) -> None:
    held = factories.TrustMembershipFactory.create(school=world.mentee.school)
    role = factories.RoleFactory.create(kind=Role.Kind.DIRECTOR, trust=held.trust)
    response = browser(role.user).get(TOTALS, {"by": "person"})
    assert response.context["by"] == "area"
    assert "By person" not in words(response)
    assert "Rowan" not in words(response)


def test_the_file_holds_every_row(officer: Client) -> None:
    response = officer.get("/days/totals.csv", {"by": "area"})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    held = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert held == [
        ["label", "days_given", "days_back", "days_planned_a_year"],
        ["Lead", "0.0", "0.0", "6"],
        ["Leadership", "2.5", "1.0", "20"],
    ]
    assert officer.get("/days/totals.csv", {"year": "1"}).status_code == 302


def test_it_costs_as_many_queries_with_many_rows(officer: Client) -> None:
    def cost(by: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            officer.get(TOTALS, {"by": by})
        return len(captured)

    ways = ("pairing", "school", "person", "area", "month", "year")
    before: list[Any] = [cost(by) for by in ways]
    for _ in range(60):
        factories.SupportDayFactory.create(given_on=MONDAY)
    # A page full of pairings with days looks for none without.
    assert [cost(by) <= most for by, most in zip(ways, before, strict=True)] == [
        True
    ] * 6
    assert max(before) <= 15
    assert len(rows(officer)) == 50
    assert len(rows(officer, page=2)) == 12
