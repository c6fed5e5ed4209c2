"""Takes in averages of local authorities and regions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mentoring.management.imports import ImportCommand, Taken, Work
from results.imports.apply_averages import apply_averages
from results.imports.averages import read_averages
from schools.imports.opening import open_file
from schools.imports.outcome import Progress
from schools.models import LocalAuthority


class Command(ImportCommand):
    """Adds averages of areas."""

    help = (
        "Import averages of local authorities and regions: la_code,name,exam_year,"
        "pupils,pct_5ac,pct_5acem,source. Import the register first."
    )
    is_strict_optional = True

    def read(self, options: dict[str, Any], on: date) -> Work:
        file = open_file(options["file"])
        regions = LocalAuthority.objects.exclude(region="")
        averages = read_averages(file, set(regions.values_list("region", flat=True)))

        def apply(progress: Progress) -> Sequence[Taken]:  # noqa: ARG001 -- one batch
            return [Taken(file, apply_averages(file, averages))]

        return apply
