"""Takes in a file of schools' results."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from mentoring.management.imports import ImportCommand, Taken, Work
from results.imports.apply_results import apply_results, measure_rules
from results.imports.read_results import Asked, read_results
from results.models.choices import ReleaseStatus
from schools.imports.opening import open_file
from schools.imports.outcome import Progress

RELEASES = {release.label: release for release in ReleaseStatus}


class Command(ImportCommand):
    """Adds and updates schools' results, from a file known by its header."""

    help = (
        "Import school results: the Department's performance tables of 2013-14, "
        "2015-16, 2016-17 and 2017-18, or the layout urn,year,measure,population,"
        "release,value,number,cohort."
    )
    is_strict_optional = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--year", type=int, metavar="YYYY", help="the summer of the exams"
        )
        parser.add_argument("--release", choices=list(RELEASES))

    def read(self, options: dict[str, Any], on: date) -> Work:
        file = open_file(options["file"])
        rules, years = measure_rules()
        asked = Asked(
            options["year"],
            RELEASES.get(options["release"]),
            # A demonstration's own day lies in the past; its files do not.
            max(on, timezone.localdate()),
        )
        figures = read_results(file, rules, years, asked)

        def apply(progress: Progress) -> Sequence[Taken]:
            return [Taken(file, apply_results(file, figures, progress=progress))]

        return apply
