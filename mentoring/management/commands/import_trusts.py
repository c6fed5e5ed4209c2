"""Takes in trusts and the schools in them."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mentoring.imports.taking import (
    Order,
    Work,
    one_after_another,
    read_trusts_file,
)
from mentoring.management.imports import ImportCommand
from schools.imports.opening import open_file


class Command(ImportCommand):
    """Adds trusts, and schools to them; ends what is no longer listed."""

    help = (
        "Import trusts (GIAS groups) and the schools in them (GIAS group links). Both "
        "are full extracts: a school that is no longer listed has left its trust."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("links", type=Path, metavar="LINKS", help="group links")

    def read(self, options: dict[str, Any], on: date) -> Work:
        files = (options["file"], options["links"])
        return one_after_another(
            [read_trusts_file(open_file(each), Order(on)) for each in files]
        )
