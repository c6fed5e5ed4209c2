"""A school beside its authority, its region and England, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentoring.pages.parts import level, release_word
from results.figures.figure import Missing

NO_FIGURE = "No figure"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One year; `counts` says which schools the averages count, and how found."""

    year: int
    measure: str
    school: str
    reason: str
    authority: str
    region: str
    england: str
    counts: str


def area_rows(
    line: Sequence[Mapping[str, Any]], words: Mapping[str, Sequence[Any]]
) -> list[AreaRow]:
    """Return the rows of a school's page, the latest year first; [] for none.

    `line` is `SchoolSummary.line`, `words` each measure's short name first.
    """
    return [
        _row(point, beside, words)
        for point in reversed(line)
        for beside in point.get("areas", [])
    ]


def _row(
    point: Mapping[str, Any],
    beside: Mapping[str, Any],
    words: Mapping[str, Sequence[Any]],
) -> AreaRow:
    is_share = bool(point.get("is_share", True))
    authority, region, england = (
        level(value, is_share=is_share, is_whole=False)
        if value is not None
        else NO_FIGURE
        for value in beside["values"]
    )
    is_seen = point["value"] is not None
    named = words.get(point["measure"], [point["measure"]])
    return AreaRow(
        year=point["year"],
        measure=str(named[0]),
        school=level(point["value"], is_share=is_share, is_whole=point["is_whole"])
        if is_seen
        else "",
        reason="" if is_seen else Missing(point["reason"]).sentence,
        authority=authority,
        region=region,
        england=england,
        counts=_counts(beside),
    )


def _counts(beside: Mapping[str, Any]) -> str:
    """Return which schools the three averages count, and how they were found."""
    if beside["how"] == "derived":
        authority, region, england = beside["schools"]
        return (
            f"State mainstream schools held here: {authority:,}, {region:,} and "
            f"{england:,}"
        )
    releases = sorted({each for each in beside["releases"] if each})
    words = " and ".join(release_word(each) for each in releases)
    return f"{beside['coverage'].capitalize()}, published ({words})"


def area_sources(line: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return where published averages are from, each source once."""
    sources = (
        source
        for point in line
        for beside in point.get("areas", [])
        for source in beside["sources"]
    )
    return list(dict.fromkeys(sources))
