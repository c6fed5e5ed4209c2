"""Enrols a file of schools."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from mentoring.imports.memberships import apply_memberships, read_memberships
from mentoring.management.imports import ImportCommand, Taken, Work
from schools.imports.opening import open_file
from schools.imports.outcome import Progress


class Command(ImportCommand):
    """Takes all rows or none, unless told to keep the good ones."""

    is_for_demonstrations = True

    help = "Enrol schools from a CSV file: urn,role,joined[,left]; dates YYYY-MM-DD."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--exception",
            default="",
            metavar="WHY",
            help="let in mentees that are on no frozen list, and record why",
        )
        parser.add_argument(
            "--good-rows",
            action="store_true",
            help="keep the rows that are good, although others are refused",
        )

    def read(self, options: dict[str, Any], on: date) -> Work:
        file = open_file(options["file"])
        rows = read_memberships(file)

        def apply(progress: Progress) -> Sequence[Taken]:  # noqa: ARG001 -- soon done
            outcome = apply_memberships(
                file,
                rows,
                why=options["exception"],
                is_partial=options["good_rows"],
                on=on,
            )
            return [Taken(file, outcome)]

        return apply

    def _obstacle(self, taken: Sequence[Taken], options: dict[str, Any]) -> str:
        obstacle = super()._obstacle(taken, options)
        refused = sum(each.outcome.refused for each in taken)
        if obstacle or not refused or options["good_rows"]:
            return obstacle
        return (
            f"Nothing was applied: {refused} rows were refused. Mend them, or keep the "
            "others with --good-rows."
        )
