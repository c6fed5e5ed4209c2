"""`manage.py serve`: the production server."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mentoring.serving import Plan, serve


class Command(BaseCommand):
    """Serves until it is stopped; exit status 0."""

    help = "Serve the site, behind a proxy that ends https. Gathers static files first."
    # Checks need the database's tables, which may not be there yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 unless told")
        parser.add_argument("--port", type=int, default=8000, help="8000 unless told")
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help="one for each core unless told",
        )
        parser.add_argument(
            "--threads", type=int, default=2, help="of each process; 2 unless told"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        plan = Plan(
            options["host"], options["port"], options["processes"], options["threads"]
        )
        try:
            serve(plan, self._tell)
        except OSError as error:
            raise CommandError(
                f"{plan.host}:{plan.port} cannot be listened at: {error.strerror}."
            ) from error

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
