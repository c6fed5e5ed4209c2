"""Why a school is in or out: every reason, with its numbers worked by hand."""

from datetime import date

import pytest

from mentoring.bottom_quarter import OTHER_URN
from mentoring.models import EligibilityEntry
from mentoring.pages.why import WOULD_BE_IN, Answer, Identity, Line, Place, why
from results.figures.quarter import Exclusion
from results.models import Measure

Standing = EligibilityEntry.Standing
P8 = Measure(code="P8", short_name="Progress 8", decimals=2, minimum=-10, maximum=10)
HERE = Identity(urns=(100001,))
# The world of `bottom_quarter_world`: eleven counted, the cut -0.50, two tied there.
FROZEN = Line(P8, 2017, -0.5, counted=11, eligible=4, tied=2, is_frozen=True)
PREVIEW = Line(P8, 2017, -0.5, 11, 4, 2, is_frozen=False, min_cohort=11)
STAYS = "A frozen list does not change. "
EXCEPTION = "Programme staff may let it in by an exception, with a reason."


def ranked(value: float, rank: int, standing: str, line: Line = FROZEN) -> Answer:
    return why(Place(100001, standing, value, rank), line, HERE)


def left_out(reason: str, line: Line = FROZEN, **facts: object) -> Answer:
    place = Place(100001, Standing.EXCLUDED, reason=reason, **facts)  # type: ignore[arg-type]  # named facts
    return why(place, line, HERE)


def test_one_below_the_cut_is_in_by_its_distance() -> None:
    answer = ranked(-1.2, 1, Standing.ELIGIBLE)
    assert answer.verdict == "In: it is eligible"
    looked = ranked(-1.2, 1, Standing.ELIGIBLE, PREVIEW)
    assert looked.verdict == WOULD_BE_IN
    assert answer.remedy == ""
    assert answer.sentences == [
        "Its Progress 8 score for 2017 is \u22121.20: rank 1 of 11 counted, from the "
        "lowest.",
        "That is 0.70 below the cut of \u22120.50, so it is in.",
    ]


@pytest.mark.parametrize(
    ("tied", "words"),
    [
        (1, "No other school has it"),
        (2, "1 other school has it too"),
        (1301, "1,300 other schools have it too"),
    ],
)
def test_one_at_the_cut_is_in_with_those_tied(tied: int, words: str) -> None:
    line = Line(P8, 2017, -0.5, 2000, 1302, tied, is_frozen=True)
    answer = ranked(-0.5, 3, Standing.ELIGIBLE, line)
    assert answer.sentences[1] == (
        f"That is exactly the cut. {words}; every school at the cut is in."
    )


def test_a_near_miss_is_told_how_far_it_missed() -> None:
    answer = ranked(-0.3, 5, Standing.NEAR_MISS)
    assert answer.verdict == "Out: a near miss"
    assert answer.sentences[1] == (
        "That is 0.20 above the cut of \u22120.50. 4 schools are in; it is number 1 of "
        "those above."
    )
    assert answer.remedy == STAYS + EXCEPTION


def test_one_above_is_told_by_how_much() -> None:
    answer = ranked(0.9, 11, Standing.ABOVE, PREVIEW)
    assert answer.verdict == "Out: above the cut"
    assert "1.40 above the cut of \u22120.50" in answer.sentences[1]
    assert "it is number 7 of those above" in answer.sentences[1]
    assert "Only a later release" in answer.remedy


def test_a_distance_too_small_to_show_is_not_called_nothing() -> None:
    answer = ranked(-0.499, 5, Standing.NEAR_MISS)
    assert "less than the last figure shown above the cut" in answer.sentences[1]


def test_a_small_cohort_is_told_its_size_and_the_rule() -> None:
    frozen = left_out(Exclusion.COHORT_BELOW_11, value=-2.0, cohort=8)
    assert frozen.verdict == "Out: it is not counted"
    assert frozen.sentences == [
        "Only 8 of its pupils took the exams, too few to judge by.",
        "A Progress 8 score of \u22122.00 was published all the same.",
    ]
    assert frozen.remedy.startswith("No file will change that.")
    preview = left_out(Exclusion.COHORT_BELOW_11, PREVIEW, cohort=8)
    assert preview.sentences[0].endswith(
        "too few to judge by: the rule asks for at least 11."
    )


def test_a_list_that_did_not_keep_the_cohort_makes_none_up() -> None:
    assert left_out(Exclusion.COHORT_BELOW_11).sentences == [
        "Too few pupils took the exams to judge by."
    ]


def test_a_special_school_is_told_what_kind_it_is() -> None:
    answer = left_out(Exclusion.SCHOOL_TYPE, value=-1.5, type_group="special")
    assert answer.sentences[0] == (
        "Only mainstream state-funded schools are counted. This one was of the kind: "
        "special school or pupil referral unit."
    )
    assert "If the kind is wrong" in answer.remedy
    assert left_out(Exclusion.SCHOOL_TYPE).sentences == [
        "Only mainstream state-funded schools are counted, and it was not one."
    ]


def test_a_kind_not_known_is_settled_by_the_register() -> None:
    answer = left_out(Exclusion.TYPE_UNKNOWN, value=-1.0)
    assert "what kind of school it was" in answer.sentences[0]
    assert answer.remedy.startswith("Import the register")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("suppressed", " Hidden, because it describes only a few pupils."),
        ("not_published", " The department did not publish this figure."),
        ("low_coverage", " Too few pupils have earlier results to measure from."),
        ("", ""),
    ],
)
def test_no_score_comes_with_the_publishers_reason(missing: str, words: str) -> None:
    answer = left_out(Exclusion.NO_VALUE_ADDED, missing=missing)
    assert answer.sentences == [
        f"No Progress 8 score was published for it in 2017.{words}"
    ]
    assert "later release" in answer.remedy


def test_a_cohort_not_known_is_settled_by_a_results_file() -> None:
    answer = left_out(Exclusion.COHORT_UNKNOWN, value=-0.9)
    assert "does not say how many pupils" in answer.sentences[0]
    assert answer.remedy.startswith("Import a results file")


def test_a_closed_school_and_a_second_urn_are_told_so() -> None:
    closed = left_out(Exclusion.CLOSED)
    assert closed.sentences == ["It was closed in the summer of 2017."]
    other = left_out(OTHER_URN)
    assert "stands under another of its URNs" in other.sentences[0]


def test_the_schools_other_urn_is_named() -> None:
    place = Place(100001, Standing.ELIGIBLE, -1.2, 1, other_urns=(100017,))
    assert why(place, FROZEN, HERE).sentences[2] == (
        "It also had results under its other URN 100017; a school is counted once, "
        "here under 100001."
    )
    many = Place(100001, Standing.ELIGIBLE, -1.2, 1, other_urns=(100017, 100018))
    assert "other URNs 100017 and 100018" in why(many, FROZEN, HERE).sentences[2]


def test_one_that_became_another_since_is_told_which() -> None:
    place = Place(100001, Standing.ELIGIBLE, -1.2, 1)
    school = Identity((100001,), continued_by="Ash Academy (URN 5)")
    assert why(place, FROZEN, school).sentences[2] == (
        "It has become Ash Academy (URN 5) since."
    )


def test_a_school_opened_later_could_not_have_results() -> None:
    answer = why(None, FROZEN, Identity((7,), opened=date(2017, 9, 1)))
    assert answer.verdict == "Out: it is not on this list"
    assert answer.sentences == [
        "It opened on 1 September 2017, after the exams of 2017, so it has no results "
        "of that year."
    ]
    assert answer.remedy == EXCEPTION


def test_a_school_closed_before_the_exams_is_told_so() -> None:
    answer = why(None, FROZEN, Identity((7,), closed=date(2017, 4, 30)))
    assert answer.sentences == ["It closed on 30 April 2017, before the exams of 2017."]


@pytest.mark.parametrize(
    ("school", "words"),
    [
        (Identity((7, 8), opened=date(2017, 8, 31)), "no line for URN 7 or 8."),
        (Identity((7,), closed=date(2017, 5, 1)), "no line for URN 7."),
        (Identity(()), "no line for it."),
    ],
)
def test_a_school_not_in_the_file_is_told_which_file(
    school: Identity, words: str
) -> None:
    answer = why(None, PREVIEW, school)
    assert answer.verdict == "Out: it is not among these results"
    assert answer.sentences == [f"The Progress 8 results of 2017 have {words}"]
    assert answer.remedy.startswith("Import the results file of 2017")


def test_a_continued_school_names_the_one_that_goes_on() -> None:
    answer = why(None, FROZEN, Identity((7,), continued_by="Elm Academy (URN 9)"))
    assert answer.sentences == [
        "It has become Elm Academy (URN 9); look that school up instead."
    ]
    assert answer.remedy == ""
