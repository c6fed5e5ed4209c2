import pytest

from mentoring.matching.guideline import Fit, Guideline

USUAL = Guideline(5, 20)
CAPPED = Guideline(5, 20, 30)


@pytest.mark.parametrize(
    ("days", "staff", "fit"),
    [
        (None, 0, Fit.UNSAID),
        (None, 3, Fit.UNSAID),
        (0, 0, Fit.USUAL),
        (10, 0, Fit.NOBODY),
        (9, 2, Fit.FEW),
        (10, 2, Fit.USUAL),
        (40, 2, Fit.USUAL),
        (41, 2, Fit.MANY),
        (60, 2, Fit.MANY),
        (61, 2, Fit.BEYOND),
    ],
)
def test_days_and_staff(days: int | None, staff: int, fit: Fit) -> None:
    assert CAPPED.fit(days, staff) == fit


def test_without_a_ceiling_nothing_is_beyond_it() -> None:
    assert USUAL.fit(2000, 1) == Fit.MANY


@pytest.mark.parametrize(
    ("days", "staff", "words"),
    [
        (10, 2, ""),
        (None, 2, ""),
        (
            9,
            2,
            "9 days a year by 2 members of staff is 4.5 days each. Usual is 5 to 20.",
        ),
        (
            25,
            1,
            "25 days a year by 1 member of staff is 25 days each. Usual is 5 to 20.",
        ),
        (
            70,
            2,
            "70 days a year by 2 members of staff is 35 days each, and nobody may give "
            "more than 30. Offer at most 60 days, or name more staff.",
        ),
        (
            1,
            0,
            "Nobody is named who would give the 1 day a year. Name them below an area.",
        ),
    ],
)
def test_what_is_said_of_it(days: int | None, staff: int, words: str) -> None:
    assert CAPPED.words(days, staff) == words
