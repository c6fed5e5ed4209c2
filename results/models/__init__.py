"""Published figures: measures, their breaks, results and England's averages."""

from results.models.area import AreaFigure
from results.models.measure import Measure, MeasureBreak
from results.models.national import NationalFigure
from results.models.result import Result, ResultChange

__all__ = [
    "AreaFigure",
    "Measure",
    "MeasureBreak",
    "NationalFigure",
    "Result",
    "ResultChange",
]
