"""The register of a whole country: fifty thousand lines, of all phases."""

import csv
from collections import Counter
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schools.models import Establishment, Role, School, User
from tests.fixtures import REGISTER
from tests.harness.signing_in import sign_in
from tests.mentoring.commands.importing import run

ROWS = 50_000
SECONDS = 120
"""Far above what it takes, and far below what one statement a row would."""
STATEMENTS = 400
PHASES = (
    *("Primary",) * 11,
    *("Secondary",) * 3,
    *("Nursery", "All-through", "16 plus", "Not applicable"),
    *("Middle deemed primary", "Middle deemed secondary"),
)
"""About as the country has them."""


@pytest.fixture
def country(tmp_path: Path) -> Path:
    """Write a register of `ROWS` lines, each of its own URN, name and phase."""
    with REGISTER.open(encoding="cp1252", newline="") as file:
        header, *lines = csv.reader(file)
    urn, name, phase, status = (
        header.index(each)
        for each in (
            *("URN", "EstablishmentName", "PhaseOfEducation (name)"),
            "EstablishmentStatus (name)",
        )
    )
    path = tmp_path / "edubasealldata.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        phases = cycle(PHASES)
        for place, line in enumerate(islice(cycle(lines), ROWS)):
            row = list(line)
            row[urn], row[name] = str(200_001 + place), f"{line[name]} {place}"
            row[phase], row[status] = next(phases), "Closed" if place % 2 else "Open"
            writer.writerow(row)
    return path


@pytest.fixture
def officer(client: Client, db: None) -> Client:
    user = User.objects.create_user(email="officer@example.org", name="Officer")
    Role.objects.create(user=user, kind="staff", started=date(2000, 1, 1))
    sign_in(client, user)
    return client


def total(client: Client, query: str) -> int:
    answer = client.get(f"/schools/?{query}")
    assert answer.status_code == 200
    found: int = answer.context["total"]
    return found


def test_all_phases_are_taken_in_and_the_list_narrows_to_any(
    officer: Client, country: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(country.parent)
    began = process_time()
    with CaptureQueriesContext(connection) as statements:
        said = run("import_schools", country)
    assert said.counts == f"added {ROWS}, changed 0, unchanged 0, refused 0"
    assert process_time() - began < SECONDS
    assert len(statements) < STATEMENTS
    assert Establishment.objects.count() == School.objects.count() == ROWS
    wanted = Counter(islice(cycle(PHASES), ROWS))
    for phase, many in wanted.items():
        query = f"status=all&phase={phase.replace(' ', '+')}"
        assert total(officer, query) == many, phase
    assert total(officer, "") == ROWS // 2
    assert total(officer, "q=200017") == 1
    again = run("import_schools", country)
    assert again.counts == f"added 0, changed 0, unchanged {ROWS}, refused 0"
