"""Measures and prints the tables: `python -m tests.bench [--imports|--pages|...]`.

Others are --scale and --days; with no argument all of them are measured. `python -m
tests.bench.servers` compares servers.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.harness.environment import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.engines import Engine

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
    from tests.bench.engines import engines  # noqa: PLC0415 -- after the environment

    asked = set(arguments) or {"--imports", "--pages", "--scale", "--days"}
    shared = shared_data()
    with tempfile.TemporaryDirectory() as name, engines(Path(name)) as found:
        if asked & {"--imports", "--pages"}:
            beside_controls(found, asked, shared, Path(name))
        if "--scale" in asked:
            at_ten_times(found, Path(name))
        if "--days" in asked:
            many_days(found)
        engines_found = {engine.name for engine in found}
    if not shared:
        say("Not run: imports - name the folder of published data in SHARED_DATA.")
    if "PostgreSQL" not in engines_found:
        say("Not run: PostgreSQL - install Debian's postgresql.")


def beside_controls(
    found: "Sequence[Engine]", asked: set[str], shared: Path | None, folder: Path
) -> None:
    """Print imports and pages beside the least that the same work could cost."""
    from tests.bench import imports, pages  # noqa: PLC0415 -- after the environment
    from tests.bench.table import HEAD  # noqa: PLC0415 -- same

    say(HEAD)
    for engine in found:
        if shared and "--imports" in asked:
            for row in imports.measure(engine, shared, folder):
                say(row.text())
        if "--pages" in asked:
            for row in pages.measure(engine, folder):
                say(row.text())


def at_ten_times(found: "Sequence[Engine]", folder: Path) -> None:
    """Print pages and imports at one size and at ten times it."""
    from tests.bench import growth, scale  # noqa: PLC0415 -- after the environment

    say(scale.HEAD)
    for engine in found:
        for row in scale.measure(engine):
            say(row.text())
    say(growth.HEAD)
    for engine in found:
        for row in growth.measure(engine, folder):
            say(row.text())


def many_days(found: "Sequence[Engine]") -> None:
    """Print how days are logged, and their lists at 10,000 and 100,000."""
    from tests.bench import days  # noqa: PLC0415 -- after the environment

    for engine in found:
        if days.is_measured(engine):
            for line in days.logging(engine):
                say(line)
    say(days.HEAD)
    for engine in found:
        for row in days.lists(engine):
            say(row.text())


if __name__ == "__main__":
    main(sys.argv[1:])
