"""The finding of the dashboard in words: what was gained, and what chance could do.

The wording is careful on purpose: schools "gained", a ratio never stands without the
difference beside it, and what chance could have done is said to be so.
"""

from collections.abc import Mapping
from typing import Any

from mentoring.pages.parts import in_brackets, unit_words
from mentoring.pages.verdict import verdict
from results.figures.display import points
from results.figures.ratio import ratio_words

NOT_MORE = "We cannot tell this apart from what similar schools gained."
NO_DIFFERENCE = "We cannot tell this apart from no difference."
RETURN_TO_NORMAL = (
    "Part of any such rise is return to normal after a poor year: schools join after "
    "one, and some would have recovered without help."
)
Facts = Mapping[str, Any]


def title(facts: Facts) -> str:
    """Return the finding: what programme schools gained, and what England did."""
    ours, england = facts["gain"], facts.get("england") or {}
    if "per_year" not in ours:
        who = f"{facts['joined']:,} schools have"
        if facts["joined"] == 1:
            who = "1 school has"
        return f"{who} joined; no average can be shown yet"
    verb = "gained" if ours["per_year"] >= 0 else "lost"
    finding = (
        f"{ours['n_schools']:,} schools {verb} an average of "
        f"{points(abs(ours['per_year']))} {unit_words(is_share=facts['is_share'])} "
        "a year."
    )
    if "per_year" not in england:
        return f"{finding} England\u2019s change is not known."
    theirs = "gained" if england["per_year"] >= 0 else "lost"
    said = (
        f"{finding} England {theirs} {points(abs(england['per_year']))}"
        f"{in_brackets(england['label'])}."
    )
    return said if may_read_as_more(facts) else f"{said} {NOT_MORE}"


def may_read_as_more(facts: Facts) -> bool:
    """Return whether nothing says that similar schools gained as much.

    True too where there is no comparison: the page then says that there is none.
    """
    similar = facts.get("similar") or {}
    return "difference" not in similar or verdict(similar).claims_more


def sentences(facts: Facts) -> list[str]:
    """Return what must stand beside the finding: difference, chance, release."""
    ours, england = facts["gain"], facts.get("england") or {}
    if "per_year" not in ours:
        return [ours["sentence"]]
    if "per_year" not in england:
        return [england.get("sentence", ""), RETURN_TO_NORMAL]
    said = []
    if ours["low"] <= england["per_year"] <= ours["high"]:
        said.append(NO_DIFFERENCE)
    else:
        is_more = may_read_as_more(facts)
        said.append(difference_sentence(facts["ratio"], may_multiply=is_more))
        if ours["per_year"] > 0:
            said.append(RETURN_TO_NORMAL)
    return [*said, *quarter_sentences(quarter_of(facts))]


def difference_sentence(ratio: Facts, *, may_multiply: bool) -> str:
    """Return the difference in points, and the ratio with its range where it may stand.

    "Five times" reads as the programme's doing, so it is not said of a gain that
    cannot be told apart from similar schools'.
    """
    difference, likely = ratio["difference"], ratio.get("likely")
    more = "more" if difference >= 0 else "less"
    said = f"That is {points(abs(difference))} points a year {more} than England"
    if not may_multiply or ratio["value"] is None or ratio["value"] < 1:
        return f"{said}."
    said = f"{said}; the gain is {ratio_words(ratio['value'])}"
    if likely is None:
        return f"{said}."
    return f"{said} (likely range {points(likely[0])} to {points(likely[1])} times)."


def quarter_of(facts: Facts) -> Facts:
    """Return what the rest of the quarter gained, as the verdict counts it if it can.

    The verdict leaves out the few that are held against a school that closed early.
    """
    similar = facts.get("similar") or {}
    if "difference" not in similar:
        return facts.get("quarter") or {}
    return {
        "per_year": similar["comparison"],
        "n_schools": similar["n_comparison"],
        "n_quarters": similar["n_waves"],
    }


def quarter_sentences(quarter: Facts) -> list[str]:
    """Return what the entitled schools that never joined did, where it is known."""
    if "per_year" not in quarter:
        return []
    verb = "gained" if quarter["per_year"] >= 0 else "lost"
    noun = "quarter" if quarter["n_quarters"] == 1 else "quarters"
    return [
        f"The {quarter['n_schools']:,} other schools of the same bottom {noun}, "
        f"which never joined, {verb} {points(abs(quarter['per_year']))} points a year "
        "over the same years."
    ]
