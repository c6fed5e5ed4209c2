"""Support days: the list, what it adds up to, its files, and who sees what."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from mentoring.models import Area, SupportDay
from schools.models import Role
from tests import factories
from tests.mentoring.days_world import MONDAY, TODAY, World
from tests.mentoring.views.test_day_log import browser
from tests.mentoring.views.test_membership import words

pytestmark = pytest.mark.django_db
LIST, TO_CONFIRM = "/days/", "/days/to-confirm/"


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def officer(world: World) -> Client:
    return browser(factories.RoleFactory.create().user)


def listed(client: Client, **query: str | int) -> list[int]:
    response = client.get(LIST, query)
    return [row.record.pk for row in response.context["table"].paginated_rows]


def heading(response: Any) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return " ".join(found.split())


def varied(world: World) -> dict[str, SupportDay]:
    """Return days that differ in what the list is narrowed by."""
    lead = factories.PairingFactory.create(
        mentor=world.mentor, mentee=world.mentee, area=Area.lead()
    )
    core = Area.objects.get(name="Core subjects")
    days = {
        "plain": world.day(),
        "half": world.day(length="half", given_on=MONDAY.replace(day=7)),
        "back": world.day(direction="back", givers=[world.sorrel]),
        "core": world.day(pairing=lead, area=core, given_on=MONDAY.replace(day=8)),
        "october": world.day(given_on=MONDAY.replace(month=10)),
        "last year": world.day(
            given_on=MONDAY.replace(month=8), on=TODAY.replace(month=9, day=30)
        ),
        "elsewhere": factories.SupportDayFactory.create(),
        "void": world.day(given_on=MONDAY.replace(day=9)),
    }
    SupportDay.objects.filter(pk=days["void"].pk).update(
        state="void", voided_on=TODAY, why_voided="It was another day."
    )
    return days


def test_the_latest_come_first_and_can_be_turned_round(
    world: World, officer: Client
) -> None:
    days = varied(world)
    names = [
        *("void", "core", "half", "elsewhere", "back", "plain", "october"),
        "last year",
    ]
    every = [days[name].pk for name in names]
    assert listed(officer) == every
    assert listed(officer, sort="given_on") == every[::-1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (
            {"q": "beacon"},
            {"plain", "half", "back", "core", "october", "last year", "void"},
        ),
        ({"q": "rowan"}, {"plain", "half", "core", "october", "last year", "void"}),
        ({"q": "reed ROW"}, {"plain", "half", "core", "october", "last year", "void"}),
        ({"q": "sorrel", "direction": "given"}, set()),
        ({"direction": "back"}, {"back"}),
        ({"state": "void"}, {"void"}),
        ({"year": "2005"}, {"last year"}),
        ({"month": "2006-10"}, {"october"}),
        ({"month": "2006-10", "year": "2005"}, set()),
    ],
)
def test_filters_in_the_address_narrow_it(
    world: World, officer: Client, query: dict[str, str], names: set[str]
) -> None:
    days = varied(world)
    assert set(listed(officer, **query)) == {days[name].pk for name in names}


def test_it_is_narrowed_by_area_pairing_and_person(
    world: World, officer: Client
) -> None:
    days = varied(world)
    core = Area.objects.get(name="Core subjects").pk
    assert listed(officer, area=core) == [days["core"].pk]
    assert listed(officer, pairing=days["core"].pairing_id) == [days["core"].pk]
    assert listed(officer, giver=world.sorrel.pk) == [days["back"].pk]
    text = words(officer.get(LIST, {"pairing": world.pairing.pk}))
    assert "Pairing: Beacon High School helps Alder Grove School: Leadership" in text


@pytest.mark.parametrize(
    "query", [{"month": "2006-13"}, {"year": "1"}, {"pairing": "9876"}, {"area": "x"}]
)
def test_what_is_not_understood_lists_nothing_and_says_so(
    world: World, officer: Client, query: dict[str, str]
) -> None:
    world.log()
    response = officer.get(LIST, query)
    assert "not understood" in words(response)
    assert heading(response) == "0 days of support given, 0 days back"


def test_totals_are_of_what_is_filtered_and_leave_out_what_is_void(
    world: World, officer: Client
) -> None:
    varied(world)
    response = officer.get(LIST)
    assert heading(response) == "5 days of support given, 1 day back"
    assert "8 entries" in words(response)
    assert heading(officer.get(LIST, {"month": "2006-11", "q": "beacon"})) == (
        "2.5 days of support given, 1 day back in November 2006"
    )
    assert heading(officer.get(LIST, {"state": "void"})) == (
        "0 days of support given, 0 days back"
    )


@pytest.mark.parametrize("state", ["", "waiting", "confirmed", "queried", "void"])
@pytest.mark.parametrize("direction", ["", "given", "back"])
def test_each_state_and_way_adds_up_to_its_days(
    world: World, officer: Client, state: str, direction: str
) -> None:
    varied(world)
    page = officer.get(LIST, {"state": state, "direction": direction})
    kept = [
        day
        for day in SupportDay.objects.all()
        if state in {"", day.state} and direction in {"", day.direction}
    ]
    totals = page.context["totals"]
    assert totals.entries == len(kept)
    for way, shown in (("given", totals.given), ("back", totals.back)):
        counted = [day for day in kept if day.state != "void" and day.direction == way]
        assert shown == sum(day.halves for day in counted)


def test_a_head_sees_the_own_schools_days_and_no_others(world: World) -> None:
    days = varied(world)
    client = browser(world.mentees_head)
    assert set(listed(client)) == {day.pk for day in days.values()} - {
        days["elsewhere"].pk
    }
    assert heading(client.get(LIST)) == "4.5 days of support given, 1 day back"
    giver = days["elsewhere"].giver_id
    assert "not understood" in words(client.get(LIST, {"giver": giver}))
    other = days["elsewhere"].pairing_id
    assert "not understood" in words(client.get(LIST, {"pairing": other}))


def director(world: World, **span: Any) -> Client:
    """Return the director of a trust that the mentee was in for a time."""
    held = factories.TrustMembershipFactory.create(school=world.mentee.school, **span)
    role = factories.RoleFactory.create(kind=Role.Kind.DIRECTOR, trust=held.trust)
    return browser(role.user)


def test_a_director_sees_days_of_the_trusts_time_and_no_names(world: World) -> None:
    days = varied(world)
    client = director(world, ended=MONDAY.replace(month=10))
    assert listed(client) == [days["october"].pk, days["last year"].pk]
    text = words(client.get(LIST))
    assert "Rowan" not in text
    assert "Not shown to your role" in text
    assert heading(client.get(LIST)) == "2 days of support given, 0 days back"
    assert listed(client, q="rowan") == []
    page = words(client.get(days["october"].get_absolute_url()))
    assert "Rowan" not in page
    assert str(world.mentors_head) not in page
    file = client.get("/days/days.csv")
    assert b"Rowan" not in b"".join(file.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert client.get(days["plain"].get_absolute_url()).status_code == 404


def test_a_page_costs_as_many_queries_whatever_is_on_it(
    world: World, officer: Client
) -> None:
    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            officer.get(path)
        return len(captured)

    world.log()
    paths = (LIST, f"{LIST}?q=rowan&year=2006&state=waiting", f"{LIST}?direction=back")
    before = [cost(path) for path in paths]
    for _ in range(60):
        factories.SupportDayFactory.create()
    assert [cost(path) for path in paths] == before
    assert max(before) <= 15
    assert len(listed(officer)) == 50
    assert len(listed(officer, page=2)) == 11


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_exactly_what_is_filtered(
    world: World, officer: Client, kind: str
) -> None:
    varied(world)
    world.log(given_on=TODAY, note="=1+1")
    response = officer.get(f"/days/days.{kind}", {"q": "rowan", "month": "2006-11"})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # same
    if kind == "csv":
        rows: list[list[Any]] = list(
            csv.reader(io.StringIO(content.decode("utf-8-sig")))
        )
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["day", "days", "mentee_urn", "mentee", "mentor_urn"]
    assert len(rows) == 6
    first = dict(zip(rows[0], map(str, rows[1]), strict=True))
    assert first["day"] == "2006-11-20"
    assert float(first["days"]) == 1.0
    assert (first["mentee"], first["mentor"]) == (
        "Alder Grove School",
        "Beacon High School",
    )
    assert (first["given_by"], first["post"]) == ("Rowan Reed", "Head of mathematics")
    assert first["note"] == ("'=1+1" if kind == "csv" else "=1+1")
    assert float(rows[4][1]) == 0.5


def test_a_file_of_what_is_not_understood_is_no_file(officer: Client) -> None:
    response = officer.get("/days/days.csv", {"month": "2006-13"})
    assert response["Location"] == "/days/?month=2006-13"


def test_a_pairings_page_shows_its_days_against_plan_and_the_way_to_log(
    world: World,
) -> None:
    varied(world)
    path = world.pairing.get_absolute_url()
    page = words(browser(world.mentors_head).get(path))
    assert "In 2006/07: 2.5 days given, 1 day back. Planned: 20 days a year." in page
    assert "Log a day" in page
    assert "All days of this pairing" in page
    assert "Rowan Reed" in page
    read = words(director(world).get(path))
    assert "Log a day" not in read
    assert "Rowan Reed" not in read


def test_evaluators_see_no_days(world: World) -> None:
    client = browser(factories.RoleFactory.create(kind=Role.Kind.EVALUATOR).user)
    day = world.day()
    for path in (LIST, "/days/totals/", TO_CONFIRM, day.get_absolute_url()):
        assert client.get(path).status_code == 403
