"""Enrols a file of schools."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from mentoring.imports.taking import Order, Taken, Work, read_memberships_file
from mentoring.management.imports import ImportCommand
from schools.imports.opening import open_file
from schools.naming import counted


class Command(ImportCommand):
    """Takes all rows or none, unless told to keep the good ones."""

    is_for_demonstrations = True

    help = (
        "Enrol schools from a CSV file: urn,role,joined[,left][,state][,reason]; dates "
        "YYYY-MM-DD."
    )

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
        order = Order(on, why=options["exception"], is_partial=options["good_rows"])
        return read_memberships_file(open_file(options["file"]), order)

    def _obstacle(self, taken: Sequence[Taken], options: dict[str, Any]) -> str:
        obstacle = super()._obstacle(taken, options)
        refused = sum(each.outcome.refused for each in taken)
        if obstacle or not refused or options["good_rows"]:
            return obstacle
        return (
            f"Nothing was applied: {counted(refused, 'row was', 'rows were')} refused. "
            "Mend what was refused, or keep the others with --good-rows."
        )
