"""Takes in the links between schools."""

from datetime import date
from typing import Any

from mentoring.imports.taking import Order, Work, read_links_file
from mentoring.management.imports import ImportCommand
from schools.imports.opening import open_file


class Command(ImportCommand):
    """Adds and updates links, and lets plain successors continue their schools."""

    help = "Import the links between schools (GIAS links_edubasealldata)."

    def read(self, options: dict[str, Any], on: date) -> Work:
        return read_links_file(open_file(options["file"]), Order(on))
