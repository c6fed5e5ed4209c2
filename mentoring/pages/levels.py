"""The levels of the dashboard by year as lines, with joins, breaks and cautions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mentoring.pages.parts import Chart, draw, release_word, seam_label, span
from results.charts.line import Line, Mark, Point
from results.charts.scale import summer_position

Facts = Mapping[str, Any]
SUMMER = "Exams are in the summer of each year."


def levels_chart(facts: Facts, population: str, coverage: str) -> Chart:
    """Return the levels by year as lines, with joins, breaks and cautions marked."""
    rows = facts["lines"]["rows"]
    lines = [
        Line(
            "programme",
            "Programme schools",
            [
                Point(row["year"], row["programme"], reason="Fewer than three schools")
                for row in rows
            ],
            "programme",
        ),
        Line(
            "england",
            "England",
            [Point(row["year"], row["england"], reason="Not known") for row in rows],
            "england",
        ),
    ]
    similar = dict((facts.get("similar") or {}).get("levels") or ())
    if similar:
        theirs = [
            Point(row["year"], similar.get(row["year"]), reason="Not known")
            for row in rows
        ]
        lines.insert(1, Line("similar", "Similar schools outside", theirs, "similar"))
    # Fewer than three schools could be worked out as what England has and this lacks.
    has_mean = any(row["programme"] is not None for row in rows)
    if facts["lines"]["has_rest"] and has_mean:
        rest = [Point(row["year"], row["rest"], reason="Not known") for row in rows]
        lines.append(Line("rest", "England without them", rest, "rest"))
    return draw(
        lines,
        [*joins(facts), *seam_marks(facts), *caution_marks(facts)],
        chart_id="impact",
        title="Results by year, beside England",
        unit="%" if facts["is_share"] else "points",
        summary=lines_summary(rows, coverage),
        source=f"{measures_words(rows)} Counts {population}. {england_releases(rows)}",
    )


def lines_summary(rows: Sequence[Facts], coverage: str) -> str:
    """Return what the lines are; a mean of fewer than three schools is not drawn."""
    if all(row["programme"] is None for row in rows):
        return (
            f"England ({coverage}) alone: no mean of fewer than three programme "
            f"schools is shown. {SUMMER}"
        )
    return (
        f"The mean of the schools counted ({schools_by_year(rows)}) beside England "
        f"({coverage}). {SUMMER}"
    )


def schools_by_year(rows: Sequence[Facts]) -> str:
    """Return how many schools the mean of each year rests on."""
    counts = sorted({row["n_schools"] for row in rows})
    if len(counts) == 1:
        return f"{counts[0]:,} in every year"
    return f"{counts[0]:,} to {counts[-1]:,} with a result in a year"


def measures_words(rows: Sequence[Facts]) -> str:
    """Return which measure is the headline in which years."""
    groups: dict[str, list[int]] = {}
    for row in rows:
        groups.setdefault(row["measure"], []).append(row["year"])
    return " ".join(
        f"{name}: {span(years[0], years[-1]) if len(years) > 1 else years[0]}."
        for name, years in groups.items()
    )


def england_releases(rows: Sequence[Facts]) -> str:
    """Return which release of England's figure each year has, in words."""
    groups: dict[int, list[str]] = {}
    for row in rows:
        if row["england_release"]:
            groups.setdefault(row["england_release"], []).append(str(row["year"]))
    if not groups:
        return "England\u2019s figures are not known."
    said = "; ".join(
        f"{', '.join(years)} {release_word(release)}"
        for release, years in sorted(groups.items(), reverse=True)
    )
    return f"England\u2019s figures: {said}."


def joins(facts: Facts) -> list[Mark]:
    """Return a mark for each wave, where it stands between the summers of exams."""
    marks = []
    for wave in facts["waves"]:
        day = date.fromisoformat(wave["first_joined"])
        noun = "school joins" if wave["schools"] == 1 else "schools join"
        marks.append(Mark(summer_position(day), f"{wave['schools']:,} {noun}", "join"))
    return marks


def seam_marks(facts: Facts) -> list[Mark]:
    """Return a mark where two years cannot be compared, with the reason."""
    first = facts["lines"]["rows"][0]["year"] if facts["lines"]["rows"] else 0
    return [
        Mark(seam["year"], seam_label(seam["year"]), "break")
        for seam in facts["seams"]
        if seam["year"] > first
    ]


def caution_marks(facts: Facts) -> list[Mark]:
    """Return a mark for every break to be cautious of."""
    return [
        Mark(each["year"], each["sentence"], "caution") for each in facts["cautions"]
    ]
