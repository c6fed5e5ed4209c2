"""The four figures at the head of the dashboard: ours, England's, who counts."""

from collections.abc import Mapping
from typing import Any

from mentoring.pages.parts import KeyFigure, range_words, release_word, span
from results.figures.display import points, signed

Facts = Mapping[str, Any]
NO_GAIN = "There is no programme gain to set it beside."


def key_figures(facts: Facts, scope: str, coverage: str) -> list[KeyFigure]:
    """Return the four figures: ours, England's, England without us, who counts."""
    ours, england = facts["gain"], facts.get("england") or {}
    return [
        our_gain(ours, scope),
        england_gain(england, ours, f"{scope}; {coverage}"),
        rest_gain(facts.get("rest") or {}, england, ours),
        counted(facts),
    ]


def our_gain(ours: Facts, scope: str) -> KeyFigure:
    """Return the schools' mean gain with its likely range, and that by school."""
    label = "Programme schools gained a year"
    if "per_year" not in ours:
        return KeyFigure(label=label, reason=ours["sentence"], is_lead=True)
    years = span(ours["first_base"], ours["last"])
    likely = range_words(ours["low"], ours["high"])
    plain = range_words(*ours.get("plain", (ours["low"], ours["high"])))
    beside = "" if plain == likely else f"; with each school by itself {plain}"
    return KeyFigure(
        label=label,
        value=signed(ours["per_year"]),
        unit="points",
        detail=f"Likely range {likely} (95%){beside}",
        source=f"{scope}; {years}; {release_word(ours['release'])}",
        is_lead=True,
    )


def england_gain(england: Facts, ours: Facts, scope: str) -> KeyFigure:
    """Return England's gain over the same years."""
    label = "England, the same years"
    if "per_year" not in england:
        why = england.get("sentence", NO_GAIN)
        return KeyFigure(label=label, reason=why)
    gap = england["per_year"] - ours["per_year"]
    years = span(england["first_base"], england["last"])
    return KeyFigure(
        label=label,
        value=signed(england["per_year"]),
        unit="points",
        detail=f"{points(abs(gap))} points a year {'more' if gap >= 0 else 'less'}",
        source=f"{scope}; {years}; {release_word(england['release'])}",
    )


def rest_gain(rest: Facts, england: Facts, ours: Facts) -> KeyFigure:
    """Return the gain of England without the programme's mentee schools."""
    label = "England without programme schools"
    if "per_year" not in rest:
        why = "It needs the pupils of every school, or England\u2019s own figure."
        return KeyFigure(label=label, reason=why if "per_year" in ours else NO_GAIN)
    how = "from the pupils of every school outside the programme"
    if rest["how"] == "share":
        share = points(100 * rest["share"])
        how = f"from England\u2019s figure less their {share}% of its pupils"
    release = england.get("label", ours["release"])
    return KeyFigure(
        label=label,
        value=signed(rest["per_year"]),
        unit="points",
        detail="Programme schools are inside England\u2019s average",
        source=f"Worked out {how}; {release_word(release)}",
    )


def counted(facts: Facts) -> KeyFigure:
    """Return how many of the schools that joined are in the average."""
    missing = facts["joined"] - facts["counted"]
    gone = f"{facts['gone']:,} have left and stay counted"
    if facts["gone"] <= 1:
        gone = "one has left and stays counted" if facts["gone"] else "none has left"
    return KeyFigure(
        label="Schools counted",
        value=f"{facts['counted']:,}",
        unit=f"of {facts['joined']:,}",
        detail=f"{missing:,} left out, with reasons below"
        if missing
        else "All of them",
        source=f"Every school that ever joined as a mentee; {gone}",
    )
