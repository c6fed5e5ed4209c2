"""The comparison with similar schools worked out in other ways, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from results.figures.display import signed

Facts = Mapping[str, Any]
WAYS = {
    "headline": "As above",
    "plain": "With each school by itself, not with the others of its lead mentor",
    "three_years": "From the mean of three years, not from one that may have been poor",
    "before": "Allowing also for the results of the two years before",
    "equivalents": "Allowing also for how much more other qualifications counted",
}
LONGER = (
    "A mean of three years stands at its middle one, a year before the base: the same "
    "rise is then spread over a year more, and is smaller a year."
)


@dataclass(frozen=True, slots=True)
class Check:
    """One way to work it out; `reason` stands for its figures where there are none."""

    name: str
    difference: str = ""
    likely: str = ""
    is_told_apart: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """The ways, and sentences on what they allow for."""

    rows: Sequence[Check]
    notes: Sequence[str]


def checks_of(similar: Facts) -> Checks | None:
    """Return the ways beside the headline's own; None where there is no comparison."""
    if "checks" not in similar:
        return None
    rows = [check({"way": "headline"} | dict(similar))]
    if similar.get("n_mentors"):
        rows.append(check(by_itself(similar)))
    return Checks(
        [*rows, *(check(each) for each in similar["checks"])],
        [*allowed(similar), LONGER, *equivalents(similar["checks"])],
    )


def by_itself(similar: Facts) -> Facts:
    """Return the headline's difference with the range that leaves mentors aside."""
    low, high = similar["plain"]
    return {
        "way": "plain",
        "difference": similar["difference"],
        "low": low,
        "high": high,
        "is_told_apart": not low <= 0 <= high,
    }


def check(facts: Facts) -> Check:
    """Return one way as the table shows it."""
    name = WAYS[facts["way"]]
    if "difference" not in facts:
        return Check(name, reason=facts["sentence"])
    return Check(
        name,
        signed(facts["difference"]),
        f"{signed(facts['low'])} to {signed(facts['high'])}",
        facts["is_told_apart"],
    )


def allowed(similar: Facts) -> list[str]:
    """Return what the comparison allows for, and what it could not."""
    said = []
    if similar.get("n_mentors"):
        said.append(
            "Likely ranges allow for schools of one lead mentor moving together, but "
            "for the second row."
        )
    if similar["allowed_for"]:
        said.append(f"All allow for {_listed(similar['allowed_for'])}.")
    if similar["dropped"]:
        said.append(
            f"Not allowed for, because fewer than 90% of the schools have it: "
            f"{_listed(similar['dropped'])}."
        )
    return said


def equivalents(checks: Sequence[Facts]) -> list[str]:
    """Return how much of each side's rise came from other qualifications."""
    return [
        "Qualifications other than GCSEs added "
        f"{signed(each['added'][0])} points a year to programme schools\u2019 results "
        f"and {signed(each['added'][1])} to similar schools\u2019."
        for each in checks
        if "added" in each
    ]


def _listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
