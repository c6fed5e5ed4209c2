"""The counted schools by region, wave, kind and trust, each beside England."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from mentoring.summary.held import Held
from mentoring.summary.mentees import Mentee
from mentoring.summary.where import Where
from results.figures.england import EnglandGain, england_gain, window_of
from results.figures.gains import Gain
from results.figures.groups import GroupGain, group_gains
from schools.models import Establishment

Key = Callable[[Mentee, Where], Hashable]
NOT_KNOWN = "Not known"
NO_TRUST = (0, "In no academy trust")


def breakdown(
    held: Held, counted: Sequence[Mentee], where: Mapping[int, Where]
) -> dict[str, list[dict[str, Any]]]:
    """Return the groups of each way to divide the counted schools.

    Each way's groups hold every counted school once. A group has a name, its number of
    schools, and its mean gain with likely range and England's over the same years; or
    why these are hidden (a code of `Hidden`), in which case they are not stored.
    """
    kinds = dict(Establishment.TypeGroup.choices)
    ways: dict[str, Key] = {
        "region": lambda _mentee, at: at.region or NOT_KNOWN,
        "wave": lambda mentee, _at: mentee.years.base,
        "type": lambda _mentee, at: kinds[at.type_group],
        "in_trust": lambda _mentee, at: (
            "In an academy trust" if at.trust else NO_TRUST[1]
        ),
        "trust": lambda _mentee, at: at.trust or NO_TRUST,
    }
    return {
        name: _rows(held, _grouped(counted, where, key)) for name, key in ways.items()
    }


def _grouped(
    counted: Sequence[Mentee], where: Mapping[int, Where], key: Key
) -> dict[Any, list[Gain]]:
    groups: dict[Any, list[Gain]] = defaultdict(list)
    for each in counted:
        if isinstance(each.gain, Gain):
            groups[key(each, where[each.school])].append(each.gain)
    return groups


def _rows(held: Held, groups: Mapping[Any, Sequence[Gain]]) -> list[dict[str, Any]]:
    """Return a row for each group: by name, the trusts by name too, waves by year."""
    # Of groups equally small the first is hidden, so the order must be fixed first.
    order = sorted(groups, key=lambda name: name[1] if _is_trust(name) else name)
    means = group_gains(
        {name: [each.per_year for each in groups[name]] for name in order},
        # "In a trust or not" has the total of the trusts on the same page.
        rest=NO_TRUST if any(map(_is_trust, order)) else None,
    )
    return [_row(held, name, groups[name], means[name]) for name in order]


def _is_trust(name: Any) -> bool:
    return isinstance(name, tuple)


def _row(
    held: Held, name: Any, gains: Sequence[Gain], mean: GroupGain
) -> dict[str, Any]:
    trust, words = name if _is_trust(name) else (0, name)
    row: dict[str, Any] = {
        "name": words,
        "n_schools": mean.n_schools,
        "hidden": str(mean.hidden),
    }
    if trust:
        row["trust"] = trust
    if mean.gain is None:
        return row
    england = england_gain(
        held.england_of(gains[0].base.measure),
        [window_of(each) for each in gains],
        held.breaks,
    )
    return row | {
        "per_year": mean.gain.estimate,
        "low": mean.gain.low,
        "high": mean.gain.high,
        "england": england.per_year if isinstance(england, EnglandGain) else None,
    }
