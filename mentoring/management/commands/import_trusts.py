"""Takes in trusts and the schools in them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mentoring.management.imports import ImportCommand, Taken, Work
from schools.imports.apply_trusts import apply_groups, apply_members
from schools.imports.opening import open_file
from schools.imports.outcome import Progress
from schools.imports.trusts import read_groups, read_members


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
        files = open_file(options["file"]), open_file(options["links"])
        groups, members = read_groups(files[0]), read_members(files[1])

        def apply(progress: Progress) -> Sequence[Taken]:
            return [
                Taken(files[0], apply_groups(files[0], groups)),
                Taken(
                    files[1],
                    apply_members(files[1], members, on=on, progress=progress),
                ),
            ]

        return apply
