"""Takes in a file of national figures."""

import csv
from collections.abc import Sequence
from datetime import date
from typing import Any

from mentoring.management.imports import ImportCommand, Taken, Work
from results.imports.apply_national import apply_national
from results.imports.reference import ReferenceDataError, read_national
from schools.imports.opening import open_file
from schools.imports.outcome import Progress
from schools.imports.table_file import FileRefusedError


class Command(ImportCommand):
    """Adds and updates England's figures."""

    help = (
        "Import national figures: year,measure,value,population,coverage,release,"
        "basis,source,confidence,note."
    )

    def read(self, options: dict[str, Any], on: date) -> Work:
        file = open_file(options["file"])
        try:
            rows = read_national(options["file"])
        except (ReferenceDataError, csv.Error) as error:
            raise FileRefusedError(str(error)) from error
        if not rows:
            raise FileRefusedError("The file has 0 rows of figures. Put them in.")

        def apply(progress: Progress) -> Sequence[Taken]:  # noqa: ARG001 -- one batch
            return [Taken(file, apply_national(file, rows))]

        return apply
