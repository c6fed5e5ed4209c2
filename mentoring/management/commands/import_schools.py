"""Takes in the register of schools."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from mentoring.management.imports import ImportCommand, Taken, Work
from mentoring.models.membership import schools_in_programme
from schools.imports.apply_links import apply_links
from schools.imports.apply_register import apply_register
from schools.imports.links import read_links
from schools.imports.opening import open_file
from schools.imports.outcome import Progress
from schools.imports.register import read_register


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
        file = open_file(options["file"])
        register = read_register(file)
        links_file = open_file(options["links"]) if options["links"] else None
        links = read_links(links_file) if links_file else None

        def apply(progress: Progress) -> Sequence[Taken]:
            chosen = schools_in_programme()
            now = timezone.now()
            taken = [
                Taken(
                    file,
                    apply_register(
                        file, register, in_programme=chosen, at=now, progress=progress
                    ),
                )
            ]
            if links_file and links:
                outcome = apply_links(
                    links_file, links, in_programme=chosen, at=now, progress=progress
                )
                taken.append(Taken(links_file, outcome))
            return taken

        return apply
