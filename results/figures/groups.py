"""Mean gains of the groups that make up a total, so that no hidden one is worked out.

A mean of fewer than three schools is never shown. With the total in view, what is
hidden could be worked out by taking the groups shown from it; so the groups hidden must
be at least two, and hold at least three schools between them. Where they do not, the
smallest group still shown is hidden as well.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import TypeVar

from results.figures.intervals import Interval, mean_interval
from results.figures.programme import MIN_SCHOOLS

Name = TypeVar("Name", bound=Hashable)


class Hidden(StrEnum):
    """Why a group's mean is not shown; empty where it is."""

    NO = ""
    NONE_COUNTED = "none"
    FEW = "few"
    WITH_ANOTHER = "other"

    @property
    def sentence(self) -> str:
        """Return the reason for a page."""
        return _SENTENCES[self]


_SENTENCES = {
    Hidden.NO: "",
    Hidden.NONE_COUNTED: "No school counted.",
    Hidden.FEW: "Hidden: fewer than three schools.",
    Hidden.WITH_ANOTHER: (
        "Hidden, so that a smaller group cannot be worked out from the total."
    ),
}


@dataclass(frozen=True, slots=True)
class GroupGain:
    """A group's mean gain in points a year, or why it is hidden; never both."""

    n_schools: int
    gain: Interval | None
    hidden: Hidden = Hidden.NO


def hidden_groups(
    counts: Mapping[Name, int], min_schools: int = MIN_SCHOOLS
) -> dict[Name, Hidden]:
    """Return for every group of `counts` schools whether and why it is hidden.

    Groups without any school hide nothing. Of groups equally small the first named is
    hidden. A total too small to be shown hides all its groups.
    """
    found = {name: _by_itself(count, min_schools) for name, count in counts.items()}
    if sum(counts.values()) < min_schools:
        return {
            name: Hidden.FEW if counts[name] else Hidden.NONE_COUNTED for name in counts
        }
    while True:
        hidden = [name for name in counts if found[name] not in (_SHOWN, _EMPTY)]
        shown = [name for name in counts if found[name] is _SHOWN]
        held = sum(counts[name] for name in hidden)
        if not hidden or not shown or (len(hidden) > 1 and held >= min_schools):
            return found
        found[min(shown, key=lambda name: counts[name])] = Hidden.WITH_ANOTHER


_SHOWN, _EMPTY = Hidden.NO, Hidden.NONE_COUNTED


def _by_itself(count: int, min_schools: int) -> Hidden:
    if not count:
        return _EMPTY
    return Hidden.FEW if count < min_schools else _SHOWN


def hidden_parts(
    counts: Mapping[Name, int], rest: Name, min_schools: int = MIN_SCHOOLS
) -> dict[Name, Hidden]:
    """Return what `hidden_groups` does where another table divides `rest` from others.

    That table shows the mean of all groups but `rest`, or hides it. Shown, it is the
    total from which a hidden group could be worked out, and hiding `rest` protects
    nothing; hidden, it may not be put together from its parts either.
    """
    others = {name: count for name, count in counts.items() if name != rest}
    halves = hidden_groups(
        {True: counts.get(rest, 0), False: sum(others.values())}, min_schools
    )
    if halves[False] is not _SHOWN:
        return hidden_groups(counts, min_schools)
    found = hidden_groups(others, min_schools) | {rest: halves[True]}
    return {name: found[name] for name in counts}


def group_gains(
    groups: Mapping[Name, Sequence[float]],
    min_schools: int = MIN_SCHOOLS,
    *,
    rest: Name | None = None,
) -> dict[Name, GroupGain]:
    """Return each group's mean gain with its likely range, or why it is hidden.

    Every school counts once; the range is Student's t over schools, not over lead
    mentors as the headline's: a group has too few of them.
    With `rest`, another table has the mean of all other groups together.
    """
    counts = {name: len(gains) for name, gains in groups.items()}
    hidden = (
        hidden_groups(counts, min_schools)
        if rest is None
        else hidden_parts(counts, rest, min_schools)
    )
    return {
        name: GroupGain(
            n_schools=len(gains),
            gain=_mean(gains) if hidden[name] is _SHOWN else None,
            hidden=hidden[name],
        )
        for name, gains in groups.items()
    }


def _mean(gains: Sequence[float]) -> Interval:
    """Return the mean with its range; of one school there is no range to give."""
    if len(gains) > 1:
        return mean_interval(gains)
    return Interval(fmean(gains), fmean(gains), fmean(gains))
