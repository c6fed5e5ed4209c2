"""Measures and prints the table: `python -m tests.bench [--imports] [--pages]`."""

import os
import sys
import tempfile
from pathlib import Path

from tests.harness.environment import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]


def shared_data() -> Path | None:
    """Return the folder of published school data, where there is one."""
    folder = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def main(arguments: list[str]) -> None:
    """Measure what is asked for; with no argument, everything."""
    os.environ.update(ENVIRONMENT, DJANGO_SETTINGS_MODULE="mentoring.settings")
    from tests.bench import imports, pages  # noqa: PLC0415 -- after the environment
    from tests.bench.engines import engines  # noqa: PLC0415 -- same
    from tests.bench.table import HEAD  # noqa: PLC0415 -- same

    shared = shared_data()
    with tempfile.TemporaryDirectory() as name, engines(Path(name)) as found:
        say(HEAD)
        for engine in found:
            if shared and arguments != ["--pages"]:
                for row in imports.measure(engine, shared, Path(name)):
                    say(row.text())
            if arguments != ["--imports"]:
                for row in pages.measure(engine, Path(name)):
                    say(row.text())
        engines_found = {engine.name for engine in found}
    if not shared:
        say("Not run: imports - name the folder of published data in SHARED_DATA.")
    if "PostgreSQL" not in engines_found:
        say("Not run: PostgreSQL - install Debian's postgresql.")


if __name__ == "__main__":
    main(sys.argv[1:])
