"""How many times the national average, and when not to say so."""

from dataclasses import dataclass

from results.figures.display import points, rounded
from results.figures.reasons import Reason

MIN_NATIONAL = 0.5
"""England's gain, in points a year, below which no ratio is given."""

WHOLE_FROM = 3
"""Ratio from which the words use a whole number."""

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Ratio:
    """Programme gain over England's gain, both in percentage points a year.

    `value` is None when `reason` says why. `difference`, in points a year, is always
    there and is always shown with the ratio.
    """

    value: float | None
    difference: float
    reason: Reason | None = None

    @property
    def status(self) -> str:
        """Return "ok" or the code of the reason."""
        return "ok" if self.reason is None else self.reason.value


def ratio_to_national(
    programme: float, national: float, min_national: float = MIN_NATIONAL
) -> Ratio:
    """Return the ratio of two gains over the same years, measure and population.

    England's side is judged first: not above 0, then below `min_national`; then a
    programme that did not rise.
    """
    difference = programme - national
    if national <= 0:
        return Ratio(None, difference, Reason.NATIONAL_NOT_POSITIVE)
    if national < min_national - _CLOSE:
        return Ratio(None, difference, Reason.NATIONAL_NEAR_ZERO)
    if programme <= 0:
        return Ratio(None, difference, Reason.PROGRAMME_NOT_POSITIVE)
    return Ratio(programme / national, difference)


def rounding_range(value: float, decimals: int) -> tuple[float, float]:
    """Return the lowest and highest number that rounds to `value`."""
    half = 0.5 / 10**decimals
    return value - half, value + half


def ratio_range(
    programme: tuple[float, float], national: tuple[float, float]
) -> tuple[float, float]:
    """Return the lowest and highest ratio of numbers inside two (low, high) ranges.

    Raises ValueError when England's range reaches 0.
    """
    if min(national) <= 0:
        raise ValueError("England's range must lie above 0.")
    every = [ours / theirs for ours in programme for theirs in national]
    return min(every), max(every)


def ratio_interval(
    mean: float, standard_error: float, national: float, multiplier: float
) -> tuple[float, float]:
    """Return the limits of mean / national, England's gain taken as known.

    `multiplier` is the quantile, 1.96 or that of t. Raises ValueError when England's
    gain is not above 0.
    """
    if national <= 0:
        raise ValueError("England's gain must be above 0.")
    arm = multiplier * standard_error
    return (mean - arm) / national, (mean + arm) / national


def ratio_words(ratio: float) -> str:
    """Return a ratio in words, for sentences; tables use one decimal.

    From 3 a whole number, from 1 one decimal, below 1 only "less than". 2.96 rounds
    to 3.0 and so is "about 3 times". Raises ValueError unless `ratio` is above 0.
    """
    if ratio <= 0:
        raise ValueError("There are words only for a ratio above 0.")
    if ratio < 1 - _CLOSE:
        return "less than the national average"
    decimals = 0 if rounded(ratio) >= WHOLE_FROM else 1
    return f"about {points(ratio, decimals)} times the national average"
