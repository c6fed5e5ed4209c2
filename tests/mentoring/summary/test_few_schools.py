"""A programme of one, two or three schools: what its dashboard may say."""

from datetime import date

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary
from mentoring.pages.finding import title
from mentoring.pages.impact import ImpactPage, impact_page
from mentoring.pages.places import places_chart
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 9, 1)


def joined(make_school: Make, count: int) -> ImpactPage:
    """Return the dashboard of a programme of `count` schools that gained 7 a year."""
    for number in range(count):
        make_school(f"Mentee {number}", {2003: (30, 100), 2005: (44, 100)}, AUTUMN)
    recompute(on=TODAY)
    return impact_page(
        ImpactSummary.objects.get().impact,
        population="pupils aged 15",
        coverage="all schools",
        on=TODAY,
    )


@pytest.mark.parametrize(
    ("count", "who"), [(1, "1 school has joined"), (2, "2 schools have joined")]
)
def test_fewer_than_three_have_no_average_anywhere(
    make_school: Make, england: None, count: int, who: str
) -> None:
    shown = joined(make_school, count)
    assert shown.title == f"{who}; no average can be shown yet"
    assert shown.sentences == ["An average needs at least three schools."]
    ours, england_s, rest, counted = shown.figures
    assert [each.value for each in (ours, england_s, rest)] == ["", "", ""]
    assert rest.reason == "There is no programme gain to set it beside."
    assert (counted.value, counted.detail) == (str(count), "All of them")
    assert counted.source.endswith("; none has left")
    assert (shown.origin, shown.spread, shown.verdict) == (None, None, None)
    assert shown.chart is not None
    assert "no mean of fewer than three programme schools" in shown.chart.summary
    assert "England without them" not in shown.chart.columns
    assert "37" not in str(shown.chart.rows)
    assert "44" not in str(shown.chart.rows)


def test_three_have_one(make_school: Make, england: None) -> None:
    shown = joined(make_school, 3)
    assert shown.title.startswith("3 schools gained an average of 7.0")
    assert shown.spread is not None
    assert shown.chart is not None
    assert "The mean of the schools counted (3 in every year)" in shown.chart.summary


def test_none_say_what_will_stand_here(make_school: Make, england: None) -> None:
    shown = joined(make_school, 0)
    assert shown.title == "No programme school has results to compare yet"
    assert (shown.chart, shown.verdict, shown.origin) == (None, None, None)


def test_one_school_is_one_on_the_map_too() -> None:
    shown = places_chart(
        {
            "points": {"gained": [[4000, 3000]]},
            "crowds": [],
            "total": 1,
            "regions": [],
            "both": 0,
            "no_place": 0,
        }
    )
    assert shown is not None
    assert shown.title == "Where the one programme school is"


def test_thousands_have_their_comma_in_the_title() -> None:
    facts = {"gain": {"per_year": 7.0, "n_schools": 3440}, "is_share": True}
    assert title(facts).startswith("3,440 schools gained an average of 7.0")
