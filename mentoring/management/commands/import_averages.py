"""Takes in averages of local authorities and regions."""

from datetime import date
from typing import Any

from mentoring.imports.taking import Order, Work, read_averages_file
from mentoring.management.imports import ImportCommand
from schools.imports.opening import open_file


class Command(ImportCommand):
    """Adds averages of areas."""

    help = (
        "Import averages of local authorities and regions: la_code,name,exam_year,"
        "pupils,pct_5ac,pct_5acem,source. Import the register first."
    )
    is_strict_optional = True

    def read(self, options: dict[str, Any], on: date) -> Work:
        return read_averages_file(open_file(options["file"]), Order(on))
