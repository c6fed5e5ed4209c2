"""Where the dashboard's figures come from: files imported, and publications."""

from collections.abc import Collection

from django.utils import timezone

from mentoring.models import Programme
from results.models import NationalFigure
from schools.models import ImportRun


def sources_of(
    programme: Programme, measure: str, years: Collection[int]
) -> dict[str, list[str]]:
    """Return the sources of schools' and of England's figures of `years`, each once."""
    runs = ImportRun.objects.filter(
        results__measure=measure, results__year__in=years
    ).distinct()
    england = NationalFigure.objects.filter(
        measure=measure,
        year__in=years,
        population=programme.population,
        coverage=programme.coverage,
    ).order_by("year", "release")
    return {
        "schools": [
            f"{run.file_name}, imported on {day.day} {day:%B %Y}"
            for run in runs.order_by("pk")
            for day in [timezone.localdate(run.ended_at)]
        ],
        "england": list(dict.fromkeys(england.values_list("source", flat=True))),
    }
