"""`manage.py daily`: does what a day brings; the worker does so by itself."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mentoring.actions.do_daily import do_daily
from mentoring.models import Programme
from schools.naming import counted


class Command(BaseCommand):
    """Silence confirms support days; proposals expire and pairings begin."""

    help = "Do what is due today. The worker does it once a day by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day it is, YYYY-MM-DD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = do_daily(on=options["today"] or Programme.the().today)
        days = counted(done.confirmed, "support day", "support days")
        pairings = counted(done.moved, "pairing", "pairings")
        mentors = counted(done.reminded, "mentor", "mentors")
        self.stdout.write(
            f"Confirmed {days} by silence, moved {pairings}, and reminded {mentors}."
        )
