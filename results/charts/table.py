"""The figures of a chart as rows and columns, for the table that stands under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.charts.frame import axis_decimals
from results.charts.scale import with_unit
from results.charts.series import Line, Point, line_decimals, tidy


@dataclass(frozen=True)
class Figures:
    """A table: `columns` are headings, each of `rows` a year and a text per line."""

    columns: list[str]
    rows: list[list[str]]


def figures_table(lines: Sequence[Line], *, unit: str = "%") -> Figures:
    """Return the figures of `lines`, a row for every year that any line names.

    A gap shows its reason, or "no figure"; a likely range stands behind its figure.
    """
    drawn = [tidy(line) for line in lines]
    decimals = axis_decimals(drawn, unit)
    by_year = [{point.year: point for point in line.points} for line in drawn]
    years = sorted({year for points in by_year for year in points})
    rows = [
        [
            str(year),
            *(
                _cell(points.get(year), unit, line_decimals(line, unit, decimals))
                for line, points in zip(drawn, by_year, strict=True)
            ),
        ]
        for year in years
    ]
    return Figures(["Year", *(line.name for line in drawn)], rows)


def _cell(point: Point | None, unit: str, decimals: int) -> str:
    if point is None or point.value is None:
        return (point.reason if point else "") or "no figure"
    text = with_unit(point.value, unit, decimals)
    if point.low is None or point.high is None:
        return text
    low = with_unit(point.low, unit, decimals)
    high = with_unit(point.high, unit, decimals)
    return f"{text} (likely range {low} to {high})"
