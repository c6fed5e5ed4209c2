"""An import that is killed, in the shell or in the worker, is all or nothing."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from tests.fixtures import REGISTER, TIDY_HEADER, written
from tests.mentoring.commands.own_database import OwnDatabase, Rows, own_database

pytestmark = pytest.mark.django_db
"""They use no database of the tests, but run on each engine as those that do."""

TIMES = 20
YEARS = range(1996, 2015)
MEASURES = ("5AC", "5ACEM")
FIGURES = 24 * len(YEARS) * 2 * 3  # schools, years, measures, releases
# What may differ once a worker was killed: how far it had got, and that it was at it.
WORK = {
    *("schools_upload", "schools_uploadfile", "django_tasks_database_dbtaskresult"),
    "mentoring_worker",
}


@dataclass(slots=True)
class Stage:
    """A prepared process, and its database."""

    process: "subprocess.Popen[str]"
    database: OwnDatabase

    def start(self, *arguments: str) -> int:
        """Begin something in a child; return its number."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        return int(self.answer())

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def perform(self, *arguments: str) -> float:
        """Do something to its end; return the seconds it took."""
        began = time.monotonic()
        self.start(*arguments)
        assert int(self.answer()) == 0, arguments
        return time.monotonic() - began

    def fall(self, *arguments: str) -> None:
        """Do something that kills itself on the way."""
        self.start(*arguments)
        assert int(self.answer()) == -signal.SIGKILL, arguments

    def strike(self, seconds: float, *arguments: str) -> None:
        """Begin something, and kill it after so many seconds if it still runs."""
        child = self.start(*arguments)
        assert self.process.stdout is not None
        ended, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not ended:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert int(self.answer()) in {0, -signal.SIGKILL}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Return a stage with a database of its own, with 24 schools in it."""
    folder = tmp_path_factory.mktemp("stage")
    with own_database(folder) as database:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.mentoring.commands.stage"],
            env={
                **os.environ,
                "DATABASE_URL": database.url,
                "DJANGO_SETTINGS_MODULE": "mentoring.settings",
                "PYTHONPATH": str(settings.BASE_DIR),
            },
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        found = Stage(process, database)
        found.perform("migrate", "-v0")
        found.perform("import_schools", str(REGISTER))
        database.keep("first")
        yield found
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()
        process.wait(timeout=20)


@pytest.fixture
def stage(prepared: Stage) -> Stage:
    """Return the stage with nothing but the schools in its database."""
    prepared.database.put_back("first")
    return prepared


def many_results(folder: Path) -> Path:
    """Write some thousands of figures of the excerpt's schools."""
    urns = [
        line.partition(",")[0]
        for line in REGISTER.read_text(encoding="cp1252").splitlines()[1:]
    ]
    rows = [
        f"{urn},{year},{measure},end of KS4,{release},50,,"
        for urn, year, measure, release in product(
            urns, YEARS, MEASURES, ("provisional", "revised", "final")
        )
    ]
    return written(folder / "many.csv", TIDY_HEADER, rows)


def moments(whole: float, seed: int) -> list[float]:
    """Return random moments, one in each twentieth of a little more than `whole`."""
    draw = random.Random(seed)  # noqa: S311 -- moments, not secrets
    return [whole * 1.05 * (at + draw.random()) / TIMES for at in range(TIMES)]


def without(rows: Rows, *tables: str) -> Rows:
    return {name: found for name, found in rows.items() if name not in tables}


def test_a_command_killed_at_any_moment_is_all_or_nothing(
    tmp_path: Path, stage: Stage
) -> None:
    command = ("import_results", str(many_results(tmp_path)))
    stage.database.keep()
    before = stage.database.rows()
    whole = stage.perform(*command, "--dry-run")
    assert stage.database.rows() == before
    whole = max(whole, stage.perform(*command))
    stage.database.put_back()
    nothing = 0
    for moment in moments(whole, seed=1):
        stage.strike(moment, *command)
        now = stage.database.rows()
        if now["results_result"]:
            assert len(now["results_result"]) == FIGURES
            assert len(now["schools_importrun"]) == 2
            assert now["mentoring_impactsummary"]
            stage.database.put_back()
        else:
            nothing += 1
            assert now == before
    # Enough were struck before the end; how many hangs on what else the machine does.
    assert nothing >= TIMES // 5
    stage.perform(*command)
    assert len(stage.database.rows()["results_result"]) == FIGURES


def test_a_worker_killed_at_any_moment_is_all_or_nothing(
    tmp_path: Path, stage: Stage
) -> None:
    worker = ("worker", "--batch", "--no-startup-delay", "-v0")
    stage.perform("send", str(many_results(tmp_path)))
    stage.perform(*worker)
    stage.perform("confirm")
    stage.database.keep()
    before = without(stage.database.rows(), *WORK, "mentoring_event", "sqlite_sequence")
    whole = stage.perform(*worker)
    assert len(stage.database.rows()["results_result"]) == FIGURES
    stage.database.put_back()
    nothing = 0
    for moment in moments(whole, seed=2):
        stage.strike(moment, *worker)
        now = stage.database.rows()
        if now["results_result"]:
            assert len(now["results_result"]) == FIGURES
            assert len(now["schools_importrun"]) == 2
            stage.database.put_back()
            continue
        nothing += 1
        assert without(now, *WORK, "mentoring_event", "sqlite_sequence") == before
        # Somebody starts it again; the next worker takes it up.
        stage.perform("restart")
    # Enough were struck before the end; how many hangs on what else the machine does.
    assert nothing >= TIMES // 5
    stage.perform("restart")
    stage.perform(*worker)
    after = stage.database.rows()
    assert len(after["results_result"]) == FIGURES
    assert len(after["schools_importrun"]) == 2


GROUPS = len(YEARS) * len(MEASURES) * 3
SPOTS = (*map(str, (0, 1, GROUPS // 2, GROUPS - 1)), "commit", "committed")
"""So many groups of figures written of GROUPS; just before the commit; just after."""


@pytest.mark.parametrize("way", ["shell", "worker"])
def test_killed_in_the_transaction_nothing_is_there_after_it_everything(
    way: str, tmp_path: Path, stage: Stage
) -> None:
    """At spots of the transaction itself, whatever the clock says."""
    path = str(many_results(tmp_path))
    command: tuple[str, ...] = ("import_results", path)
    if way == "worker":
        command = ("worker", "--batch", "--no-startup-delay", "-v0")
        stage.perform("send", path)
        stage.perform(*command)
        stage.perform("confirm")
    stage.database.keep()
    for spot in SPOTS:
        stage.fall("fall", spot, *command)
        now = stage.database.rows()
        if spot == "committed":
            assert len(now["results_result"]) == FIGURES, spot
            assert len(now["schools_importrun"]) == 2, spot
        else:
            assert not now["results_result"], spot
            assert len(now["schools_importrun"]) == 1, spot
            stage.perform("restart")
            stage.perform(*command)
            assert len(stage.database.rows()["results_result"]) == FIGURES, spot
        stage.database.put_back()
