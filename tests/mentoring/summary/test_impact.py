"""The dashboard's facts, against figures worked out by hand."""

from datetime import date
from typing import Any

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary, Membership, Programme, SchoolSummary
from mentoring.pages.finding import NO_DIFFERENCE
from mentoring.pages.impact import ImpactPage, impact_page, source_sentences
from results.models import NationalFigure, Result
from schools.models import Establishment, ImportRun, School
from tests.factories import EligibilityEntryFactory, EligibilityListFactory
from tests.mentoring.conftest import TODAY, Make


def page() -> ImpactPage:
    recompute(on=TODAY)
    return impact_page(
        ImpactSummary.objects.get().impact,
        population="pupils aged 15",
        coverage="all schools",
        on=TODAY,
    )


def facts() -> Any:
    recompute(on=TODAY)
    return ImpactSummary.objects.get().impact


def test_the_mean_gain_counts_every_school_once(three_mentees: list[School]) -> None:
    # (7 + 6 + 8) / 3; sd 1, se 0.57735, t2 = 4.302653: 7 +- 2.48414
    gain = facts()["gain"]
    assert gain["per_year"] == pytest.approx(7.0)
    assert gain["low"] == pytest.approx(4.51586, abs=1e-4)
    assert gain["high"] == pytest.approx(9.48414, abs=1e-4)
    assert gain["n_schools"] == 3


def test_england_is_taken_over_the_same_years(three_mentees: list[School]) -> None:
    found = facts()
    assert found["england"]["per_year"] == pytest.approx(1.5)
    assert found["ratio"]["difference"] == pytest.approx(5.5)
    assert found["ratio"]["value"] == pytest.approx(7 / 1.5)


def test_the_rest_of_england_is_the_schools_outside(
    three_mentees: list[School],
) -> None:
    # 100 of 200 to 104 of 200 in two years: 1.0 a year
    rest = facts()["rest"]
    assert rest == {"per_year": pytest.approx(1.0), "how": "counts"}


def test_without_counts_the_rest_comes_from_the_share_of_pupils(
    three_mentees: list[School],
) -> None:
    Result.objects.update(number=None)
    # England 1.5, ours pooled 7.0, share 300 of 500 pupils: (1.5 - .6 x 7) / .4
    rest = facts()["rest"]
    assert rest["how"] == "share"
    assert rest["share"] == pytest.approx(0.6)
    assert rest["per_year"] == pytest.approx(-6.75)


def test_a_suppressed_base_is_left_out_with_its_reason(
    three_mentees: list[School], make_school: Make
) -> None:
    hidden = make_school(
        "Hidden Dale", {2003: "suppressed", 2005: (9, 90)}, date(2003, 11, 3)
    )
    found = facts()
    assert found["joined"] == 4
    assert found["counted"] == 3
    (group,) = found["left_out"]
    assert group["reason"] == "baseline_suppressed"
    assert group["schools"] == [[hidden.pk, "Hidden Dale"]]


def test_a_school_that_closed_is_said_to_have_closed(
    three_mentees: list[School], make_school: Make
) -> None:
    shut = make_school("Shut Lane", {2003: (30, 100)}, date(2003, 11, 3))
    assert facts()["left_out"][0]["reason"] == "not_enough_years"
    Establishment.objects.filter(school=shut).update(closed=date(2004, 8, 31))
    assert facts()["left_out"][0]["reason"] == "school_closed"


def test_leavers_stay_in_the_average(three_mentees: list[School]) -> None:
    Membership.objects.filter(school=three_mentees[0]).update(
        state="completed", since=date(2005, 3, 31), left=date(2005, 3, 31)
    )
    found = facts()
    assert found["gain"]["n_schools"] == 3
    assert found["gone"] == 1
    assert found["still"]["reason"] == "too_few_schools"


def test_waves_each_keep_their_own_base_year(
    three_mentees: list[School], make_school: Make
) -> None:
    # joins in autumn 2004: base 2004, 30% to 33% in one year; England 2004 to 2005
    # is 2.0, so over four windows (1.5 x 3 + 2.0) / 4 = 1.625
    make_school("Later", {2004: (30, 100), 2005: (33, 100)}, date(2004, 10, 4))
    found = facts()
    assert found["gain"]["per_year"] == pytest.approx((7 + 6 + 8 + 3) / 4)
    assert found["england"]["per_year"] == pytest.approx(1.625)
    assert [(w["base"], w["schools"]) for w in found["waves"]] == [(2003, 3), (2004, 1)]


def test_the_title_is_the_finding_and_the_ratio_has_its_difference(
    three_mentees: list[School],
) -> None:
    shown = page()
    assert shown.title == (
        "3 schools gained an average of 7.0 percentage points a year. "
        "England gained 1.5."
    )
    # 4.51586 and 9.48414 over 1.5
    assert shown.sentences[0] == (
        "That is 5.5 points a year more than England; the gain is about 5 times the "
        "national average (likely range 3.0 to 6.3 times)."
    )
    assert "return to normal" in shown.sentences[1]


def test_the_rest_of_the_quarter_stands_beside_the_finding(
    three_mentees: list[School], make_school: Make
) -> None:
    # 15 others rise from 30 to 34 in two years and 15 from 30 to 36: 2.5 a year.
    others = [
        make_school(f"Other {n}", {2003: (30, 100), 2005: (34 + 2 * (n % 2), 100)})
        for n in range(30)
    ]
    held = EligibilityListFactory.create(measure_id="VA", year=2003)
    for rank, school in enumerate([*three_mentees, *others], start=1):
        EligibilityEntryFactory.create(
            list=held, school=school, urn=school.urn, standing="eligible", rank=rank
        )
    assert facts()["quarter"] == {
        "per_year": pytest.approx(2.5),
        "n_schools": 30,
        "n_quarters": 1,
    }
    assert page().sentences[-1] == (
        "The 30 other schools of the same bottom quarter, which never joined, gained "
        "2.5 points a year over the same years."
    )


def test_too_few_others_are_no_comparison(
    three_mentees: list[School],
) -> None:
    assert facts()["quarter"] == {}


def test_a_gain_that_could_be_chance_says_so_and_gives_no_ratio(
    make_school: Make, england: None
) -> None:
    # gains of 0.5, 2.0 and 3.5 around 2.0; England 1.5 lies well inside the range
    autumn = date(2003, 9, 1)
    for name, last in (("A", 41), ("B", 44), ("C", 47)):
        make_school(name, {2003: (40, 100), 2005: (last, 100)}, autumn)
    shown = page()
    assert NO_DIFFERENCE in shown.sentences
    assert not any("times" in each for each in (shown.title, *shown.sentences))


def test_a_provisional_figure_labels_the_whole(three_mentees: list[School]) -> None:
    NationalFigure.objects.filter(year=2005).update(release=1)
    shown = page()
    assert shown.title.endswith("England gained 1.5 (provisional).")
    assert (
        "for 2005 the schools\u2019 results are final and England\u2019s figures "
        "provisional" in shown.worked_out
    )


def test_like_for_like_releases_are_used_where_every_school_has_them(
    three_mentees: list[School], run: ImportRun
) -> None:
    # England's 2005 is provisional only; every mentee has a provisional 2005 too,
    # two points lower than the final, so the mean falls from 7.0 to 6.0.
    NationalFigure.objects.filter(year=2005).update(release=1)
    finals = Result.objects.filter(
        establishment__school__in=three_mentees, year=2005, release=3
    )
    for final in finals:
        assert final.number is not None
        Result.objects.create(
            establishment_id=final.establishment_id,
            measure_id="5AC",
            year=2005,
            population="15-year-olds",
            release=1,
            number=final.number - 2,
            cohort=100,
            value=final.number - 2,
            run=run,
        )
    found = facts()
    assert found["gain"]["per_year"] == pytest.approx(6.0)
    assert found["england"]["mismatches"] == []
    assert page().title.endswith("(provisional).")


def test_the_sources_of_both_sides_are_named(three_mentees: list[School]) -> None:
    said = page().worked_out
    assert "Source, Schools: made, imported on 20 November 2006." in said
    assert "Source, England: made by hand." in said
    assert said.endswith("Worked out on 20 November 2006.")


def test_of_many_sources_the_first_few_are_named() -> None:
    files = [f"{number}.csv" for number in range(6)]
    assert source_sentences({"schools": files}) == [
        "Source, Schools: 0.csv; 1.csv; 2.csv; 3.csv; and 2 more."
    ]
    assert source_sentences({"england": files[:5]}) == [
        "Source, England: 0.csv; 1.csv; 2.csv; 3.csv; 4.csv."
    ]


def test_fewer_than_three_schools_show_no_average(
    make_school: Make, england: None
) -> None:
    for name in ("A", "B"):
        make_school(name, {2003: (3, 30), 2005: (9, 30)}, date(2003, 9, 1))
    shown = page()
    assert "no average can be shown yet" in shown.title
    assert shown.figures[0].reason == "An average needs at least three schools."


def test_nothing_held_is_an_empty_page(england: None) -> None:
    shown = page()
    assert shown.chart is None
    assert "No programme school has results" in shown.title


def test_a_school_outside_is_measured_over_its_latest_years(
    three_mentees: list[School],
) -> None:
    recompute(on=TODAY)
    outside = SchoolSummary.objects.get(school__name="Outside")
    assert outside.gain["joined"] is None
    assert (outside.gain["base"], outside.gain["last"]) == (2003, 2005)
    assert outside.gain_a_year == pytest.approx(1.0)


def test_a_cohort_below_the_minimum_is_not_shown(
    make_school: Make, england: None
) -> None:
    school = make_school("Tiny", {2003: (40, 100), 2005: (2, 5)})
    recompute(on=TODAY)
    summary = SchoolSummary.objects.get(school=school)
    assert summary.latest_value is None
    assert summary.latest_reason == "suppressed"
    assert summary.line[-1]["value"] is None
    assert summary.line[-1]["cohort"] is None
    assert summary.spark[-1] is None


def test_a_trend_in_small_stops_where_years_cannot_be_compared(
    make_school: Make, run: ImportRun, england: None
) -> None:
    Programme.objects.update(headline_measure="95EM", population="end of KS4")
    school = make_school("Headlands", {})
    for measure, year, value in (
        ("5ACEM", 2014, 35),
        ("ACEM", 2016, 60),
        ("95EM", 2017, 32),
        ("95EM", 2018, 46),
    ):
        Result.objects.create(
            establishment_id=school.urn,
            measure_id=measure,
            year=year,
            population="end of KS4",
            release=2,
            run=run,
            value=value,
        )
    recompute(on=TODAY)
    # 2015 is a gap of its own; 2016 and 2017 each begin a new measure.
    assert SchoolSummary.objects.get().spark == [35, None, None, 60, None, 32, 46]


def test_the_programme_says_what_a_small_cohort_is(
    three_mentees: list[School],
) -> None:
    assert facts()["small"] == 0
    Programme.objects.update(min_rank=101)
    assert facts()["small"] == 3
    assert "3 have fewer than 101 pupils in a year and count." in page().notes


def test_recomputing_again_changes_nothing(three_mentees: list[School]) -> None:
    recompute(on=TODAY)
    before = list(SchoolSummary.objects.order_by("pk").values())
    recompute(on=TODAY)
    assert list(SchoolSummary.objects.order_by("pk").values()) == before
