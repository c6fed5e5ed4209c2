"""Likely ranges of shares, changes and means; 95% unless said."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist, fmean, variance

from results.figures.figure import Figure

CONFIDENCE = 0.95
FEW_CLUSTERS = 20
"""Clusters below which a bootstrap is shown beside Student's t."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its limits; `low` <= `estimate` <= `high`.

    All in one unit: per cent, percentage points, or percentage points a year.
    `standard_error` and `df` are None where the method has none.
    """

    estimate: float
    low: float
    high: float
    confidence: float = CONFIDENCE
    standard_error: float | None = None
    df: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """`number` of `cohort` pupils.

    Raises ValueError without pupils or with a number outside 0 to `cohort`.
    """

    number: int
    cohort: int

    def __post_init__(self) -> None:
        """Refuse counts that give no share."""
        if self.cohort < 1 or not 0 <= self.number <= self.cohort:
            raise ValueError("A share needs at least one pupil, and counts inside it.")

    @property
    def share(self) -> float:
        """Return the share, 0 to 1."""
        return self.number / self.cohort


def counts_of(figure: Figure) -> Counts | None:
    """Return the counts behind a percentage, or None when they cannot be had.

    Where only the percentage is published, the number is cohort x value / 100 to the
    nearest pupil.
    """
    if figure.value is None or not figure.cohort:
        return None
    number = figure.number
    if number is None:
        number = math.floor(figure.cohort * figure.value / 100 + 0.5)
    return Counts(number, figure.cohort)


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Return the two-sided multiplier, 1.96 for 95%."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(counts: Counts, confidence: float = CONFIDENCE) -> Interval:
    """Return the score interval of a share, in per cent, within 0 and 100.

    Source: Wilson 1927; Brown, Cai and DasGupta 2001, eq. 4.
    """
    z2, n, p = normal_quantile(confidence) ** 2, counts.cohort, counts.share
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    arm = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Interval(
        estimate=100 * p,
        low=100 * min(p, max(0.0, centre - arm)),
        high=100 * max(p, min(1.0, centre + arm)),
        confidence=confidence,
    )


def newcombe(base: Counts, last: Counts, confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of last minus base, in percentage points.

    Two cohorts are different pupils, so independent. Source: Newcombe 1998, method
    10 (hybrid score).
    """
    first, second = wilson(base, confidence), wilson(last, confidence)
    change = second.estimate - first.estimate
    down = math.hypot(second.estimate - second.low, first.high - first.estimate)
    up = math.hypot(second.high - second.estimate, first.estimate - first.low)
    return Interval(change, change - down, change + up, confidence)


def change_interval(
    base: Counts,
    last: Counts,
    years: int,
    phi: float = 1.0,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Return the interval of a school's gain, in percentage points a year.

    Newcombe's limits over `years`, each arm about the estimate widened by sqrt(phi),
    because schools change more than pupils drawn by lot would. Raises ValueError
    when `years` is under 1 or `phi` under 1.
    """
    if years < 1 or phi < 1:
        raise ValueError("A gain spans at least a year, and phi is at least 1.")
    change, wider = newcombe(base, last, confidence), math.sqrt(phi)
    return Interval(
        estimate=change.estimate / years,
        low=(change.estimate - wider * (change.estimate - change.low)) / years,
        high=(change.estimate + wider * (change.high - change.estimate)) / years,
        confidence=confidence,
    )


def change_standard_error(base: Counts, last: Counts, years: int = 1) -> float:
    """Return the binomial standard error of a gain, in percentage points a year."""
    spread = sum(c.share * (1 - c.share) / c.cohort for c in (base, last))
    return 100 * math.sqrt(spread) / years


def t_quantile(df: int, confidence: float = CONFIDENCE) -> float:
    """Return the two-sided multiplier of Student's t with `df` degrees of freedom."""
    from scipy.special import stdtrit  # noqa: PLC0415 - scipy loads only to compute

    return float(stdtrit(df, (1 + confidence) / 2))


def mean_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """Return the mean of independent `values` with Student's t limits.

    Raises ValueError with fewer than two values.
    """
    if len(values) < 2:  # noqa: PLR2004 - a spread needs two
        raise ValueError("An interval of a mean needs at least two values.")
    error = math.sqrt(variance(values) / len(values))
    return _around(fmean(values), error, len(values) - 1, confidence)


def clustered_mean_interval(
    values: Sequence[float],
    clusters: Sequence[Hashable],
    confidence: float = CONFIDENCE,
) -> Interval:
    """Return the mean of `values` allowing for those of a cluster moving together.

    `clusters` names the cluster (lead mentor) of each value. CR1 standard error
    G / (G - 1) x sum of squared cluster residual sums / n^2, t with G - 1 degrees of
    freedom. Raises ValueError with fewer than two clusters or unequal lengths.
    Source: Liang and Zeger 1986; Cameron and Miller 2015, eq. 11-12.
    """
    mean = fmean(values)
    sums: dict[Hashable, float] = {}
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + value - mean
    groups = len(sums)
    if groups < 2:  # noqa: PLR2004 - a spread needs two
        raise ValueError("A clustered interval needs at least two clusters.")
    total = sum(each**2 for each in sums.values()) / len(values) ** 2
    error = math.sqrt(total * groups / (groups - 1))
    return _around(mean, error, groups - 1, confidence)


def _around(mean: float, error: float, df: int, confidence: float) -> Interval:
    arm = t_quantile(df, confidence) * error
    return replace(
        Interval(mean, mean - arm, mean + arm, confidence),
        standard_error=error,
        df=df,
    )
