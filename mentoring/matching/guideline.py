"""Whether the days a mentor offers suit the staff who are named to give them."""

from dataclasses import dataclass
from enum import StrEnum


class Fit(StrEnum):
    """How days and staff go together."""

    UNSAID = "unsaid"
    NOBODY = "nobody"
    FEW = "few"
    USUAL = "usual"
    MANY = "many"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Guideline:
    """Days a year that a member of staff usually gives; none may pass the ceiling."""

    least: int
    most: int
    ceiling: int | None = None

    def fit(self, days_a_year: int | None, staff: int) -> Fit:
        """Return how `days_a_year` go with this many members of staff."""
        if days_a_year is None:
            return Fit.UNSAID
        if staff == 0:
            return Fit.NOBODY if days_a_year else Fit.USUAL
        if self.ceiling is not None and days_a_year > self.ceiling * staff:
            return Fit.BEYOND
        if days_a_year > self.most * staff:
            return Fit.MANY
        return Fit.FEW if days_a_year < self.least * staff else Fit.USUAL

    def words(self, days_a_year: int | None, staff: int) -> str:
        """Return what is to be said of it, in a sentence or two; empty for nothing."""
        fit = self.fit(days_a_year, staff)
        if fit in {Fit.UNSAID, Fit.USUAL} or days_a_year is None:
            return ""
        days = f"{days_a_year:,} day{'' if days_a_year == 1 else 's'} a year"
        if fit == Fit.NOBODY:
            return (
                f"Nobody is named who would give the {days}. Name them below an area."
            )
        each = f"{days_a_year / staff:.1f}".removesuffix(".0")
        people = "1 member" if staff == 1 else f"{staff:,} members"
        said = f"{days} by {people} of staff is {each} days each"
        if fit == Fit.BEYOND:
            return (
                f"{said}, and nobody may give more than {self.ceiling}. Offer at most "
                f"{self.ceiling_of(staff):,} days, or name more staff."
            )
        return f"{said}. Usual is {self.least} to {self.most}."

    def ceiling_of(self, staff: int) -> int:
        """Return the most days that this many may give; needs a ceiling."""
        return (self.ceiling or 0) * staff
