"""One published figure: its value, or the reason there is none."""

import math
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Release(IntEnum):
    """How settled a published figure is; a larger one replaces a smaller one."""

    PROVISIONAL = 1
    REVISED = 2
    FINAL = 3

    @property
    def label(self) -> str:
        """Return the word shown beside a figure."""
        return self.name.lower()


def weaker(*releases: Release) -> Release:
    """Return the least settled of `releases`, the label of anything made from all.

    Raises ValueError when there are none.
    """
    return min(releases)


class Basis(StrEnum):
    """Where a national figure comes from."""

    PUBLISHED = "published"
    DERIVED = "derived"
    SHADOW = "shadow"


class Missing(StrEnum):
    """Why a published cell holds no number. Never to be read as 0."""

    SUPPRESSED = "suppressed"
    NO_ENTRIES = "no_entries"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    LOW_COVERAGE = "low_coverage"
    NEW_SCHOOL = "new_school"
    NOT_AVAILABLE = "not_available"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    UNRELIABLE = "unreliable"
    BLANK = "blank"

    @property
    def sentence(self) -> str:
        """Return the reason as a sentence for a page."""
        return _MISSING_SENTENCES[self]


_MISSING_SENTENCES = {
    Missing.SUPPRESSED: "Hidden, because it describes only a few pupils.",
    Missing.NO_ENTRIES: "No pupils were entered.",
    Missing.NOT_APPLICABLE: "This figure does not apply to this school.",
    Missing.NOT_PUBLISHED: "The department did not publish this figure.",
    Missing.LOW_COVERAGE: "Too few pupils have earlier results to measure from.",
    Missing.NEW_SCHOOL: "The school was too new to have this figure.",
    Missing.NOT_AVAILABLE: "The department says this figure is not available.",
    Missing.ROUNDS_TO_ZERO: "More than nothing, but too small to show.",
    Missing.UNRELIABLE: "The department marks this figure as not reliable.",
    Missing.BLANK: "The published file leaves this cell empty.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A school's figure for one measure in the summer of `year`.

    `value` is in the measure's unit: per cent of pupils (0 to 100), points or a
    score. `number` is how many pupils reached the threshold and `cohort` how many
    were counted; None means the publisher gave only the percentage. Exactly one of
    `value` and `reason` is given; anything else raises ValueError, as do a value that
    is not finite, a negative count and a number above the cohort.
    """

    year: int
    measure: str
    population: str
    release: Release
    value: float | None
    number: int | None = None
    cohort: int | None = None
    reason: Missing | None = None
    coverage: str | None = None

    def __post_init__(self) -> None:
        """Refuse a figure that contradicts itself."""
        if (self.value is None) == (self.reason is None):
            raise ValueError("A figure has either a value or a reason, and not both.")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"A figure is a finite number, not {self.value}.")
        if min(self.number or 0, self.cohort or 0) < 0:
            raise ValueError("A figure counts pupils from 0 up.")
        if self.number is not None and self.number > (self.cohort or 0):
            raise ValueError("A figure cannot count more pupils than its cohort.")


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """England's figure for one measure in the summer of `year`.

    `value` is in the measure's unit. `coverage` says which schools are inside ("all
    schools", "state-funded", "maintained") and `population` which pupils. A figure of
    basis shadow holds one year's results on the next year's rules.
    """

    year: int
    measure: str
    population: str
    coverage: str
    release: Release
    basis: Basis
    value: float
