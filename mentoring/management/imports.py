"""What the four import commands share: options, one transaction, report, exit status.

Exit status: 0 the file was applied, 1 nothing was applied because rows were refused,
2 the file cannot be used.
"""

import sys
from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from mentoring.imports.taking import (
    Taken,
    Work,
    holds_demonstration,
    nothing_good,
    programme_day,
    recompute_figures,
)
from mentoring.models import Programme
from schools.imports.refused_file import write_refused
from schools.imports.table_file import FileRefusedError
from schools.naming import counted

SHOWN = 20
ROWS_REFUSED = 1
FILE_REFUSED = 2


class ImportCommand(BaseCommand):
    """Reads a file, applies it in one transaction, and reports."""

    is_strict_optional = False
    is_for_demonstrations = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what every import understands."""
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="CSV, .csv.gz or .xlsx"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="report, and keep nothing"
        )
        parser.add_argument(
            "--today",
            type=a_day,
            metavar="YYYY-MM-DD",
            help="the programme's day, instead of today",
        )
        if self.is_strict_optional:
            parser.add_argument(
                "--strict",
                action="store_true",
                help="apply nothing if any row is refused",
            )

    def read(self, options: dict[str, Any], on: date) -> Work:
        """Return what will apply the files; raise FileRefusedError if they are none."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Import, report, and end with the exit status."""
        if not self.is_for_demonstrations and holds_demonstration():
            raise CommandError(
                "This database holds the demonstration. Real files and invented "
                "schools do not mix: name another database in DATABASE_URL.",
                returncode=FILE_REFUSED,
            )
        on = options["today"] or programme_day()
        bar = ProgressBar()
        try:
            work = self.read(options, on)
            with transaction.atomic():
                taken = work(bar.show)
                obstacle = self._obstacle(taken, options)
                if obstacle or options["dry_run"]:
                    transaction.set_rollback(True)
                elif self._moves_figures(taken):
                    recompute_figures(on)
        except FileRefusedError as error:
            raise CommandError(str(error), returncode=FILE_REFUSED) from error
        finally:
            bar.clear()
        self._report(taken, is_dry=options["dry_run"], is_void=bool(obstacle))
        if obstacle:
            raise CommandError(obstacle, returncode=ROWS_REFUSED)

    def _moves_figures(self, taken: Sequence[Taken]) -> bool:
        """Return whether pages' figures rest on what was done; actions mark it."""
        moves = any(each.outcome.moves_figures for each in taken)
        return moves or Programme.the().is_stale

    def _obstacle(self, taken: Sequence[Taken], options: dict[str, Any]) -> str:
        """Return why nothing may be applied, or nothing."""
        refused = sum(each.outcome.refused for each in taken)
        if refused and options.get("strict"):
            return (
                "Nothing was applied: "
                f"{counted(refused, 'row was', 'rows were')} refused, and --strict "
                "takes all rows or none. Mend what was refused, or leave --strict out."
            )
        return nothing_good(taken)

    def _report(self, taken: Sequence[Taken], *, is_dry: bool, is_void: bool) -> None:
        for each in taken:
            outcome = each.outcome
            for note in outcome.notes:
                self.stdout.write(note)
            self._report_refused(each)
            if is_void:
                outcome.added = outcome.changed = outcome.unchanged = 0
            lead = "Dry run, nothing was kept: " if is_dry else ""
            self.stdout.write(f"{each.file.name}: {lead}{outcome.summary()}")

    def _report_refused(self, taken: Taken) -> None:
        refusals = sorted(taken.outcome.refusals, key=lambda each: each.row)
        if not refusals:
            return
        for refusal in refusals[:SHOWN]:
            column = f", column {refusal.column}" if refusal.column else ""
            self.stdout.write(
                f"Row {refusal.row}{column}: {refusal.value!r} is refused: "
                f"{refusal.reason}. {refusal.advice}"
            )
        if len(refusals) > SHOWN:
            self.stdout.write(f"... and {len(refusals) - SHOWN} more.")
        try:
            path = write_refused(taken.file, refusals, Path.cwd())
        except OSError as error:
            self.stderr.write(
                f"The refused rows could not be written here ({error.strerror}). Run "
                "the command in a folder you may write to."
            )
        else:
            self.stdout.write(
                f"All refused rows are in {path.name}: mend them there and import it."
            )


class ProgressBar:
    """A bar on a terminal; nothing anywhere else."""

    WIDTH = 30

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        """Draw `done` of `total`."""
        if self.is_shown and total:
            filled = self.WIDTH * done // total
            bar = "#" * filled + "." * (self.WIDTH - filled)
            sys.stderr.write(f"\r[{bar}] {done} of {total}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar off the line."""
        if self.is_shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def a_day(text: str) -> date:
    """Return the date that `text` gives as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date like 2018-01-31.") from error
