"""Works out every summary afresh, or proves that the stored ones are fresh."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mentoring.actions.recompute import differences, recompute
from mentoring.models import Programme


class Command(BaseCommand):
    """Exit status 0; with --check 1 where a stored figure is not fresh."""

    help = "Work out every summary afresh, or check that the stored ones are fresh."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; say what differs"
        )
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day it is, YYYY-MM-DD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["today"] or Programme.the().today
        if not options["check"]:
            recompute(on=on)
            self.stdout.write("Every summary is worked out afresh.")
            return
        found = differences(on=on)
        for line in found:
            self.stdout.write(line)
        if found:
            self.stdout.write("Run `manage.py recompute` to put it right.")
            raise SystemExit(1)
        self.stdout.write("Every stored summary equals a fresh one.")
