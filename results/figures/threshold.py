"""What a cut lets in: scores counted once, as pairs of a score and how many have it."""

from collections import Counter
from collections.abc import Iterable, Sequence

Tally = Sequence[tuple[float, int]]
"""Pairs of a score and how many counted schools have it, from the lowest score."""


def tally_of(scores: Iterable[float]) -> list[tuple[float, int]]:
    """Return how many schools have each score, from the lowest."""
    return sorted(Counter(scores).items())


def total_of(tally: Tally) -> int:
    """Return how many schools are counted."""
    return sum(schools for _score, schools in tally)


def at_or_below(tally: Tally, cut: float) -> int:
    """Return how many schools a cut lets in, ties included."""
    return sum(schools for score, schools in tally if score <= cut)


def rank_of(tally: Tally, score: float) -> int:
    """Return the place of `score` from the lowest, 1 first; equal scores share one."""
    return 1 + sum(schools for each, schools in tally if each < score)


def cut_at(tally: Tally, per_cent: int) -> float | None:
    """Return the lowest score that lets in `per_cent` of the schools, rounded up.

    `per_cent` is a whole number from 1 to 100. Some school has the score, as with the
    bottom quarter. None when no school is counted.
    """
    wanted = -(-total_of(tally) * per_cent // 100)
    inside = 0
    for score, schools in tally:
        inside += schools
        if inside >= wanted:
            return score
    return None
