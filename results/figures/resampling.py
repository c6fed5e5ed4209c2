"""Intervals of a mean by resampling, and the three intervals shown together."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from results.figures.intervals import (
    CONFIDENCE,
    FEW_CLUSTERS,
    Interval,
    clustered_mean_interval,
    mean_interval,
)

REPLICATIONS = 10_000
SEED = 2006


def bootstrap_mean_interval(
    values: Sequence[float],
    clusters: Sequence[Hashable] | None = None,
    *,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Return the mean of `values` with percentile bootstrap limits.

    Whole clusters are drawn with replacement; without `clusters` each value is its
    own. The same seed gives the same limits. Raises ValueError without values or with
    unequal lengths. Source: Efron 1979; Davison and Hinkley 1997, 5.3.
    """
    import numpy as np  # noqa: PLC0415 - numpy loads only to compute

    if not values:
        raise ValueError("A bootstrap needs at least one value.")
    named = range(len(values)) if clusters is None else clusters
    totals: dict[Hashable, tuple[float, int]] = {}
    for value, cluster in zip(values, named, strict=True):
        total, size = totals.get(cluster, (0.0, 0))
        totals[cluster] = (total + value, size + 1)
    table = np.array(list(totals.values()))
    generator = np.random.default_rng(seed)
    drawn = generator.integers(len(table), size=(replications, len(table)))
    means = table[drawn, 0].sum(axis=1) / table[drawn, 1].sum(axis=1)
    tail = (1 - confidence) / 2
    low, high = (float(each) for each in np.quantile(means, [tail, 1 - tail]))
    mean = sum(values) / len(values)
    return Interval(mean, min(low, mean), max(high, mean), confidence)


@dataclass(frozen=True, slots=True)
class MeanIntervals:
    """The likely ranges of one programme mean, side by side.

    `headline` is clustered by lead mentor, or `plain` when all schools share one.
    `bootstrap` is over mentors and given only with fewer than 20 of them, None else.
    """

    headline: Interval
    plain: Interval
    bootstrap: Interval | None
    n_clusters: int


def mean_intervals(
    values: Sequence[float],
    clusters: Sequence[Hashable],
    *,
    seed: int = SEED,
    confidence: float = CONFIDENCE,
) -> MeanIntervals:
    """Return every interval of the mean of `values`, one cluster name for each.

    Raises ValueError with fewer than two values.
    """
    plain, groups = mean_interval(values, confidence), len(set(clusters))
    if groups == 1:
        return MeanIntervals(plain, plain, None, groups)
    bootstrap = None
    if groups < FEW_CLUSTERS:
        bootstrap = bootstrap_mean_interval(
            values, clusters, seed=seed, confidence=confidence
        )
    return MeanIntervals(
        headline=clustered_mean_interval(values, clusters, confidence),
        plain=plain,
        bootstrap=bootstrap,
        n_clusters=groups,
    )
