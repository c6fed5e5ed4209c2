"""Why a school is in or out, in plain words, and what can be done about it.

From facts to sentences only: who finds the facts is `mentoring.places`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.bottom_quarter import OTHER_URN
from mentoring.models import EligibilityEntry
from mentoring.pages.eligibility import score_text
from mentoring.pages.parts import day_words
from results.figures.display import rounded
from results.figures.figure import Missing
from results.figures.quarter import Exclusion
from results.models import Measure
from schools.models import Establishment

Standing = EligibilityEntry.Standing
TypeGroup = Establishment.TypeGroup

EXCEPTION = "Programme staff may let it in by an exception, with a reason."


@dataclass(frozen=True, slots=True)
class Place:
    """Where one URN of the school stands; None and empty are what is not known.

    `other_urns` are the school's further URNs with results that year.
    """

    urn: int
    standing: str
    value: float | None = None
    rank: int | None = None
    reason: str = ""
    cohort: int | None = None
    type_group: str | None = None
    missing: str = ""
    other_urns: tuple[int, ...] = ()


WOULD_BE_IN = "In, once this is frozen: it would be eligible"
"""An answer of no list: nobody is entitled by a look."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cut that a place is held against: a frozen list's, or today's preview.

    `min_cohort` is None where a list does not hold it.
    """

    measure: Measure
    year: int
    cut: float | None
    counted: int
    eligible: int
    tied: int
    is_frozen: bool
    min_cohort: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What the register says of the school: its URNs, and its first and last day.

    `continued_by` names the school that goes on with it. `opened` is the first day of
    its first URN and `closed` the last day of its last, None where not known.
    """

    urns: tuple[int, ...]
    opened: date | None = None
    closed: date | None = None
    continued_by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict of a few words, the sentences behind it, and what can be done."""

    verdict: str
    standing: str
    sentences: Sequence[str]
    remedy: str = ""


def why(place: Place | None, line: Line, school: Identity) -> Answer:
    """Return why the school is in or out; `place` is None where it has none."""
    if place is None:
        return _absent(line, school)
    sentences = _numbers(place, line)
    if place.other_urns:
        urns = " and ".join(map(str, place.other_urns))
        many = "URNs" if len(place.other_urns) > 1 else "URN"
        sentences.append(
            f"It also had results under its other {many} {urns}; a school is counted "
            f"once, here under {place.urn}."
        )
    if school.continued_by:
        sentences.append(f"It has become {school.continued_by} since.")
    verdict, remedy = _verdict(place, line)
    return Answer(verdict, place.standing, sentences, remedy)


def _verdict(place: Place, line: Line) -> tuple[str, str]:
    """Return the few words, and what can be done."""
    if place.standing == Standing.ELIGIBLE:
        if line.is_frozen:
            return "In: it is eligible", ""
        return WOULD_BE_IN, ""
    if place.standing == Standing.EXCLUDED:
        return "Out: it is not counted", _REMEDIES.get(place.reason, EXCEPTION)
    settled = (
        "A frozen list does not change."
        if line.is_frozen
        else "Only a later release of the results would change its score."
    )
    is_near = place.standing == Standing.NEAR_MISS
    verdict = "Out: a near miss" if is_near else "Out: above the cut"
    return verdict, f"{settled} {EXCEPTION}"


def _numbers(place: Place, line: Line) -> list[str]:
    """Return the numbers behind a standing, as sentences."""
    if place.standing == Standing.EXCLUDED:
        return _not_counted(place, line)
    assert place.value is not None  # a rule of the database
    assert line.cut is not None
    score, cut = (
        score_text(place.value, line.measure),
        score_text(line.cut, line.measure),
    )
    ranked = (
        f"Its {line.measure} score for {line.year} is {score}: rank {place.rank:,} of "
        f"{line.counted:,} counted, from the lowest."
    )
    if place.value == line.cut:
        others = line.tied - 1
        tied = {0: "No other school has it", 1: "1 other school has it too"}.get(
            others, f"{others:,} other schools have it too"
        )
        return [
            ranked,
            f"That is exactly the cut. {tied}; every school at the cut is in.",
        ]
    apart = _apart(place.value, line)
    if place.value < line.cut:
        return [ranked, f"That is {apart} below the cut of {cut}, so it is in."]
    ahead = (place.rank or 0) - line.eligible
    return [
        ranked,
        f"That is {apart} above the cut of {cut}. {line.eligible:,} schools are in"
        + (f"; it is number {ahead:,} of those above." if ahead > 0 else "."),
    ]


def _apart(value: float, line: Line) -> str:
    """Return how far a score lies from the cut, as both are shown."""
    assert line.cut is not None
    places = line.measure.decimals
    gap = abs(rounded(value, places) - rounded(line.cut, places))
    return f"{gap:,}" if gap else "less than the last figure shown"


def _not_counted(place: Place, line: Line) -> list[str]:
    """Return why a school was left out, with the numbers behind the reason."""
    what = {
        Exclusion.COHORT_BELOW_11: _small(place, line),
        Exclusion.SCHOOL_TYPE: _kind(place),
        Exclusion.TYPE_UNKNOWN: (
            "Neither the results file nor the register says what kind of school it "
            "was, so it could not be told whether the rule counts it."
        ),
        Exclusion.NO_VALUE_ADDED: _unpublished(place, line),
        Exclusion.COHORT_UNKNOWN: (
            "The results file does not say how many pupils took the exams, so it "
            "could not be told whether there were enough to judge by."
        ),
        Exclusion.CLOSED: f"It was closed in the summer of {line.year}.",
        OTHER_URN: (
            f"Its results under URN {place.urn} are not counted, because the school "
            "stands under another of its URNs."
        ),
    }[place.reason]
    if place.value is None or place.reason == Exclusion.NO_VALUE_ADDED:
        return [what]
    score = score_text(place.value, line.measure)
    return [what, f"A {line.measure} score of {score} was published all the same."]


def _small(place: Place, line: Line) -> str:
    had = (
        "Too few pupils took the exams to judge by"
        if place.cohort is None
        else f"Only {place.cohort:,} of its pupils took the exams, too few to judge by"
    )
    if line.min_cohort is None:
        return f"{had}."
    return f"{had}: the rule asks for at least {line.min_cohort:,}."


def _kind(place: Place) -> str:
    rule = "Only mainstream state-funded schools are counted"
    if not place.type_group:
        return f"{rule}, and it was not one."
    label = TypeGroup(place.type_group).label
    return f"{rule}. This one was of the kind: {label[0].lower()}{label[1:]}."


def _unpublished(place: Place, line: Line) -> str:
    said = f"No {line.measure} score was published for it in {line.year}."
    return f"{said} {Missing(place.missing).sentence}" if place.missing else said


_REMEDIES = {
    Exclusion.COHORT_BELOW_11: f"No file will change that. {EXCEPTION}",
    Exclusion.SCHOOL_TYPE: (
        "If the kind is wrong, import the results file or the register with the right "
        f"one, and freeze again. {EXCEPTION}"
    ),
    Exclusion.TYPE_UNKNOWN: (
        "Import the register, which says the kind of school, and freeze again. "
        f"{EXCEPTION}"
    ),
    Exclusion.NO_VALUE_ADDED: (
        "If a later release has its score, import that results file, and freeze "
        f"again. {EXCEPTION}"
    ),
    Exclusion.COHORT_UNKNOWN: (
        "Import a results file that has the number of pupils, and freeze again. "
        f"{EXCEPTION}"
    ),
    Exclusion.CLOSED: EXCEPTION,
    OTHER_URN: "Look at the URN the school stands under.",
}


def _absent(line: Line, school: Identity) -> Answer:
    """Return why a school has no place at all."""
    exams = date(line.year, 8, 31)
    urns = " or ".join(map(str, school.urns))
    remedy = (
        f"Import the results file of {line.year} if it has the school, and freeze "
        f"again. {EXCEPTION}"
    )
    if school.continued_by:
        said = f"It has become {school.continued_by}; look that school up instead."
        remedy = ""
    elif school.opened is not None and school.opened > exams:
        said = (
            f"It opened on {day_words(school.opened)}, after the exams of {line.year}, "
            "so it has no results of that year."
        )
        remedy = EXCEPTION
    elif school.closed is not None and school.closed < date(line.year, 5, 1):
        said = (
            f"It closed on {day_words(school.closed)}, before the exams of {line.year}."
        )
        remedy = EXCEPTION
    else:
        said = (
            f"The {line.measure} results of {line.year} have no line for URN {urns}."
            if urns
            else f"The {line.measure} results of {line.year} have no line for it."
        )
    where = "on this list" if line.is_frozen else "among these results"
    return Answer(f"Out: it is not {where}", "", [said], remedy)
