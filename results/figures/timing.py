"""Which summers of exams a dated time in the programme stands for.

An academic year is named by the summer of its exams. Support counts towards a
summer's exams when it is there by the first of May; the year's teaching starts on
the first of September before.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

EXAM_CUT = (5, 1)
YEAR_START = (9, 1)


@dataclass(frozen=True, slots=True)
class ExamYears:
    """The exam years that follow from a joining date.

    `base` is the last summer before support, `first` the first one with it, and
    `exposure` the share of the year's teaching time up to the exams of `first` that
    had support: above 0 and at most 1.
    """

    base: int
    first: int
    exposure: float

    @property
    def is_part_year(self) -> bool:
        """Return whether the school joined after the first year had begun."""
        return self.exposure < 1


@lru_cache(maxsize=4096)  # lists ask it of the same days for every page
def exam_years(
    joined: date,
    cut: tuple[int, int] = EXAM_CUT,
    year_start: tuple[int, int] = YEAR_START,
) -> ExamYears:
    """Return the base year, first exam year and first year's exposure.

    `cut` and `year_start` are (month, day). Joining on the cut itself belongs to the
    next summer.
    """
    base = joined.year if joined >= date(joined.year, *cut) else joined.year - 1
    exams, opening = date(base + 1, *cut), date(base, *year_start)
    exposure = (exams - joined) / (exams - opening)
    return ExamYears(base=base, first=base + 1, exposure=min(exposure, 1.0))


def last_year_supported(left: date, cut: tuple[int, int] = EXAM_CUT) -> int:
    """Return the last summer whose exams were supported; `left` is the last day.

    Support that lasts to the cut counts for that summer.
    """
    return left.year if left >= date(left.year, *cut) else left.year - 1


def exposure_years(joined: date, last: int, left: date | None = None) -> float:
    """Return the years of support behind the results of summer `last`.

    The first year counts by its exposure, later ones as 1. A school that left stops
    at the last summer it was supported to. 0 when no exams had support.
    """
    years = exam_years(joined)
    end = last if left is None else min(last, last_year_supported(left))
    return max(0.0, years.exposure + end - years.first) if end >= years.first else 0.0
