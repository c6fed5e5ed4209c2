"""The programme's schools on a map of England, with its table."""

from collections.abc import Mapping
from typing import Any

from mentoring.pages.parts import Chart
from results.charts.england import CREDIT, MARKS, Crowd, england_map, legend

Facts = Mapping[str, Any]


def places_chart(places: Facts) -> Chart | None:
    """Return the map; None where no school of the programme has a place."""
    if not any(places["points"].values()) and not places["crowds"]:
        return None
    points = {
        kind: [(100 * east, 100 * north) for east, north in held]
        for kind, held in places["points"].items()
    }
    title = f"Where the {places['total']:,} programme schools are"
    if places["total"] == 1:
        title = "Where the one programme school is"
    said = summary(places)
    picture = england_map(
        points,
        [Crowd(*each) for each in places["crowds"]],
        title=title,
        description=said,
        chart_id="map",
    )
    return Chart(
        title=title,
        summary=said,
        wide=picture,
        narrow="",
        notes=(),
        columns=["Region", *(mark.name for mark in MARKS), "All"],
        rows=[
            [row[0], *(f"{count:,}" for count in row[1:]), f"{sum(row[1:]):,}"]
            for row in places["regions"]
        ],
        source=f"Places: the register of schools. {CREDIT}",
        legend=legend({kind: len(held) for kind, held in points.items()}),
    )


def summary(places: Facts) -> str:
    """Return who is on the map, and how many are on none."""
    said = (
        "Every school that ever joined to be helped, and every mentor that was not "
        "helped itself."
    )
    if places["crowds"]:
        said = (
            "Each circle stands for the programme schools of a square of 20 "
            f"kilometres, its area for how many. {said}"
        )
    if places["both"]:
        noun = "school that was" if places["both"] == 1 else "schools that were"
        said += f" {places['both']:,} {noun} helped also mentor, marked as mentees."
    if not places["no_place"]:
        return f"{said} All of them have a place in the register."
    verb = "has" if places["no_place"] == 1 else "have"
    return (
        f"{said} {places['no_place']:,} {verb} no place in the register and "
        f"{'is' if places['no_place'] == 1 else 'are'} not drawn; the table counts all."
    )
