"""Writes against the rules on measures and figures."""

from collections.abc import Mapping

from results.models import AreaFigure, Measure, MeasureBreak, NationalFigure, Result
from tests import factories as make
from tests.harness.offences.parts import Offence


def _measure_upside_down() -> None:
    measure = make.MeasureFactory.create(code="TEST")
    Measure.objects.filter(pk=measure.pk).update(minimum=100.0, maximum=100.0)


def _second_break() -> None:
    first = make.MeasureBreakFactory.create()
    MeasureBreak.objects.bulk_create(
        [
            MeasureBreak(
                year=first.year,
                name=first.name,
                kind=first.kind,
                applies=first.applies,
                sentence="Again.",
            )
        ]
    )


def _second_national_figure() -> None:
    first = make.NationalFigureFactory.create()
    NationalFigure.objects.bulk_create(
        [
            NationalFigure(
                measure=first.measure,
                year=first.year,
                population=first.population,
                coverage=first.coverage,
                release=first.release,
                basis=first.basis,
                value=51.0,
                source="Another source.",
            )
        ]
    )


def _figure_without_source() -> None:
    figure = make.NationalFigureFactory.create()
    NationalFigure.objects.filter(pk=figure.pk).update(source="")


def _result(**columns: object) -> Offence:
    def offend() -> None:
        result = make.ResultFactory.create()
        Result.objects.filter(pk=result.pk).update(**columns)

    return offend


def _second_result() -> None:
    first = make.ResultFactory.create()
    Result.objects.bulk_create(
        [
            Result(
                establishment=first.establishment,
                measure=first.measure,
                year=first.year,
                population=first.population,
                release=first.release,
                value=51.0,
                run=first.run,
            )
        ]
    )


def _second_area_figure(**place: object) -> Offence:
    def offend() -> None:
        held = make.AreaFigureFactory.create(**place)
        held.pk = None
        AreaFigure.objects.bulk_create([held])

    return offend


def _figure_of_an_area(**columns: object) -> Offence:
    def offend() -> None:
        held = make.AreaFigureFactory.create()
        AreaFigure.objects.filter(pk=held.pk).update(**columns)

    return offend


RESULTS: Mapping[str, Offence] = {
    "results_areafigure_authority_or_region": _figure_of_an_area(region="London"),
    "results_areafigure_authority_once": _second_area_figure(),
    "results_areafigure_region_once": _second_area_figure(
        authority=None, region="London"
    ),
    "results_areafigure_has_a_source": _figure_of_an_area(source=""),
    "results_measure_minimum_below_maximum": _measure_upside_down,
    "results_measurebreak_once": _second_break,
    "results_nationalfigure_once": _second_national_figure,
    "results_nationalfigure_has_a_source": _figure_without_source,
    "results_result_once": _second_result,
    "results_result_value_or_reason": _result(value=None, reason=""),
    "results_result_percentage_in_range": _result(value=100.5),
    "results_result_number_within_cohort": _result(number=101),
}
