"""What `peer.toml` asks for: `python -m tests.bench.peer TASK [FOLDER]`.

Imports print one line of JSON: seconds (from opening the file to after the commit),
rows and peak memory in MB, as the peer's own commands do. FOLDER holds the invented
national data. DATABASE_URL names the database.
"""

# ruff: noqa: E402 -- models are there once Django is set up

import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import django

django.setup()

from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
)
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from mentoring.actions.recompute import recompute
from mentoring.imports.taking import (
    Order,
    Reader,
    read_register_file,
    read_results_file,
)
from mentoring.models import Membership, Programme
from results.imports.layouts import TIDY_COLUMNS
from schools.imports.opening import open_file
from schools.imports.outcome import silent
from schools.models import Role, School, User
from tests.bench.child import peak_mb
from tests.harness.signing_in import sign_in

TODAY = date(2006, 11, 20)
LAST_YEAR = 2006
SCHOOL_RECORD = "1"
REGISTER_TABLES = (
    "schools.Establishment",
    "schools.School",
    "schools.ImportChange",
    "schools.ImportRun",
    "schools.LocalAuthority",
)


def take_in(path: Path, read: Reader) -> dict[str, float]:
    """Import a file as the commands do, without the figures that follow from it."""
    start = time.perf_counter()
    work = read(open_file(path), Order(TODAY))
    with transaction.atomic():
        (taken,) = work(silent)
    seconds = time.perf_counter() - start
    outcome = taken.outcome
    if outcome.refused:
        raise SystemExit(f"{outcome.refused} rows were refused: {outcome.refusals[0]}")
    rows = outcome.added + outcome.changed + outcome.unchanged
    return {"seconds": seconds, "rows": rows, "rss_mb": peak_mb()}


def results_rows(folder: Path, years: Iterable[int]) -> Iterator[list[str]]:
    """Yield the figures of the peer's results files in our own layout."""
    for year in years:
        path = folder / f"ks4_{year}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["RECTYPE"] != SCHOOL_RECORD:
                    continue
                for measure, column in (("5AC", "PTAC5"), ("5ACEM", "PTAC5EM")):
                    head = [row["URN"], str(year), measure, "end of KS4", "final"]
                    yield [*head, row[column], "", row["TPUP"]]


def results(folder: Path, years: Iterable[int]) -> dict[str, float]:
    """Import results of `years`, written in our own layout first."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "results.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(TIDY_COLUMNS)
            writer.writerows(results_rows(folder, years))
        return take_in(path, read_results_file)


def empty(labels: Iterable[str]) -> None:
    """Remove all rows of tables."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for label in labels:
            table = quote(apps.get_model(label)._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of our own models


def clear_results(folder: Path) -> None:
    """Remove results; let there be schools for them."""
    empty(["results.Result"])
    if not School.objects.exists():
        take_in(folder / "gias.csv", read_register_file)


def load(folder: Path) -> None:
    """Fill the database for the pages: six years of results, mentees and figures."""
    clear_results(folder)
    results(folder, range(2001, LAST_YEAR + 1))
    programme = Programme.the()
    programme.headline_measure_id = "5AC"
    programme.save()
    schools = dict(School.objects.values_list("urn", "pk"))
    with (folder / "pairing.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    first: dict[tuple[str, str], date] = {}
    for pair in pairs:
        for role in ("mentee", "mentor"):
            key, day = (pair[role], role), date.fromisoformat(pair["start"])
            first[key] = min(day, first.get(key, day))
    Membership.objects.bulk_create(
        Membership(
            school_id=schools[int(urn)],
            role=role,
            state="active",
            since=day,
            joined=day,
        )
        for (urn, role), day in first.items()
    )
    recompute(on=TODAY)


def cookie() -> None:
    """Print the session of programme staff, who need a second factor."""
    user = User.objects.create_user(email="bench@example.org", name="Bench")
    Role.objects.create(user=user, kind=Role.Kind.STAFF, started=date(2000, 1, 1))
    client = Client()
    TOTP.activate(user, generate_totp_secret())
    sign_in(client, user)
    name = settings.SESSION_COOKIE_NAME
    print(f"{name}={client.cookies[name].value}")


def main(task: str, folder: Path) -> None:
    """Run one task."""
    if task == "clear-schools":
        empty(["results.Result", *REGISTER_TABLES])
    elif task == "schools":
        print(json.dumps(take_in(folder / "gias.csv", read_register_file)))
    elif task == "clear-results":
        clear_results(folder)
    elif task == "results":
        print(json.dumps(results(folder, [LAST_YEAR])))
    elif task == "load":
        load(folder)
    elif task == "cookie":
        cookie()


if __name__ == "__main__":
    main(sys.argv[1], Path(*sys.argv[2:3]))
