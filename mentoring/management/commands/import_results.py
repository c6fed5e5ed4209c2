"""Takes in a file of schools' results."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from mentoring.imports.taking import Order, Work, read_results_file
from mentoring.management.imports import ImportCommand
from results.models.choices import ReleaseStatus
from schools.imports.opening import open_file

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
        order = Order(
            on, year=options["year"], release=RELEASES.get(options["release"])
        )
        return read_results_file(open_file(options["file"]), order)
