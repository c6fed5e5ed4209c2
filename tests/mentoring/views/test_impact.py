"""The dashboard for each reader, the schools behind it, and the files to take away."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary
from results.models import NationalFigure
from schools.models import Role, School, Trust, TrustMembership, User
from tests.harness import signing_in
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 11, 3)
As = Callable[..., Client]


@pytest.fixture
def signed_in(db: None) -> As:
    """Return a browser in which somebody of a kind of role is signed in."""

    def sign_in(kind: str, **place: Any) -> Client:
        user = User.objects.create_user(email=f"{kind}@example.org", name=kind)
        Role.objects.create(user=user, kind=kind, started=date(2000, 1, 1), **place)
        client = Client()
        signing_in.sign_in(client, user)
        return client

    return sign_in


@pytest.fixture
def trust(three_mentees: list[School], make_school: Make) -> Trust:
    """The three mentees are in a trust; a fourth, outside it, has no base."""
    trust = Trust.objects.create(uid=1, name="Northern Trust")
    for school in three_mentees:
        TrustMembership.objects.create(school=school, trust=trust)
    make_school("=Cmd|' /C calc'!A0", {2003: "suppressed", 2005: (9, 90)}, AUTUMN)
    recompute(on=TODAY)
    return trust


def page(client: Client, name: str, query: str = "") -> str:
    response = client.get(reverse(name) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def records(client: Client, name: str) -> list[dict[str, str]]:
    response = client.get(reverse(name))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_dashboard_shows_the_spread_and_the_groups(
    signed_in: As, trust: Trust, three_mentees: list[School]
) -> None:
    said = page(signed_in("staff"), "impact")
    assert "3 of 3 schools gained, and 0 did not" in said
    assert f'<a href="{three_mentees[0].get_absolute_url()}" tabindex="-1">' in said
    assert "By region" in said
    assert "Northern Trust" in said
    assert reverse("method_groups") in said


def test_a_director_sees_the_own_trust_and_no_other(
    signed_in: As, trust: Trust
) -> None:
    own = page(signed_in("director", trust=trust), "impact")
    assert "Your trust" in own
    assert "Northern Trust" in own
    Role.objects.all().delete()
    User.objects.all().delete()
    other = Trust.objects.create(uid=2, name="Southern Trust")
    foreign = page(signed_in("director", trust=other), "impact")
    assert "No school of your trust is in the average." in foreign
    assert "Northern Trust" not in foreign
    assert reverse("method_groups") not in foreign


def test_a_head_sees_no_trust(
    signed_in: As, trust: Trust, three_mentees: list[School]
) -> None:
    said = page(signed_in("head", school=three_mentees[0]), "impact")
    assert "In a trust or not" in said
    assert "Northern Trust" not in said


def test_what_counts_sums_to_all_that_joined(signed_in: As, trust: Trust) -> None:
    said = page(signed_in("staff"), "impact")
    counted = said.partition('id="counted"')[2]
    assert '>In the average</a> </th> <td class="num">3</td>' in counted
    assert f"{reverse('impact_schools')}?reason=baseline_suppressed" in counted
    assert '>All that ever joined</a> </th> <td class="num">4</td>' in counted


def test_the_list_says_why_a_school_is_left_out(signed_in: As, trust: Trust) -> None:
    client = signed_in("evaluator")
    everyone = page(client, "impact_schools")
    assert "4 schools that joined to be helped" in everyone
    assert "+7.0" in everyone
    assert "hidden, because it describes only a few pupils" in everyone
    left = page(client, "impact_schools", "?counts=left_out")
    assert "1 school that joined to be helped" in left
    assert "Ashby" not in left
    same = page(client, "impact_schools", "?reason=baseline_suppressed")
    assert "1 school that joined" in same
    counted = page(client, "impact_schools", "?counts=counted&base=2003&q=ash")
    assert "1 school that joined" in counted
    assert "Ashby" in counted


def test_the_list_is_in_order_of_name_and_takes_no_other(
    signed_in: As, trust: Trust
) -> None:
    client = signed_in("staff")
    for query in ("", "?sort=gain", "?sort=-gain"):
        said = page(client, "impact_schools", query)
        assert said.index("Ashby") < said.index("Birch") < said.index("Cold Elm")


def test_gains_are_a_file_for_those_who_may(signed_in: As, trust: Trust) -> None:
    rows = records(signed_in("evaluator"), "method_gains")
    assert list(rows[0]) == [
        *("urn", "school", "region", "kind", "trust", "joined", "base_year"),
        *("last_year", "base_value", "last_value", "release"),
        *("gain_points_a_year", "left_out_because"),
    ]
    by_name = {row["school"]: row for row in rows}
    ashby = by_name["Ashby"]
    assert ashby["joined"] == "2003-11-03"
    assert ashby["trust"] == "Northern Trust"
    assert (ashby["base_value"], ashby["last_value"]) == ("30.0", "44.0")
    assert float(ashby["gain_points_a_year"]) == pytest.approx(7.0)
    assert ashby["release"] == "final"
    # A name that begins as a formula does is taken as text.
    left = by_name["'=Cmd|' /C calc'!A0"]
    assert left["gain_points_a_year"] == ""
    assert left["left_out_because"] == "baseline_suppressed"


def test_englands_figures_are_a_file_for_everyone(
    signed_in: As, trust: Trust, three_mentees: list[School]
) -> None:
    NationalFigure.objects.filter(year=2005).update(source="=SUM(1;2)")
    rows = records(signed_in("head", school=three_mentees[0]), "method_england")
    assert list(rows[0]) == [
        *("measure", "year", "population", "coverage", "release", "basis", "value"),
        *("pupils", "source", "note"),
    ]
    assert [(row["year"], row["value"]) for row in rows] == [
        ("2003", "50.0"),
        ("2004", "51.0"),
        ("2005", "53.0"),
    ]
    assert rows[2]["source"] == "'=SUM(1;2)"


def test_groups_are_a_file_with_every_trust(signed_in: As, trust: Trust) -> None:
    rows = records(signed_in("finance"), "method_groups")
    assert list(rows[0]) == [
        *("divided_by", "group", "schools", "gain_points_a_year", "likely_low"),
        *("likely_high", "england_points_a_year", "hidden_because"),
    ]
    (ours,) = [row for row in rows if row["divided_by"] == "trust"]
    assert (ours["group"], ours["schools"]) == ("Northern Trust", "3")
    assert float(ours["gain_points_a_year"]) == pytest.approx(7.0)


def test_nothing_worked_out_is_an_empty_page_and_empty_files(signed_in: As) -> None:
    client = signed_in("staff")
    assert not ImpactSummary.objects.exists()
    assert "No programme school has results" in page(client, "impact")
    assert records(client, "method_groups") == []
    assert records(client, "method_gains") == []
    assert "0 schools that joined" in page(client, "impact_schools")
