"""What the data lack, and the way to put each right."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.actions.mark_stale import mark_stale
from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary, Membership, Programme
from mentoring.pages.data_health import Finding, findings
from results.models import NationalFigure, Result
from schools.models import Establishment, ImportRun, Role, School, User
from tests.factories import SuccessionFactory
from tests.harness.signing_in import sign_in
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 11, 3)


def found() -> dict[str, Finding]:
    stored = ImpactSummary.objects.first()
    return {each.key: each for each in findings(Programme.the(), stored)}


@pytest.fixture
def well(three_mentees: list[School]) -> list[School]:
    """Return three mentees with everything in order."""
    Establishment.objects.update(easting=400_000, northing=300_000)
    recompute(on=TODAY)
    return three_mentees


def test_where_nothing_lacks_all_is_well(well: list[School]) -> None:
    assert len(found()) == 6
    assert all(each.is_well for each in found().values())


def test_a_year_without_englands_figure_is_named(well: list[School]) -> None:
    NationalFigure.objects.filter(year=2005).delete()
    recompute(on=TODAY)
    lacking = found()["england"]
    assert lacking.count == 1
    assert lacking.named[0].name.startswith("2005: ")
    assert lacking.ways[0].url == reverse("upload_new")


def test_a_programme_school_without_results_is_named(
    well: list[School], make_school: Make
) -> None:
    make_school("Outsider without", {})
    bare = make_school("Bare", {}, AUTUMN)
    recompute(on=TODAY)
    lacking = found()["results"]
    assert lacking.count == 1
    assert [each.url for each in lacking.named] == [bare.get_absolute_url()]


def test_a_long_list_names_ten_and_counts_all(
    well: list[School], make_school: Make
) -> None:
    for number in range(12):
        make_school(f"Bare {number:02}", {}, AUTUMN)
    recompute(on=TODAY)
    lacking = found()["results"]
    assert (lacking.count, len(lacking.named), lacking.n_more) == (12, 10, 2)


def test_waiting_links_lead_to_the_inbox(well: list[School]) -> None:
    SuccessionFactory.create()
    waiting = found()["successions"]
    assert waiting.count == 1
    assert waiting.ways[0].url == reverse("successions")


def test_a_closed_programme_school_is_named(well: list[School]) -> None:
    Establishment.objects.filter(school=well[1]).update(status="Closed")
    recompute(on=TODAY)
    closed = found()["closed"]
    assert [each.name for each in closed.named] == ["Birch"]


def test_a_school_yet_to_open_is_not_taken_for_closed(well: list[School]) -> None:
    Establishment.objects.filter(school=well[1]).update(status="Proposed to open")
    Establishment.objects.filter(school=well[2]).update(
        status="Open, but proposed to close"
    )
    recompute(on=TODAY)
    assert [each.name for each in found()["closed"].named] == ["Cold Elm"]


def test_a_school_that_has_left_lacks_nothing(
    well: list[School], make_school: Make
) -> None:
    gone = make_school("Gone", {}, AUTUMN)
    Establishment.objects.filter(school=gone).update(status="Closed", easting=None)
    left = date(2005, 7, 1)
    Membership.objects.filter(school=gone).update(
        state="withdrawn", left=left, since=left, reason="It closed."
    )
    recompute(on=TODAY)
    assert all(each.is_well for each in found().values())


def test_what_was_never_counted_is_not_said_to_be_well(well: list[School]) -> None:
    ImpactSummary.objects.update(health={})
    for key in ("results", "closed", "place"):
        assert not found()[key].is_well
        assert found()[key].sentence.startswith("Not counted yet")


def test_a_school_without_place_is_named(well: list[School]) -> None:
    Establishment.objects.filter(school=well[2]).update(easting=None)
    recompute(on=TODAY)
    assert [each.name for each in found()["place"].named] == ["Cold Elm"]


def test_stale_figures_are_said_until_they_are_worked_out(well: list[School]) -> None:
    mark_stale()
    assert not found()["stale"].is_well
    recompute(on=TODAY)
    assert found()["stale"].is_well
    ImpactSummary.objects.all().delete()
    assert "No figures have been worked out yet" in found()["stale"].sentence


@pytest.fixture
def officer(client: Client, db: None) -> Client:
    user = User.objects.create_user(email="officer@example.org", name="Officer Ames")
    Role.objects.create(user=user, kind="staff", started=date(2000, 1, 1))
    sign_in(client, user)
    return client


def page(client: Client) -> str:
    return " ".join(client.get(reverse("data_health")).content.decode().split())


def test_the_title_counts_what_needs_attention(
    officer: Client, well: list[School]
) -> None:
    assert "All 6 checks of the data are well" in page(officer)
    SuccessionFactory.create()
    assert "1 of 6 checks of the data needs attention" in page(officer)
    mark_stale()
    assert "2 of 6 checks of the data need attention" in page(officer)


def test_imports_are_named_with_who_to_those_who_import(
    officer: Client, well: list[School]
) -> None:
    ImportRun.objects.update(by=User.objects.get(), file_name="ks4.csv", refused=7)
    said = page(officer)
    assert ">ks4.csv</a>" in said
    assert "20 Nov 2006, 09:00" in said
    assert "Officer Ames" in said
    Role.objects.update(kind="evaluator")
    said = page(officer)
    assert ">ks4.csv</a>" in said
    assert "<td>Programme staff</td>" in said


def test_ways_are_offered_to_those_who_may_go(
    officer: Client, well: list[School]
) -> None:
    SuccessionFactory.create()
    assert f'href="{reverse("successions")}">Decide them' in page(officer)
    Role.objects.update(kind="evaluator")
    assert "Decide them" not in page(officer)


def test_it_says_when_what_is_not_looked_at_now_was_counted(
    officer: Client, well: list[School]
) -> None:
    Programme.objects.update(
        demo_today=None, figures_taken_in_at=datetime(2006, 11, 20, 9, 5, tzinfo=UTC)
    )
    said = "Counted when the figures were last worked out, at 09:05 on 20 November 2006"
    assert page(officer).count(said) == 3


def test_no_school_is_gone_through_while_the_page_waits(
    officer: Client, well: list[School]
) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(officer)
    tables = (Membership, Establishment, Result)
    for query in queries.captured_queries:
        for each in tables:
            assert f'"{each._meta.db_table}"' not in query["sql"], query["sql"]
