"""The lead mentor behind a gain, and likely ranges by lead mentor, worked by hand."""

from datetime import date
from typing import Any

import pytest

from mentoring.actions.recompute import differences, recompute
from mentoring.models import Area, ImpactSummary, Membership, Pairing
from mentoring.pages.finding import NO_DIFFERENCE
from mentoring.pages.impact import ImpactPage, impact_page
from mentoring.summary.leads import lead_for, read_leads
from schools.models import School
from tests.factories import (
    EligibilityEntryFactory,
    EligibilityListFactory,
    MembershipFactory,
    PairingFactory,
)
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 9, 1)
GAINS = (8, 6, 10, 12, 3, 3)
"""The evaluation's own example: mean 7, standard errors 1.51 and, two by two, 2.31."""


def mentors(number: int) -> list[Membership]:
    return [
        MembershipFactory.create(role="mentor", places=30, joined=AUTUMN)
        for _ in range(number)
    ]


def lead(mentor: Membership, school: School, **given: Any) -> None:
    given = {"started": date(2004, 1, 5), "area": Area.lead(), **given}
    mentee = Membership.objects.get(school=school, role="mentee")
    PairingFactory.create(mentor=mentor, mentee=mentee, **given)


@pytest.fixture
def six(make_school: Make, england: None) -> list[School]:
    """Six mentees that gain as the example says."""
    return [
        make_school(
            f"Mentee {n}", {2003: (30, 100), 2005: (30 + 2 * gain, 100)}, AUTUMN
        )
        for n, gain in enumerate(GAINS)
    ]


def two_by_two(six: list[School]) -> None:
    for place, mentor in enumerate(mentors(3)):
        lead(mentor, six[2 * place])
        lead(mentor, six[2 * place + 1])


def facts() -> Any:
    recompute(on=TODAY)
    return ImpactSummary.objects.get().impact


def page() -> ImpactPage:
    return impact_page(
        facts(), population="pupils aged 15", coverage="all schools", on=TODAY
    )


def test_schools_of_one_lead_mentor_move_together(six: list[School]) -> None:
    two_by_two(six)
    gain = facts()["gain"]
    assert gain["per_year"] == pytest.approx(7.0)
    # 7 +- 4.302653 x 2.309401, and plain 7 +- 2.570582 x 1.505545.
    assert gain["low"] == pytest.approx(-2.93655, abs=1e-4)
    assert gain["high"] == pytest.approx(16.93655, abs=1e-4)
    assert gain["plain"] == pytest.approx([3.12987, 10.87013], abs=1e-4)
    assert (gain["n_mentors"], gain["n_alone"]) == (3, 0)
    # Mentors' means are 7, 11 and 3. Three draws are all the lowest 1 time in 27, which
    # is more often than the 2.5% left out at either end.
    assert gain["bootstrap"] == pytest.approx([3.0, 11.0])


def test_the_page_tells_both_ranges_and_which_stands(six: list[School]) -> None:
    two_by_two(six)
    shown = page()
    assert shown.figures[0].detail == (
        "Likely range \u22122.9 to +16.9 (95%); with each school by itself +3.1 to "
        "+10.9"
    )
    # England's 1.5 lies outside the plain range and inside the one that stands.
    assert NO_DIFFERENCE in shown.sentences
    assert not any("times" in each for each in (shown.title, *shown.sentences))
    assert (
        "The likely range allows for the schools of the 3 lead mentors moving "
        "together; with each school by itself it is +3.1 to +10.9 points a year."
    ) in shown.notes
    assert (
        "With so few mentors that is uncertain; drawing mentors by lot again and again "
        "gives +3.0 to +11.0."
    ) in shown.notes


def test_a_school_without_a_lead_stands_alone(six: list[School]) -> None:
    (mentor,) = mentors(1)
    lead(mentor, six[0])
    lead(mentor, six[1])
    # One of another area is no lead, nor is one that was declined.
    lead(mentor, six[2], area=PairingFactory.create().area)
    lead(mentor, six[3], state="declined")
    gain = facts()["gain"]
    assert (gain["n_mentors"], gain["n_alone"]) == (1, 4)
    # Sums 0, 3, 5, -4, -4: 66 / 36 x 5 / 4, and t of 4 is 2.776445.
    arm = 2.776445 * (66 / 36 * 5 / 4) ** 0.5
    assert gain["low"] == pytest.approx(7 - arm, abs=1e-4)
    assert any(
        "of one lead mentor moving together; 4 without one stand alone" in note
        for note in page().notes
    )


def test_where_all_share_a_mentor_the_plain_range_stands(six: list[School]) -> None:
    (mentor,) = mentors(1)
    for school in six:
        lead(mentor, school)
    gain = facts()["gain"]
    assert [gain["low"], gain["high"]] == gain["plain"]
    assert gain["bootstrap"] is None
    shown = page()
    assert "by itself" not in shown.figures[0].detail
    assert any("All have one lead mentor" in note for note in shown.notes)


def test_without_leads_nothing_is_said_of_mentors(six: list[School]) -> None:
    gain = facts()["gain"]
    assert [gain["low"], gain["high"]] == pytest.approx(gain["plain"])
    assert (gain["n_mentors"], gain["n_alone"]) == (0, 6)
    assert gain["bootstrap"] is None
    shown = page()
    assert not any("mentor" in note for note in shown.notes)
    # 7 / 1.5, and 3.12987 and 10.87013 over 1.5.
    assert shown.sentences[0] == (
        "That is 5.5 points a year more than England; the gain is about 5 times the "
        "national average (likely range 2.1 to 7.2 times)."
    )


def test_the_lead_of_a_summer_is_the_last_begun_before_its_exams(
    make_school: Make,
) -> None:
    school = make_school("Ashby", {}, AUTUMN)
    first, second, third = mentors(3)
    assert lead_for(read_leads(), school.pk, 2005) is None
    lead(first, school, started=date(2004, 1, 5), ended=date(2004, 12, 17))
    lead(second, school, started=date(2005, 1, 10), ended=date(2005, 4, 30))
    lead(third, school, started=date(2005, 5, 1))
    found = read_leads()
    # By 2003 nobody had begun; the second's help was over before the exams of 2005.
    assert [lead_for(found, school.pk, year) for year in range(2003, 2007)] == [
        None,
        *(first.school_id, second.school_id, third.school_id),
    ]


def test_the_comparison_with_similar_schools_is_by_mentor_too(
    make_school: Make, england: None
) -> None:
    # Two mentors' schools gain 8 and 4 more than others: far apart by mentor.
    ours = [
        make_school(
            f"Mentee {n}",
            {2003: (30 + n, 100), 2005: (30 + n + (20 if n < 4 else 12), 100)},
            AUTUMN,
        )
        for n in range(8)
    ]
    others = [
        make_school(f"Other {n}", {2003: (25 + n, 100), 2005: (28 + n + n % 3, 100)})
        for n in range(32)
    ]
    held = EligibilityListFactory.create(measure_id="VA", year=2003)
    for rank, school in enumerate([*ours, *others], start=1):
        EligibilityEntryFactory.create(
            list=held, school=school, urn=school.urn, standing="eligible", rank=rank
        )
    alone = page()
    assert alone.verdict is not None
    assert alone.verdict.claims_more
    assert alone.checks is not None
    assert "by itself" not in alone.checks.rows[1].name
    for place, mentor in enumerate(mentors(2)):
        for school in ours[4 * place : 4 * place + 4]:
            lead(mentor, school)
    together = page()
    similar = ImpactSummary.objects.get().impact["similar"]
    assert similar["n_mentors"] == 2
    assert together.verdict is not None
    assert not together.verdict.claims_more
    assert together.checks is not None
    headline, plain = together.checks.rows[:2]
    assert headline.likely != plain.likely
    assert (headline.is_told_apart, plain.is_told_apart) == (False, True)
    assert plain.likely == alone.checks.rows[0].likely
    assert "one lead mentor moving together" in together.checks.notes[0]


def test_a_lead_that_changed_behind_its_back_is_found(six: list[School]) -> None:
    two_by_two(six)
    (other,) = mentors(1)
    recompute(on=TODAY)
    assert differences(on=TODAY) == []
    Pairing.objects.filter(mentee__school=six[0]).update(mentor=other)
    assert differences(on=TODAY) == ["The dashboard differs from a fresh one."]
