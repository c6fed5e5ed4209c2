"""Takes an import back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from mentoring.actions.undo_import import undo_import
from mentoring.imports.taking import programme_day, recompute_figures
from mentoring.imports.undoing import run_words
from mentoring.management.imports import a_day
from schools.models import ImportRun

LATEST = 10


class Command(BaseCommand):
    """Exit status 0 undone, 1 barred by what came after, 2 no such import."""

    help = "Undo an import: take out what it added, put back what it changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, metavar="RUN", help="the import's number")
        parser.add_argument(
            "--why", default="Undone from the shell.", help="the reason, kept with it"
        )
        parser.add_argument(
            "--today", type=a_day, metavar="YYYY-MM-DD", help="the programme's day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(self._which(options["run"]), returncode=2)
        on = options["today"] or programme_day()
        try:
            with transaction.atomic():
                done = undo_import(
                    run=run, why=options["why"], by=None, on=on, at=timezone.now()
                )
                recompute_figures(on)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=1) from refusal
        self.stdout.write(
            f"Undone: {run_words(run)}. Rows taken out: {done.removed}; put back as "
            f"they were: {done.restored}."
        )

    def _which(self, number: int) -> str:
        """Return that there is no such import, and which are the latest."""
        latest = ImportRun.objects.standing().latest_first()[:LATEST]
        named = "; ".join(run_words(each) for each in latest)
        return f"There is no import {number}. The latest are: {named or 'none'}."
