"""The counted schools in groups, against figures worked out by hand."""

from datetime import date
from typing import Any

import pytest

from mentoring.actions.recompute import differences, recompute
from mentoring.models import ImpactSummary, MenteeSummary
from mentoring.pages.breakdown import OWN_SCALE, group_records, ways
from schools.models import (
    Establishment,
    LocalAuthority,
    School,
    Trust,
    TrustMembership,
)
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 11, 3)


def groups(way: str) -> dict[Any, dict[str, Any]]:
    recompute(on=TODAY)
    stored = ImpactSummary.objects.get().impact["breakdown"][way]
    return {row["name"]: row for row in stored}


def move(schools: list[School], region: str, code: str) -> None:
    place = LocalAuthority.objects.create(code=code, name=region, region=region)
    School.objects.filter(pk__in=[each.pk for each in schools]).update(authority=place)


@pytest.fixture
def six_mentees(three_mentees: list[School], make_school: Make) -> list[School]:
    """Three in the North gaining 7, 6 and 8 a year; three in the South 1, 2 and 3."""
    south = [
        make_school(name, {2003: (30, 100), 2005: (30 + 2 * gain, 100)}, AUTUMN)
        for gain, name in ((1, "Sandle"), (2, "Stoke"), (3, "Sutton"))
    ]
    move(three_mentees, "North", "001")
    move(south, "South", "002")
    return [*three_mentees, *south]


def test_a_region_has_its_own_mean_beside_england(six_mentees: list[School]) -> None:
    found = groups("region")
    # (7 + 6 + 8) / 3, sd 1; (1 + 2 + 3) / 3, sd 1: each +- 2.48414; England 1.5
    assert found["North"]["per_year"] == pytest.approx(7.0)
    assert found["South"]["per_year"] == pytest.approx(2.0)
    assert found["South"]["low"] == pytest.approx(2 - 2.48414, abs=1e-4)
    assert found["South"]["high"] == pytest.approx(2 + 2.48414, abs=1e-4)
    assert found["South"]["england"] == pytest.approx(1.5)


def test_every_way_counts_every_school_once(six_mentees: list[School]) -> None:
    recompute(on=TODAY)
    breakdown = ImpactSummary.objects.get().impact["breakdown"]
    assert set(breakdown) == {"region", "wave", "type", "in_trust", "trust"}
    for rows in breakdown.values():
        assert sum(row["n_schools"] for row in rows) == 6


def test_a_small_region_is_hidden_and_so_is_the_next(
    six_mentees: list[School], make_school: Make
) -> None:
    lonely = make_school("Lone", {2003: (30, 100), 2005: (50, 100)}, AUTUMN)
    move([lonely], "Isles", "003")
    found = groups("region")
    assert found["Isles"]["hidden"] == "few"
    # With Isles alone hidden, 7 times the total less the others would give it: 10.
    assert found["North"]["hidden"] == "other"
    assert found["South"]["hidden"] == ""
    for name in ("Isles", "North"):
        assert set(found[name]) == {"name", "n_schools", "hidden"}


def test_a_school_of_no_known_region_still_counts(six_mentees: list[School]) -> None:
    School.objects.filter(authority="002").update(authority=None)
    assert groups("region")["Not known"]["n_schools"] == 3


def test_waves_stand_beside_englands_own_years(
    six_mentees: list[School], make_school: Make
) -> None:
    # From 2004: gains of 3, 4 and 5 in one year; England 51 to 53 is 2.0
    for gain in (3, 4, 5):
        made = {2004: (30, 100), 2005: (30 + gain, 100)}
        make_school(f"Later {gain}", made, date(2004, 10, 4))
    found = groups("wave")
    assert found[2004]["per_year"] == pytest.approx(4.0)
    assert found[2004]["england"] == pytest.approx(2.0)
    assert found[2003]["per_year"] == pytest.approx(4.5)
    assert found[2003]["england"] == pytest.approx(1.5)


def test_kinds_are_those_of_the_register(six_mentees: list[School]) -> None:
    Establishment.objects.filter(school__in=six_mentees[:3]).update(
        type_group="academy"
    )
    found = groups("type")
    assert found["Academy or free school"]["per_year"] == pytest.approx(7.0)
    assert found["Not known"]["per_year"] == pytest.approx(2.0)


@pytest.fixture
def trust(six_mentees: list[School]) -> Trust:
    """The three of the North are in one academy trust, and in a federation."""
    trust = Trust.objects.create(uid=1, name="Northern Trust")
    federation = Trust.objects.create(uid=2, name="A federation", kind="federation")
    for school in six_mentees[:3]:
        for each in (trust, federation):
            TrustMembership.objects.create(school=school, trust=each)
    return trust


def test_a_trust_counts_the_schools_in_it_today(
    trust: Trust, six_mentees: list[School]
) -> None:
    found = groups("trust")
    assert set(found) == {"Northern Trust", "In no academy trust"}
    assert found["Northern Trust"]["trust"] == trust.pk
    assert found["Northern Trust"]["per_year"] == pytest.approx(7.0)
    TrustMembership.objects.filter(school=six_mentees[0]).update(
        ended=date(2005, 8, 31)
    )
    assert groups("trust")["Northern Trust"]["hidden"] == "few"


def test_trusts_are_for_those_who_may_see_them(trust: Trust) -> None:
    recompute(on=TODAY)
    breakdown = ImpactSummary.objects.get().impact["breakdown"]

    def seen(*, may: bool, own: int | None) -> list[list[str]]:
        found = ways(breakdown, may_see_trusts=may, own_trust=own)
        return [[row.name for row in way.rows] for way in found if way.key == "trust"]

    assert seen(may=True, own=None) == [["Northern Trust", "In no academy trust"]]
    assert seen(may=False, own=trust.pk) == [["Northern Trust"]]
    assert seen(may=False, own=trust.pk + 99) == [[]]
    assert seen(may=False, own=None) == []


def test_a_trusts_likely_range_is_drawn_whole(trust: Trust) -> None:
    recompute(on=TODAY)
    breakdown = ImpactSummary.objects.get().impact["breakdown"]
    (wide,) = [row for row in breakdown["trust"] if row.get("trust") == trust.pk]
    wide |= {"low": -40.0, "high": 60.0}
    for may, own in ((True, None), (False, trust.pk)):
        way = ways(breakdown, may_see_trusts=may, own_trust=own)[-1]
        # From end to end of a picture of 180 with 6 at each end: it is not cut short.
        assert 'd="M6 12L174 12"' in way.rows[0].picture
        assert way.scale == OWN_SCALE


def test_small_trusts_are_counted_and_not_listed(
    trust: Trust, make_school: Make
) -> None:
    for number in range(3):
        school = make_school(
            f"Small {number}", {2003: (30, 100), 2005: (40, 100)}, AUTUMN
        )
        small = Trust.objects.create(uid=10 + number, name=f"Small trust {number}")
        TrustMembership.objects.create(school=school, trust=small)
    recompute(on=TODAY)
    breakdown = ImpactSummary.objects.get().impact["breakdown"]
    way = ways(breakdown, may_see_trusts=True, own_trust=None)[-1]
    # Three hidden schools between them give nothing away: no other need be hidden.
    assert [row.reason for row in way.rows] == ["", ""]
    assert way.notes[0] == (
        "3 more with one or two schools counted (3 in all) are not listed."
    )


def test_a_lone_trust_cannot_be_worked_out_from_both_tables(
    trust: Trust, make_school: Make
) -> None:
    school = make_school("Alone", {2003: (30, 100), 2005: (40, 100)}, AUTUMN)
    small = Trust.objects.create(uid=10, name="Lone trust")
    TrustMembership.objects.create(school=school, trust=small)
    found = groups("trust")
    assert found["Lone trust"]["hidden"] == "few"
    # "In an academy trust" is shown: less the Northern Trust it would be the lone one.
    assert groups("in_trust")["In an academy trust"]["hidden"] == ""
    assert found["Northern Trust"]["hidden"] == "other"
    assert found["In no academy trust"]["hidden"] == ""


def test_the_download_leaves_hidden_figures_out(
    six_mentees: list[School], make_school: Make
) -> None:
    lonely = make_school("Lone", {2003: (30, 100), 2005: (50, 100)}, AUTUMN)
    move([lonely], "Isles", "003")
    recompute(on=TODAY)
    records = group_records(ImpactSummary.objects.get().impact["breakdown"])
    isles = next(each for each in records if each[1] == "Isles")
    assert isles == ["region", "Isles", 1, None, None, None, None, "few"]


def test_each_mentee_has_a_row_with_its_gain_or_why_not(
    six_mentees: list[School], make_school: Make
) -> None:
    hidden = make_school("Dale", {2003: "suppressed", 2005: (9, 90)}, AUTUMN)
    recompute(on=TODAY)
    ashby = MenteeSummary.objects.get(school=six_mentees[0])
    assert (ashby.base, ashby.last, ashby.joined) == (2003, 2005, AUTUMN)
    assert (ashby.base_value, ashby.last_value) == (30, 44)
    assert ashby.gain_a_year == pytest.approx(7.0)
    assert (ashby.region, ashby.reason) == ("North", "")
    left = MenteeSummary.objects.get(school=hidden)
    assert left.gain_a_year is None
    assert left.reason == "baseline_suppressed"
    assert "describes only a few pupils" in left.sentence
    assert MenteeSummary.objects.counted().count() == 6
    assert list(MenteeSummary.objects.left_out()) == [left]


def test_a_row_that_is_wrong_is_found_out(six_mentees: list[School]) -> None:
    recompute(on=TODAY)
    assert differences(on=TODAY) == []
    MenteeSummary.objects.filter(school=six_mentees[0]).update(gain_a_year=9.0)
    MenteeSummary.objects.filter(school=six_mentees[1]).delete()
    assert differences(on=TODAY) == [
        f"Mentee {six_mentees[0].pk} differs from a fresh summary.",
        f"Mentee {six_mentees[1].pk} differs from a fresh summary.",
    ]
