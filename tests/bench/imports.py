"""Imports beside parsing the same file and Django's own way with the same rows."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.engines import Engine
from tests.bench.table import Row

REGISTER = "gias/edubasealldata_secondary_2018.csv.gz"
RESULTS = "ks4/england_ks4final_2017-18.csv.gz"
ROUNDS = 5
AT_MOST_NEW = 1.5
AT_MOST_AGAIN = 3.0


def unpacked(shared: Path, name: str, folder: Path) -> Path:
    """Return the path of a published file, unpacked into `folder`."""
    target = folder / Path(name).name.removesuffix(".gz")
    with gzip.open(shared / name) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
    return target


def child(url: str, *arguments: str | Path) -> dict[str, Any]:
    """Run one task in a process of its own and return what it printed."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.bench.child", *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(finished.stdout or "{}"))


def manage(url: str, *arguments: str | Path) -> None:
    """Run a management command on a database."""
    subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
    )


def in_turns(
    engine: Engine, template: str, ours: list[str], control: list[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Run both in turns, each on a fresh copy of `template`; return what they cost."""
    costs: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for turn in range(1 + ROUNDS):
        for arguments, kept in zip((ours, control), costs, strict=True):
            url = engine.copy(template)
            cost = child(url, *arguments)
            if turn:  # the first warms the disk
                kept.append(cost)
            engine.drop(url)
    return costs


def rows_in(path: Path) -> int:
    """Return how many rows a file has below its header."""
    with path.open("rb") as file:
        return sum(1 for _ in file) - 1


def measure(engine: Engine, shared: Path, folder: Path) -> Iterator[Row]:
    """Measure both imports, first into an empty table and then again unchanged."""
    empty = engine.new()
    manage(empty, "migrate", "-v0")
    for kind, name in (("schools", REGISTER), ("results", RESULTS)):
        path = unpacked(shared, name, folder)
        full = engine.copy(empty)
        child(full, kind, path, "-")
        ready = folder / f"{kind}.{engine.name}"
        child(full, "dump", kind, ready)
        for what, template, control, at_most in (
            ("new", empty, "control_new", AT_MOST_NEW),
            ("again, unchanged", full, "control_again", AT_MOST_AGAIN),
        ):
            ours, theirs = in_turns(
                engine,
                template,
                [kind, str(path), "-"],
                [control, str(path), str(ready)],
            )
            seconds = [each["seconds"] for each in ours]
            peak = max(each["peak_mb"] for each in ours)
            rate = rows_in(path) / median(seconds)
            yield Row(
                f"import of {kind}, {what}",
                engine.name,
                seconds,
                [each["seconds"] for each in theirs],
                at_most,
                f"{rate:,.0f} rows a second, peak {peak:.0f} MB (at most 200)",
            )
        empty = full if kind == "schools" else empty
