"""Numbers as people read them: rounding, signs, and what may be shown at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from results.figures.figure import Missing

MINUS = "\u2212"
HIDDEN = "hidden"
MIN_PUBLISH = 6
MIN_ANALYSE = 11


def rounded(value: float, decimals: int = 1) -> Decimal:
    """Return `value` rounded half away from zero, on its decimal text; never -0.

    2.25 gives 2.3, where binary rounding would give 2.2. Raises ValueError for what
    is not a finite number.
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"Only a finite number can be shown, not {value}.")
    short = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(short) if short.is_zero() else short


def points(value: float, decimals: int = 1) -> str:
    """Return a level as text, such as "46.3" or "\u22120.2", without a plus sign."""
    return str(rounded(value, decimals)).replace("-", MINUS)


def signed(value: float, decimals: int = 1) -> str:
    """Return a gain as text with its sign: "+7.0", "\u22120.5"; "0.0" has none."""
    text = points(value, decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def percent(value: float, decimals: int = 1) -> str:
    """Return a share of pupils as text, such as "46.3%"."""
    return f"{points(value, decimals)}%"


@dataclass(frozen=True, slots=True)
class Published:
    """A share of pupils as a page may show it.

    `value` is in per cent and None when hidden or when there are no pupils; `text` is
    then a word. `is_very_small` flags a group that is shown but under 11.
    """

    text: str
    value: float | None
    reason: Missing | None = None
    is_very_small: bool = False

    @property
    def is_hidden(self) -> bool:
        """Return whether the share exists but must not be seen."""
        return self.reason is Missing.SUPPRESSED


def publish(
    number: int,
    cohort: int,
    *,
    decimals: int = 0,
    min_publish: int = MIN_PUBLISH,
    min_analyse: int = MIN_ANALYSE,
    is_public: bool = True,
) -> Published:
    """Return what may be shown of `number` pupils out of `cohort`.

    Under `min_publish` the share is hidden; up to `min_analyse` it is flagged as very
    small and, where `is_public`, 0% and 100% are hidden because they tell every
    pupil's result. A cohort of 0 gives no entries. Raises ValueError unless
    0 <= number <= cohort.
    """
    if not 0 <= number <= cohort:
        raise ValueError("The pupils counted must lie between 0 and the cohort.")
    if cohort == 0:
        return Published("no entries", None, Missing.NO_ENTRIES)
    is_very_small = cohort < min_analyse
    tells_all = is_public and is_very_small and number in (0, cohort)
    if cohort < min_publish or tells_all:
        return Published(HIDDEN, None, Missing.SUPPRESSED)
    value = 100 * number / cohort
    return Published(percent(value, decimals), value, is_very_small=is_very_small)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and the groups that make it up, after suppression."""

    total: Published
    groups: Mapping[str, Published]


def publish_groups(
    total: tuple[int, int],
    groups: Mapping[str, tuple[int, int]],
    *,
    decimals: int = 0,
    min_publish: int = MIN_PUBLISH,
    min_analyse: int = MIN_ANALYSE,
) -> Breakdown:
    """Return a total and its groups, so that no hidden group can be worked out.

    `total` and each group are (number, cohort). When exactly one group is hidden, the
    smallest group still shown is hidden too: in a pair, the other half. A hidden
    total hides every group.
    """

    def shown(counts: tuple[int, int]) -> Published:
        return publish(
            *counts,
            decimals=decimals,
            min_publish=min_publish,
            min_analyse=min_analyse,
        )

    whole, parts = shown(total), {name: shown(each) for name, each in groups.items()}
    visible = [name for name, part in parts.items() if part.value is not None]
    hidden = sum(part.is_hidden for part in parts.values())
    if hidden != 1 and not whole.is_hidden:
        return Breakdown(whole, parts)
    if not whole.is_hidden:
        visible = sorted(visible, key=lambda name: groups[name][1])[:1]
    for name in visible:
        parts[name] = replace(
            parts[name],
            text=HIDDEN,
            value=None,
            reason=Missing.SUPPRESSED,
            is_very_small=False,
        )
    return Breakdown(whole, parts)
