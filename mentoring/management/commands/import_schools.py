"""Takes in the register of schools."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mentoring.imports.taking import (
    Order,
    Work,
    one_after_another,
    read_links_file,
    read_register_file,
)
from mentoring.management.imports import ImportCommand
from schools.imports.opening import open_file


class Command(ImportCommand):
    """Adds and updates schools from GIAS's full extract, `edubasealldata`."""

    help = (
        "Import the register of schools (GIAS edubasealldata), and with --links the "
        "links between them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--links", type=Path, metavar="FILE", help="GIAS links_edubasealldata"
        )

    def read(self, options: dict[str, Any], on: date) -> Work:
        works = [read_register_file(open_file(options["file"]), Order(on))]
        if options["links"]:
            works.append(read_links_file(open_file(options["links"]), Order(on)))
        return one_after_another(works)
