"""The comparison with similar schools, worked by hand."""

from datetime import date

import pytest

from mentoring.actions.recompute import recompute
from mentoring.models import ImpactSummary
from mentoring.pages.finding import NOT_MORE
from mentoring.pages.impact import ImpactPage, impact_page
from mentoring.pages.verdict import LESS, MORE, NOT_KNOWN, NOT_TOLD_APART, verdict
from mentoring.summary.similar import as_much
from results.figures.adjusted import Compared
from schools.models import School
from tests.factories import EligibilityEntryFactory, EligibilityListFactory
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 9, 1)


def page() -> ImpactPage:
    recompute(on=TODAY)
    return impact_page(
        ImpactSummary.objects.get().impact,
        population="pupils aged 15",
        coverage="all schools",
        on=TODAY,
    )


def listed(schools: list[School]) -> None:
    held = EligibilityListFactory.create(measure_id="VA", year=2003)
    for rank, school in enumerate(schools, start=1):
        EligibilityEntryFactory.create(
            list=held, school=school, urn=school.urn, standing="eligible", rank=rank
        )


def outsiders(make_school: Make, count: int, *, rise: int = 0) -> list[School]:
    """Return schools that start at 20 to 50 and gain 5 less a tenth of it a year."""
    found = []
    for number in range(count):
        base = 20 + 10 * (number % 4)
        last = base + 2 * (5 - base // 10) + rise * (1 if number % 8 < 4 else -1)
        found.append(
            make_school(f"Other {number}", {2003: (base, 100), 2005: (last, 100)})
        )
    return found


def mentees(make_school: Make, added: int) -> list[School]:
    """Return three schools that gain what others do, and `added` points a year."""
    return [
        make_school(
            f"Mentee {base}",
            {2003: (base, 100), 2005: (base + 2 * (5 - base // 10 + added), 100)},
            AUTUMN,
        )
        for base in (20, 30, 40)
    ]


def test_what_comes_of_a_low_start_is_taken_away(
    make_school: Make, england: None
) -> None:
    listed([*mentees(make_school, 4), *outsiders(make_school, 32)])
    shown = page()
    similar = ImpactSummary.objects.get().impact["similar"]
    # Gains of 7, 6 and 5 inside, 6 on average; 3, 2, 1 and 0 outside, 1.5. Of these
    # 4.5 points between them half a point is the start: 30 on average against 35.
    assert similar["programme"] == pytest.approx(6.0)
    assert similar["comparison"] == pytest.approx(1.5)
    assert similar["difference"] == pytest.approx(4.0)
    assert similar["by_start"] == pytest.approx(0.5)
    assert (similar["n_programme"], similar["n_comparison"]) == (3, 32)
    assert similar["allowed_for"] == ["the result of the base year"]
    # Outside none gained 6 points a year or more.
    assert similar["as_much"] == [0, 32]
    assert shown.spread is not None
    assert "0 of the 32 similar schools gained at least as much" in shown.spread.summary
    assert shown.verdict is not None
    assert shown.verdict.label == MORE
    assert "gained 4.0 points a year more" in shown.verdict.sentence
    assert NOT_MORE not in shown.title
    assert any("times" in each for each in shown.sentences)
    # England gained 1.5: from the same start others gain 6 - 4 = 2, 0.5 more.
    assert shown.origin is not None
    assert [row[1] for row in shown.origin.rows] == ["+1.5", "+0.5", "+4.0", "+6.0"]


def test_a_gain_like_that_of_others_is_not_told_apart(
    make_school: Make, england: None
) -> None:
    listed([*mentees(make_school, 0), *outsiders(make_school, 32, rise=2)])
    shown = page()
    assert shown.verdict is not None
    assert shown.verdict.label == NOT_TOLD_APART
    assert "which includes none" in shown.verdict.sentence
    assert shown.title.endswith(NOT_MORE)
    assert not any("times" in each for each in (shown.title, *shown.sentences))


def test_fewer_than_thirty_others_are_no_comparison(
    make_school: Make, england: None
) -> None:
    listed([*mentees(make_school, 4), *outsiders(make_school, 29)])
    shown = page()
    assert shown.verdict is not None
    assert shown.verdict.label == NOT_KNOWN
    assert not shown.verdict.claims_more


def test_a_school_off_the_list_is_no_comparison(
    make_school: Make, england: None
) -> None:
    off = make_school("Off the list", {2003: (30, 100), 2005: (90, 100)})
    listed([*mentees(make_school, 4), *outsiders(make_school, 32)])
    page()
    similar = ImpactSummary.objects.get().impact["similar"]
    assert similar["n_comparison"] == 32, off
    assert similar["difference"] == pytest.approx(4.0)


def test_a_loss_beside_others_is_said_plainly() -> None:
    found = verdict(
        {
            "difference": -1.04,
            "low": -1.9,
            "high": -0.2,
            "is_told_apart": True,
            "n_comparison": 40,
        }
    )
    assert found.label == LESS
    assert "1.0 points a year less" in found.sentence
    assert not found.claims_more


def test_a_school_of_two_waves_counts_once_by_its_first() -> None:
    rows = [
        Compared("Ash", 2003, is_programme=False, gain=7.0, base=30),
        Compared("Ash", 2004, is_programme=False, gain=1.0, base=40),
        Compared("Birch", 2004, is_programme=False, gain=6.0, base=30),
        Compared("Elm", 2003, is_programme=False, gain=2.0, base=30),
        Compared("Elm", 2004, is_programme=False, gain=9.0, base=30),
    ]
    assert as_much(6.0, rows) == [2, 3]
