"""Takes in the links between schools."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from mentoring.management.imports import ImportCommand, Taken, Work
from mentoring.models.membership import schools_in_programme
from schools.imports.apply_links import apply_links
from schools.imports.links import read_links
from schools.imports.opening import open_file
from schools.imports.outcome import Progress


class Command(ImportCommand):
    """Adds and updates links, and lets plain successors continue their schools."""

    help = "Import the links between schools (GIAS links_edubasealldata)."

    def read(self, options: dict[str, Any], on: date) -> Work:
        file = open_file(options["file"])
        links = read_links(file)

        def apply(progress: Progress) -> Sequence[Taken]:
            outcome = apply_links(
                file,
                links,
                in_programme=schools_in_programme(),
                at=timezone.now(),
                progress=progress,
            )
            return [Taken(file, outcome)]

        return apply
