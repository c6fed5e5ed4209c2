"""Where the programme's schools are, and how their gains spread."""

from datetime import date
from typing import Any

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary
from mentoring.pages.places import places_chart
from mentoring.pages.spread import spread_chart
from mentoring.summary import impact, places
from schools.models import Establishment, School
from tests import factories
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 11, 3)


def facts() -> Any:
    recompute(on=TODAY)
    return ImpactSummary.objects.get().impact


def put(school: School, easting: int | None, northing: int | None = 300_000) -> None:
    Establishment.objects.filter(school=school).update(
        easting=easting, northing=northing
    )


def test_mentees_and_mentors_are_marked_by_kind(
    three_mentees: list[School], make_school: Make
) -> None:
    put(three_mentees[0], 430_040)
    lost = make_school("Lost", {2003: (30, 100), 2005: (28, 100)}, AUTUMN)
    put(lost, 440_000)
    new = make_school("New", {2003: (30, 100)}, AUTUMN)
    put(new, 450_000)
    mentor = make_school("Mentor", {})
    put(mentor, 460_000)
    for school in (mentor, three_mentees[0]):
        factories.MembershipFactory.create(school=school, role="mentor", joined=AUTUMN)
    found = facts()["places"]
    assert found["points"] == {
        "gained": [[4300, 3000]],
        "not_gained": [[4400, 3000]],
        "no_gain": [[4500, 3000]],
        "mentor": [[4600, 3000]],
    }
    # Birch and Cold Elm have no place; Ashby also mentors and is marked once.
    assert (found["total"], found["no_place"], found["both"]) == (6, 2, 1)
    assert found["regions"] == [["Not known", 3, 1, 1, 1]]
    assert found["crowds"] == []


def test_the_map_says_how_many_have_no_place(three_mentees: list[School]) -> None:
    put(three_mentees[0], 430_000)
    put(three_mentees[1], 0, 0)
    chart = places_chart(facts()["places"])
    assert chart is not None
    assert "2 have no place in the register and are not drawn" in chart.summary
    assert "Natural Earth" in chart.source
    assert chart.rows == [["Not known", "3", "0", "0", "0", "3"]]
    put(three_mentees[2], 430_000)
    chart = places_chart(facts()["places"])
    assert chart is not None
    assert "1 has no place in the register and is not drawn" in chart.summary


def test_without_any_place_there_is_no_map(three_mentees: list[School]) -> None:
    assert places_chart(facts()["places"]) is None


def test_many_places_are_counted_in_squares(
    three_mentees: list[School], monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, school in enumerate(three_mentees):
        put(school, 401_000 + 10_000 * at)
    monkeypatch.setattr(places, "MOST", 2)
    found = facts()["places"]
    assert found["points"] == {}
    # 401 and 411 km lie in the square from 400 to 420, 421 in the next.
    assert found["crowds"] == [[410_000, 310_000, 2], [430_000, 310_000, 1]]
    chart = places_chart(found)
    assert chart is not None
    assert "Each circle stands for" in chart.summary


def test_every_counted_school_is_a_dot_that_leads_to_it(
    three_mentees: list[School],
) -> None:
    found = facts()
    assert [[gain, name] for gain, name, _ in found["spread"]["dots"]] == [
        [pytest.approx(6.0), "Birch"],
        [pytest.approx(7.0), "Ashby"],
        [pytest.approx(8.0), "Cold Elm"],
    ]
    chart = spread_chart(found)
    assert chart is not None
    for school in three_mentees:
        assert f'<a href="{school.get_absolute_url()}"' in chart.wide
    assert "Mean of programme schools +7.0" in chart.wide
    assert "England +1.5" in chart.wide
    assert chart.title == "3 of 3 schools gained, and 0 did not"


def test_the_spread_has_its_table(
    three_mentees: list[School], make_school: Make
) -> None:
    make_school("Lost", {2003: (30, 100), 2005: (29, 100)}, AUTUMN)
    chart = spread_chart(facts())
    assert chart is not None
    assert chart.title == "3 of 4 schools gained, and 1 did not"
    assert chart.columns == ["Points a year", "Schools"]
    rows = {row[0]: row[1] for row in chart.rows}
    assert rows["\u22121 to under 0"] == "1"
    assert rows["+6 to under +7"] == "1"
    assert sum(int(count) for count in rows.values()) == 4


def test_above_the_most_the_dots_give_way_to_bars(
    three_mentees: list[School], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact, "MOST", 2)
    found = facts()
    assert found["spread"]["dots"] == []
    chart = spread_chart(found)
    assert chart is not None
    assert "<a " not in chart.wide
    assert "<rect" in chart.wide
    assert chart.title == "3 of 3 schools gained, and 0 did not"


def test_what_is_left_out_and_counted_sum_to_all_that_joined(
    three_mentees: list[School], make_school: Make
) -> None:
    make_school("Dale", {2003: "suppressed", 2005: (9, 90)}, AUTUMN)
    make_school("Tiny", {2003: (5, 10), 2005: (6, 10)}, AUTUMN)
    make_school("New", {2003: (5, 100)}, AUTUMN)
    found = facts()
    left = sum(group["n_schools"] for group in found["left_out"])
    assert (found["joined"], found["counted"], left) == (6, 3, 3)
