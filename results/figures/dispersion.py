"""How much more schools change than chance alone would make them: phi."""

from collections.abc import Sequence
from statistics import fmean, variance

from results.figures.intervals import Counts, change_standard_error

DEFAULT_PHI = 2.0
"""The variance of real yearly changes is about twice the binomial."""

MIN_SCHOOLS = 30
"""Schools below which phi is not estimated."""


def phi_from_variances(observed: float, binomial: float) -> float:
    """Return observed / binomial variance of changes, at least 1.

    The default, 2, when the binomial variance is not above 0.
    """
    return max(1.0, observed / binomial) if binomial > 0 else DEFAULT_PHI


def phi_from_sd(observed: float, binomial: float) -> float:
    """Return phi from two standard deviations in one unit, at least 1."""
    return phi_from_variances(observed**2, binomial**2)


def phi_from_changes(
    pairs: Sequence[tuple[Counts, Counts]], min_schools: int = MIN_SCHOOLS
) -> float:
    """Return phi from (base, last) counts of schools outside the programme.

    All pairs are of one measure, release and length of window. The default, 2, with
    fewer than `min_schools` of them.
    """
    if len(pairs) < max(2, min_schools):
        return DEFAULT_PHI
    changes = [100 * (last.share - base.share) for base, last in pairs]
    by_chance = [change_standard_error(base, last) ** 2 for base, last in pairs]
    return phi_from_variances(variance(changes), fmean(by_chance))
