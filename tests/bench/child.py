"""One measured piece of work, in a process of its own: `child.py TASK FILE ROWS`.

Prints one line of JSON: seconds (from opening the file to after the commit), rows, and
peak memory of the process in MB. DATABASE_URL names its own copy of a database.
"""

import csv
import json
import pickle
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402 -- after the setup
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from results.imports.apply_results import apply_results, measure_rules  # noqa: E402
from results.imports.read_results import Asked, read_results  # noqa: E402
from schools.imports.apply_register import apply_register  # noqa: E402
from schools.imports.csv_file import CsvFile  # noqa: E402
from schools.imports.register import read_register  # noqa: E402

TABLES = {
    "schools": ["schools.LocalAuthority", "schools.School", "schools.Establishment"],
    "results": ["schools.ImportRun", "results.Result"],
}
TODAY = date(2018, 11, 1)


def silent(done: int, total: int) -> None:
    """Take no notice of progress."""


def schools(path: Path, ready: Path) -> None:
    """Import the register as the command does."""
    file = CsvFile(path)
    register = read_register(file)
    with transaction.atomic():
        apply_register(
            file, register, in_programme=set(), at=timezone.now(), progress=silent
        )


def results(path: Path, ready: Path) -> None:
    """Import results as the command does, without the summaries that follow."""
    file = CsvFile(path)
    rules, years = measure_rules()
    figures = read_results(file, rules, years, Asked(None, None, TODAY))
    with transaction.atomic():
        apply_results(file, figures, progress=silent)


def parse(path: Path) -> None:
    """Read every cell of a file and keep none."""
    with path.open(encoding="cp1252", newline="") as file:
        for _ in csv.reader(file):
            pass


def control_new(path: Path, ready: Path) -> None:
    """Parse, then make the same rows by Django's bulk_create."""
    parse(path)
    with transaction.atomic():
        for label, names, rows in READY:
            model = apps.get_model(label)
            model.objects.bulk_create(
                [model(**dict(zip(names, row, strict=True))) for row in rows],
                batch_size=1000,
            )


def control_again(path: Path, ready: Path) -> None:
    """Parse, then fetch the same rows by values_list."""
    parse(path)
    for label, names, _ in READY:
        list(apps.get_model(label).objects.values_list(*names))


def dump(path: Path, ready: Path) -> None:
    """Keep the rows of a filled database for the controls."""
    kept = []
    for label in TABLES[path.name]:
        model = apps.get_model(label)
        names = [field.attname for field in model._meta.concrete_fields]
        rows = model.objects.all()
        if label == "schools.ImportRun":
            rows = rows.filter(kind=path.name)
        kept.append((label, names, list(rows.values_list(*names))))
    ready.write_bytes(pickle.dumps(kept))


TASKS: dict[str, Callable[[Path, Path], None]] = {
    "schools": schools,
    "results": results,
    "control_new": control_new,
    "control_again": control_again,
    "dump": dump,
}
READY: list[tuple[str, list[str], list[Any]]] = []


def peak_mb() -> float:
    """Return the most memory this process has held, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(task: str, path: Path, ready: Path) -> None:
    """Run one task and print what it cost."""
    if task.startswith("control"):
        READY.extend(pickle.loads(ready.read_bytes()))  # noqa: S301 -- our own rows
    start = time.perf_counter()
    TASKS[task](path, ready)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
