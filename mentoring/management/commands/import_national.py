"""Takes in a file of national figures."""

from datetime import date
from typing import Any

from mentoring.imports.taking import Order, Work, read_national_file
from mentoring.management.imports import ImportCommand
from schools.imports.opening import open_file


class Command(ImportCommand):
    """Adds and updates England's figures."""

    help = (
        "Import national figures: year,measure,value,population,coverage,release,"
        "basis,source,confidence,note; or status for release and basis."
    )

    def read(self, options: dict[str, Any], on: date) -> Work:
        return read_national_file(open_file(options["file"]), Order(on))
