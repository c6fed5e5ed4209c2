"""The comparison worked out in other ways, in worlds where the answer is known."""

from datetime import date
from typing import Any

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary
from mentoring.pages.checks import Checks, checks_of
from mentoring.pages.impact import impact_page
from results.models import Result
from schools.models import ImportRun, School
from tests.mentoring.conftest import TODAY, Make
from tests.mentoring.summary.test_similar import listed

AUTUMN = date(2003, 9, 1)
OUTSIDE = 32


@pytest.fixture
def grown(make_school: Make, england: None, run: ImportRun) -> list[School]:
    """Low schools rise by themselves; what comes on top is other qualifications.

    Mentees have 4 points a year of it, half the schools outside 2, the others none.
    """
    found = []
    for number in range(OUTSIDE + 3):
        is_ours = number >= OUTSIDE
        base = 20 + 10 * (number % (3 if is_ours else 4))
        added = 4 if is_ours else 2 * (number % 8 < 4)
        last = base + 2 * (5 - base // 10 + added)
        school = make_school(
            f"School {number}",
            {2003: (base, 100), 2005: (last, 100)},
            AUTUMN if is_ours else None,
        )
        for year, value in ((2003, base), (2005, last - 2 * added)):
            Result.objects.create(
                establishment_id=school.urn,
                measure_id="5AC_GCSE_only",
                year=year,
                population="15-year-olds",
                release=3,
                run=run,
                value=value,
            )
        found.append(school)
    listed(found)
    return found


def similar() -> dict[str, Any]:
    recompute(on=TODAY)
    found: dict[str, Any] = ImpactSummary.objects.get().impact["similar"]
    return found


def by_way(way: str) -> dict[str, Any]:
    return next(each for each in similar()["checks"] if each["way"] == way)


def in_words() -> Checks:
    found = checks_of(similar())
    assert found is not None
    return found


def before(school: School, run: ImportRun, value: int) -> None:
    """Give a school `value` in each of the two years before the base."""
    for year in (2001, 2002):
        Result.objects.create(
            establishment_id=school.urn,
            measure_id="5AC",
            year=year,
            population="15-year-olds",
            release=3,
            run=run,
            value=value,
        )


def test_a_rise_of_other_qualifications_alone_is_found_out(
    grown: list[School],
) -> None:
    # Outside 1 on average comes from them, so 3 of the mentees' 4 look like more.
    assert similar()["difference"] == pytest.approx(3.0, abs=0.01)
    found = by_way("equivalents")
    assert found["difference"] == pytest.approx(0.0, abs=1e-6)
    assert found["added"] == pytest.approx([4.0, 1.0])
    assert (
        "Qualifications other than GCSEs added +4.0 points a year to programme "
        "schools\u2019 results and +1.0 to similar schools\u2019."
    ) in in_words().notes


def test_a_way_that_too_few_schools_have_the_years_for_says_so(
    grown: list[School], run: ImportRun
) -> None:
    for school in grown[: OUTSIDE - 2]:  # 30 of 35: 86%
        before(school, run, 30)
    found = by_way("before")
    assert set(found) == {"way", "sentence"}
    reasons = [row.reason for row in in_words().rows]
    assert reasons[2] == "Fewer than 90% of the schools have the years."
    # No mentee has the three years, so there is nothing to compare from them.
    assert reasons[1]
    assert not reasons[0]


def test_a_poor_base_year_is_seen_from_the_years_before(
    grown: list[School], run: ImportRun
) -> None:
    for number, school in enumerate(grown):
        start = 20 + 10 * (number % (3 if number >= OUTSIDE else 4))
        # The mentees stood 12 points higher before: they rise back to it by 2005.
        before(school, run, start + (12 if number >= OUTSIDE else 0))
    found = by_way("three_years")
    assert found["n_programme"] == 3
    # From the mean of three years, m, over three years: outside (12 - m / 5) / 3 on
    # average; mentees, with m at base + 8, gain (11.6 - m / 5) / 3.
    assert found["difference"] == pytest.approx(-0.4 / 3, abs=1e-6)
    assert similar()["difference"] == pytest.approx(3.0, abs=1e-6)


def test_without_gcse_results_that_way_has_a_reason(grown: list[School]) -> None:
    Result.objects.filter(measure="5AC_GCSE_only").delete()
    assert set(by_way("equivalents")) == {"way", "sentence"}


def test_what_could_not_be_allowed_for_is_named(grown: list[School]) -> None:
    notes = in_words().notes
    assert notes[0] == "All allow for the result of the base year."
    assert notes[1] == (
        "Not allowed for, because fewer than 90% of the schools have it: the "
        "share of pupils with free school meals."
    )


def test_the_page_sets_similar_schools_beside_those_that_gained(
    grown: list[School],
) -> None:
    recompute(on=TODAY)
    page = impact_page(
        ImpactSummary.objects.get().impact,
        population="pupils aged 15",
        coverage="all schools",
        on=TODAY,
    )
    assert page.spread is not None
    # Outside, those that start at 50 and have no other qualifications stay there.
    assert (
        "Of these schools 100.0% gained, and of similar schools outside the programme "
        "87.5%." in page.spread.summary
    )


def test_similar_schools_have_a_line_of_their_own(
    grown: list[School], run: ImportRun
) -> None:
    for school in grown[OUTSIDE - 2 : OUTSIDE]:
        before(school, run, 30)
    # 32 schools from 20, 30, 40 and 50 in turn: 35; by 2005 they are at
    # 35 + 10 - 7 + 2. Before 2003 only two have a result, too few for a mean.
    assert dict(similar()["levels"]) == {
        2001: None,
        2002: None,
        2003: pytest.approx(35.0),
        2005: pytest.approx(40.0),
    }


def test_few_leavers_cannot_be_worked_out_from_those_still_in(
    make_school: Make, england: None
) -> None:
    for number in range(8):
        make_school(
            f"Mentee {number}",
            {2003: (30, 100), 2005: (40 + number, 100)},
            AUTUMN,
            date(2005, 9, 1) if number < 2 else None,
        )

    def still() -> dict[str, Any]:
        recompute(on=TODAY)
        found: dict[str, Any] = ImpactSummary.objects.get().impact["still"]
        return found

    assert "per_year" not in still()
    left = date(2005, 9, 1)
    School.objects.get(name="Mentee 2").memberships.update(
        left=left, since=left, state="withdrawn", reason="It merged."
    )
    assert still()["n_schools"] == 5
