"""What a school's page says of its results."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary, Membership, Programme, SchoolSummary
from mentoring.pages.school import SchoolPage, chance_line, chance_sentence, school_page
from results.models import NationalFigure, Result
from schools.models import ImportRun, School
from tests import factories
from tests.mentoring.conftest import TODAY, Make


def page_of(school: School) -> SchoolPage:
    recompute(on=TODAY)
    return school_page(
        SchoolSummary.objects.get(school=school),
        ImpactSummary.objects.get().line,
        list(Membership.objects.filter(school=school)),
        own_urns=set(school.establishments.values_list("urn", flat=True)),
        population="pupils aged 15",
        coverage="all schools",
    )


def test_the_gain_is_in_words_a_head_understands(
    make_school: Make, england: None
) -> None:
    # 30 of 100 to 44 of 100, phi 2 (too few schools to estimate it): the underlying
    # change lies from -4.9 to +32.0 points, see the vector "overdispersed_change".
    school = make_school("Ashby", {2003: (30, 100), 2005: (44, 100)}, date(2003, 9, 1))
    shown = page_of(school)
    assert shown.finding == "up 14.0 points in two years"
    assert shown.sentences == [
        "Up 14.0 percentage points in two years, from 30.0% in 2003 to 44.0% in 2005.",
        "The years run from the summer before it joined.",
        "With only 100 pupils a year the underlying change could be anything from a "
        "fall of about 5 to a rise of about 32 points.",
        "England rose 3.0 over the same years.",
    ]


def test_joining_in_november_is_said_to_be_part_way(
    make_school: Make, england: None
) -> None:
    school = make_school("Ashby", {2003: (30, 100), 2005: (44, 100)}, date(2003, 11, 3))
    assert "part way through the school year" in page_of(school).sentences[1]


def test_a_range_that_reaches_no_change_says_so() -> None:
    gain = {"low": -0.1, "high": 4.0, "years": 2, "cohort": 180}
    assert chance_sentence(gain) == (
        "With 180 pupils a year the underlying change could be anything from no "
        "change to a rise of about 8 points."
    )
    assert chance_line(gain) == (
        "With 180 pupils a year it could be anything from no change to a rise of "
        "about 8 points"
    )


def test_a_school_without_results_says_so(make_school: Make, england: None) -> None:
    shown = page_of(make_school("Empty", {}))
    assert shown.chart is None
    assert shown.finding == "no results held"


def test_a_missing_base_is_a_reason_and_not_a_number(
    make_school: Make, england: None
) -> None:
    school = make_school(
        "Hidden", {2003: "suppressed", 2005: (44, 100)}, date(2003, 9, 1)
    )
    shown = page_of(school)
    assert shown.finding == "no gain can be given"
    assert "hidden, because it describes only a few pupils" in shown.sentences[0]
    assert shown.chart is not None
    assert ["2003", "Hidden, because it describes only a few pupils.", "50%"] in [
        list(row) for row in shown.chart.rows
    ]


@pytest.fixture
def crossing(make_school: Make, england: None, run: ImportRun) -> School:
    """A school with 5ACEM in 2014 and 95EM in 2017 and 2018, as really published."""
    programme = Programme.the()
    programme.headline_measure_id = "95EM"
    programme.population = "end of KS4"
    programme.save()
    school = make_school("Headlands", {})
    for measure, year, value, cohort in (
        ("5ACEM", 2014, 35, 203),
        ("95EM", 2017, 32, 170),
        ("95EM", 2018, 46, 164),
    ):
        Result.objects.create(
            establishment_id=school.urn,
            measure_id=measure,
            year=year,
            population="end of KS4",
            release=2,
            run=run,
            value=value,
            cohort=cohort,
        )
    for year, level in ((2017, 39.1), (2018, 39.9)):
        NationalFigure.objects.create(
            measure_id="95EM",
            year=year,
            population="end of KS4",
            coverage="all schools",
            release=1,
            basis="published",
            value=level,
            source="made by hand",
        )
    return school


def test_the_line_is_not_joined_where_the_measure_changes(crossing: School) -> None:
    shown = page_of(crossing)
    assert [each.year for each in shown.seams] == [2017]
    assert "From 2017 the headline is" in shown.seams[0].sentences[0]
    assert shown.chart is not None
    root = ET.fromstring(shown.chart.wide)  # noqa: S314 -- our own picture
    lines = [
        each.attrib["d"]
        for each in root.iter()
        if "chart-line" in each.attrib.get("class", "")
        and "chart-school" in each.attrib.get("class", "")
    ]
    # One stretch of two points, 2017 to 2018; 2014 stands alone as its marker.
    assert len(lines) == 1
    assert lines[0].count("L") == 1


def test_the_gain_does_not_cross_the_break_and_names_the_releases(
    crossing: School,
) -> None:
    shown = page_of(crossing)
    assert shown.finding == "up 14.0 points in one year"
    assert "England rose 0.8 over the same years (provisional)." in shown.sentences
    assert shown.sentences[-1] == (
        "No like-for-like release exists: for 2017 and 2018 the school\u2019s results "
        "are revised and England\u2019s figures provisional. The comparison is "
        "therefore provisional."
    )
    assert shown.source == (
        "Grade 5 or above in both English and mathematics; pupils aged 15; all "
        "schools; 2017 to 2018, revised"
    )


def test_a_join_before_a_break_gives_its_sentence_and_no_number(
    crossing: School,
) -> None:
    factories.MembershipFactory.create(
        school=crossing, role="mentee", joined=date(2014, 9, 1)
    )
    recompute(on=date(2018, 11, 1))
    summary = SchoolSummary.objects.get(school=crossing)
    assert summary.gain_a_year is None
    assert summary.gain_reason == "definition_break"


def test_a_caution_is_marked_with_its_sentence(
    make_school: Make, england: None
) -> None:
    school = make_school("Ashby", {2003: (30, 100), 2005: (44, 100)}, date(2003, 9, 1))
    shown = page_of(school)
    assert any("2004" in each for each in shown.cautions)
    assert shown.chart is not None
    assert any("2004" in sentence for _, sentence in shown.chart.notes)


def test_a_school_whose_every_result_is_hidden_says_why(
    make_school: Make, england: None
) -> None:
    """Not that a later year is still to come."""
    shown = page_of(make_school("Small", {2004: "suppressed", 2005: "suppressed"}))
    assert shown.finding == "no result can be shown"
    assert shown.sentences == [
        "No result of this school can be shown.",
        "Hidden, because it describes only a few pupils.",
    ]
    assert shown.chart is None


def test_years_before_a_merger_are_said_to_be_sums(
    make_school: Make, england: None
) -> None:
    one = make_school("Ash", {2003: (30, 100), 2004: (30, 100)})
    two = make_school("Oak", {2003: (50, 100), 2004: (50, 100)})
    merged = make_school("Ash and Oak", {2005: (100, 200)})
    for part in (one, two):
        factories.SchoolPredecessorFactory.create(
            succession__link__predecessor=part.establishments.get(),
            succession__link__successor=merged.establishments.get(),
            date=date(2004, 9, 1),
        )
    sums = (
        "Up to 2004 these are the sums of the schools that merged into this one, not "
        "results of its own."
    )
    shown = page_of(merged)
    assert shown.finding == "up 10.0 points in two years"
    assert shown.cautions[-1] == sums
    assert sums not in page_of(one).cautions
