"""How many schools outside did as well as a mentee, counted by hand."""

from datetime import date

import pytest

from mentoring.actions.recompute import differences, recompute
from mentoring.models import SchoolSummary
from mentoring.pages.school import as_much_sentences
from schools.models import School
from tests.mentoring.conftest import TODAY, Make
from tests.mentoring.summary.test_similar import AUTUMN, listed


def outside(make_school: Make, count: int) -> list[School]:
    """Return schools that gain 0, 1, 2 and 3 points a year in turn."""
    return [
        make_school(f"Other {at}", {2003: (30, 100), 2005: (30 + 2 * (at % 4), 100)})
        for at in range(count)
    ]


def gain_of(school: School) -> dict[str, object]:
    recompute(on=TODAY)
    gain: dict[str, object] = SchoolSummary.objects.get(school=school).gain
    return gain


def test_those_that_gained_as_much_or_more_are_counted(
    make_school: Make, england: None
) -> None:
    mentee = make_school("Mentee", {2003: (20, 100), 2005: (24, 100)}, AUTUMN)
    others = outside(make_school, 32)
    make_school("Off the list", {2003: (30, 100), 2005: (90, 100)})
    listed([mentee, *others])
    # 2 points a year: of four in turn those of 2 and 3 did as well, 16 of 32.
    assert gain_of(mentee)["as_much"] == [16, 32]
    assert "as_much" not in gain_of(others[0])
    assert differences(on=TODAY) == []


@pytest.mark.parametrize(("count", "is_said"), [(29, False), (30, True)])
def test_fewer_than_thirty_say_nothing(
    make_school: Make, england: None, count: int, *, is_said: bool
) -> None:
    mentee = make_school("Mentee", {2003: (20, 100), 2005: (24, 100)}, AUTUMN)
    listed([mentee, *outside(make_school, count)])
    assert ("as_much" in gain_of(mentee)) == is_said


def test_a_mentee_that_joined_later_is_set_beside_its_own_wave(
    make_school: Make, england: None
) -> None:
    later = make_school("Later", {2004: (20, 100), 2005: (24, 100)}, date(2004, 9, 1))
    listed([later, *outside(make_school, 32)])
    # The only list is of 2003: nobody is known to have been entitled in 2004.
    assert "as_much" not in gain_of(later)


def test_it_is_said_in_a_sentence() -> None:
    assert as_much_sentences({"as_much": [75, 1656]}) == [
        "Of the 1,656 schools that were entitled to help in the same year and never "
        "joined, 75 did as well or better since."
    ]
    assert as_much_sentences({}) == []
