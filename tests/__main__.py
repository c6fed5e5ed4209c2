"""Runs the whole suite: on PostgreSQL, then on SQLite with the browser.

`python -m tests [--sqlite] [--postgres] [pytest's own arguments]` runs what this
machine can run, says last what it could not and how to get it, and fails where anything
failed. With REQUIRE_ALL=1 a missing part is an error. `SHOTS=dir python -m tests shots`
writes a picture of every page.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.harness import chromium, postgres, shared
from tests.harness.environment import ENVIRONMENT, TEST_DATABASE_URL

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5  # pytest's own code; nothing chosen for one engine is no failure
WORKERS = os.environ.get("TEST_WORKERS", "2")


def say(*lines: str) -> None:
    """Write lines at once, in order with what pytest writes."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def _pytest(what: str, arguments: list[str], database_url: str = "") -> int:
    """Run pytest once; return its exit code, 0 where nothing was chosen."""
    say(what)
    command = [sys.executable, "-m", "pytest", "-p", "tests.harness.environment"]
    environment = {**os.environ, **ENVIRONMENT, TEST_DATABASE_URL: database_url}
    finished = subprocess.run(
        [*command, "-n", WORKERS, *arguments], cwd=ROOT, env=environment, check=False
    )
    return 0 if finished.returncode == NO_TESTS else finished.returncode


def _missing() -> list[str]:
    """Return what this machine lacks, with how to get it."""
    lacking = []
    if not (os.environ.get("TEST_POSTGRES_URL") or postgres.programs()):
        lacking.append(f"PostgreSQL - {postgres.HOW_TO_GET_IT}")
    if chromium.program() is None:
        lacking.append(f"tests in a browser - {chromium.HOW_TO_GET_IT}")
    if shared.folder() is None:
        lacking.append(f"tests on published school data - {shared.HOW_TO_GET_IT}")
    return lacking


def _on_postgresql(arguments: list[str]) -> int:
    # It counts rows for its planner a while after a test has rolled them back, in the
    # middle of another test, which it then plans as if its tables were empty.
    with postgres.server(autovacuum="off") as url:
        if url is None:
            return 0
        return _pytest(
            "PostgreSQL: every test that uses the database",
            ["--only-database", *arguments],
            url,
        )


def _on_sqlite(arguments: list[str]) -> int:
    without_browser = [] if chromium.program() else ["-m", "not browser"]
    return _pytest("SQLite: every test", [*without_browser, *arguments])


def main(arguments: list[str]) -> int:
    """Run what is asked for; return the exit code."""
    if arguments == ["shots"]:
        from tests.walk import shots  # noqa: PLC0415 -- it sets Django up

        return shots.main()
    # Being ended counts as Ctrl-C does: a server of ours is stopped in order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    lacking = _missing()
    if lacking and os.environ.get("REQUIRE_ALL") == "1":
        say(*(f"Missing: {one}." for one in lacking))
        return 2
    engines = {"--postgres": _on_postgresql, "--sqlite": _on_sqlite}
    asked = [name for name in engines if name in arguments] or list(engines)
    passed_on = [one for one in arguments if one not in engines]
    codes = [engines[name](passed_on) for name in asked]
    say(*(f"Not run: {one}." for one in lacking))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
