"""An import that is killed leaves the database as it was."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from tests.fixtures import REGISTER, TIDY_HEADER, written

MOMENTS = (0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)
MEASURES = ("5AC", "5ACEM", "5AC_GCSE_only", "ACEM")
FIGURES = 24 * 19 * 4 * 2 * 3  # schools, years, measures, populations, releases


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a database of its own, with 24 schools in it."""
    found = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    for command in (["migrate", "-v0"], ["import_schools", str(REGISTER)]):
        subprocess.run(
            arguments(*command), env=found, cwd=tmp_path, check=True, timeout=120
        )
    return found


def arguments(*command: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]


def rows_of_everything(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, read as another process sees them."""
    connection = sqlite3.connect(folder / "db.sqlite3")
    try:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        ]
        return {
            table: connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 -- names of tables
            for table in tables
        }
    finally:
        connection.close()


def many_results(folder: Path) -> Path:
    """Write some ten thousand figures of the excerpt's schools."""
    urns = [
        line.partition(",")[0]
        for line in REGISTER.read_text(encoding="cp1252").splitlines()[1:]
    ]
    rows = [
        f"{urn},{year},{measure},{population},{release},50,,"
        for urn, year, measure, population, release in product(
            urns,
            range(1996, 2015),
            MEASURES,
            ("end of KS4", "15-year-olds"),
            ("provisional", "revised", "final"),
        )
    ]
    return written(folder / "many.csv", TIDY_HEADER, rows)


def test_an_import_killed_at_any_moment_leaves_the_database_as_it_was(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    path = many_results(tmp_path)
    before = rows_of_everything(tmp_path)
    command = arguments("import_results", str(path), "--dry-run")
    started = time.monotonic()
    subprocess.run(command, env=environment, cwd=tmp_path, check=True, timeout=120)
    whole = time.monotonic() - started
    assert rows_of_everything(tmp_path) == before
    killed = 0
    for moment in MOMENTS:
        process = subprocess.Popen(command[:-1], env=environment, cwd=tmp_path)
        time.sleep(whole * moment)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=120)
        now = rows_of_everything(tmp_path)
        if len(now["results_result"]) == FIGURES:
            break  # it had committed before we struck
        killed += 1
        assert now == before
    assert killed >= 3
    subprocess.run(command[:-1], env=environment, cwd=tmp_path, check=True, timeout=120)
    after = rows_of_everything(tmp_path)
    assert len(after["results_result"]) == FIGURES
