"""`manage.py demo`: a made-up programme to look around in, served on this machine."""

import secrets
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mentoring.demo.beside import kept_running
from mentoring.demo.database import Held, empty, held
from mentoring.models import Programme

HOST = "127.0.0.1"
THREADS = 8
LARGEST = 10


class Command(BaseCommand):
    """Fills an empty database with the demonstration and serves it to this machine."""

    help = (
        "Fills an empty database with a made-up programme, prints one sign-in for each "
        "role, and serves it to this machine alone. A database that holds the "
        "demonstration already is kept as it is."
    )
    # Checks need the database's tables, which may not be there yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-serve", action="store_true", help="fill the database and stop"
        )
        parser.add_argument("--port", type=int, default=8000, help="8000 unless told")
        parser.add_argument(
            "--fresh", action="store_true", help="make the demonstration anew"
        )
        parser.add_argument(
            "--world",
            choices=("headline", "nothing", "small"),
            help="what the programme does in it: about 4 points a year (unless told), "
            "nothing, or 1 point",
        )
        parser.add_argument(
            "--scale",
            type=int,
            choices=range(1, LARGEST + 1),
            metavar="N",
            default=1,
            help=f"how many times as many schools, 1 to {LARGEST}",
        )
        parser.add_argument(
            "--password", help="everybody's password; a new one each time unless told"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = held()
        if before is Held.REAL:
            raise CommandError(
                "This database holds real schools: name another one in DATABASE_URL."
            )
        if not options["no_serve"]:
            _check_is_free(options["port"])
        call_command("migrate", verbosity=0, interactive=False)
        if before is Held.DEMONSTRATION and options["fresh"]:
            empty()
        if before is Held.DEMONSTRATION and not options["fresh"]:
            self._keep(options["world"])
        else:
            self._load(options["world"] or "headline", options["scale"])
        self._print_truth()
        password = options["password"] or secrets.token_urlsafe(9)
        self._print_people(password, f"http://{HOST}:{options['port']}/")
        if not options["no_serve"]:
            self._serve(options["port"])

    def _keep(self, world: str | None) -> None:
        """Say that nothing is made; refuse where another world was asked for."""
        held_world = Programme.the().demo_world
        if world not in {None, held_world}:
            raise CommandError(
                f"The demonstration here is the {held_world} world. --fresh makes it "
                f"anew as the {world} world."
            )
        self.stdout.write(
            "The demonstration is here already and is kept; --fresh makes it anew."
        )

    def _print_truth(self) -> None:
        """Say what nobody can know of a real programme."""
        programme = Programme.the()
        self.stdout.write(
            f"The {programme.demo_world} world: in it the programme makes "
            f"{programme.demo_effect or 0:.2f} points a year of the gain that is shown."
        )

    def _load(self, name: str, scale: int) -> None:
        """Make the world and write it, with a bar on a terminal."""
        # These need numpy, which no other command and no page should wait for.
        from mentoring.demo.load import STEPS, load_world  # noqa: PLC0415
        from mentoring.demo.parameters import WORLDS  # noqa: PLC0415
        from mentoring.demo.progress import Progress  # noqa: PLC0415
        from mentoring.demo.world import build_world  # noqa: PLC0415

        progress = Progress(sys.stderr, len(STEPS) + 1)
        progress("the world")
        load_world(build_world(WORLDS[name].times(scale)), progress)
        progress.finish()

    def _print_people(self, password: str, url: str) -> None:
        from mentoring.demo.people import PEOPLE, set_password  # noqa: PLC0415 -- models

        set_password(password)
        wide = max(len(person.what) for person in PEOPLE)
        far = max(len(person.email) for person in PEOPLE)
        self.stdout.write("\nDemonstration data: not real schools, not real people.\n")
        self.stdout.write(f"{'Role':<{wide}}  {'E-mail address':<{far}}  Password")
        for person in PEOPLE:
            self.stdout.write(
                f"{person.what:<{wide}}  {person.email:<{far}}  {password}"
            )
        self.stdout.write(f"\nSign in at {url}")

    def _serve(self, port: int) -> None:
        """Serve to this machine alone until Ctrl-C."""
        # Plain HTTP on the loopback address, whatever a public site would need.
        settings.ALLOWED_HOSTS = [HOST, "localhost"]
        settings.SECURE_SSL_REDIRECT = False
        settings.SECURE_HSTS_SECONDS = 0
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        import waitress  # noqa: PLC0415 -- only to serve

        from mentoring.wsgi import application  # noqa: PLC0415 -- reads the settings above

        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()
        with _worker(self.stdout.write):
            waitress.serve(
                application, host=HOST, port=port, threads=THREADS, _quiet=True
            )
        self.stdout.write("Stopped.")


def _worker(tell: Callable[[str], object]) -> AbstractContextManager[None]:
    """Run the worker beside the server: it does what is too long for a page."""
    manage = Path(settings.BASE_DIR) / "manage.py"
    return kept_running(
        [sys.executable, str(manage), "worker", "--ends-with-parent", "-v0"], tell
    )


def _check_is_free(port: int) -> None:
    """Refuse a port that another program has, before anything else is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use: choose another with --port."
            ) from error
