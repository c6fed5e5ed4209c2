"""`manage.py worker`: does what is too long for a page, until it is stopped."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from mentoring.actions.do_daily import ensure_daily
from mentoring.actions.heal_tasks import heal_tasks
from mentoring.models import Worker

EVERY = 20
"""Seconds between two signs of life."""


class Command(db_worker.Command):
    """The library's worker, that also says it lives and takes up what others left."""

    help = "Reads and applies imports, and works out figures, beside the web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--ends-with-parent",
            action="store_true",
            help="stop when the process that started this one is gone",
        )
        # A thread says that this worker lives, which a reloader would start twice.
        parser.set_defaults(reload=False, interval=0.5)

    def handle(self, **options: Any) -> None:
        parent = os.getppid() if options.pop("ends_with_parent") else None
        life = Life(options["worker_id"], parent)
        life.begin()
        try:
            super().handle(**options)
        finally:
            life.end()


class Life:
    """Says every so often that a worker lives, and heals what dead ones left.

    Once a day it sees that what each day brings is done.

    `parent` is the process that it must not outlive, None for no such one.
    """

    def __init__(self, name: str, parent: int | None) -> None:
        self.name = name
        self.parent = parent
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def begin(self) -> None:
        """Say it once, then on a thread of its own."""
        self._say()
        self._thread.start()

    def end(self) -> None:
        """Stop, and take the row away: nobody need wait for this one."""
        self._over.set()
        self._thread.join()
        Worker.objects.filter(name=self.name).delete()

    def _go_on(self) -> None:
        seconds = 0
        while not self._over.wait(1):
            seconds += 1
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
                break
            if seconds % EVERY == 0:
                self._try_to_say()
        connection.close()

    def _try_to_say(self) -> None:
        """Say it; where the database is away or being written to, the next time."""
        try:
            self._say()
        except OperationalError:
            connection.close()

    def _say(self) -> None:
        at = timezone.now()
        Worker.objects.update_or_create(
            name=self.name,
            defaults={"seen_at": at},
            create_defaults={"seen_at": at, "started_at": at},
        )
        heal_tasks(at=at)
        ensure_daily(at=at)
