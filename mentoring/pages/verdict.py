"""Whether programme schools gained more than similar ones, in words nobody can misread.

The gain beside England's is what happened; this is what can be said of the programme.
Schools that start low rise without help, so it allows for where schools started.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from results.figures.display import points, signed

NOT_TOLD_APART = "Not told apart from similar schools"
MORE = "More than similar schools"
LESS = "Less than similar schools"
NOT_KNOWN = "No comparison with similar schools yet"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said: a label, its sentences, and how it is shown.

    `kind` is a notice's; `claims_more` that programme schools gained more than others
    like them, beyond what chance would give.
    """

    label: str
    sentence: str
    kind: str
    claims_more: bool = False


def verdict(similar: Mapping[str, Any]) -> Verdict:
    """Return the verdict on `similar`, as `mentoring.summary.similar` made it."""
    if "difference" not in similar:
        why = similar.get("sentence") or "There is no programme gain to compare."
        return Verdict(NOT_KNOWN, why, "warning")
    likely = f"{signed(similar['low'])} to {signed(similar['high'])} points a year"
    if not similar["is_told_apart"]:
        return Verdict(
            NOT_TOLD_APART,
            "Allowing for where schools started, we cannot tell this gain apart from "
            f"that of {_who(similar)}: the likely difference is {likely}, which "
            "includes none.",
            "warning",
        )
    is_more = similar["difference"] > 0
    return Verdict(
        MORE if is_more else LESS,
        f"Allowing for where schools started, programme schools gained "
        f"{points(abs(similar['difference']))} points a year "
        f"{'more' if is_more else 'less'} than {_who(similar)}; the likely range is "
        f"{likely}. Schools were not chosen by lot, so some of it may be other ways in "
        "which they differ.",
        "success" if is_more else "warning",
        claims_more=is_more,
    )


def _who(similar: Mapping[str, Any]) -> str:
    return f"the {similar['n_comparison']:,} entitled schools that never joined"
