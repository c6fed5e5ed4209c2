"""What an import would do, told line by line."""

from pathlib import Path

import pytest
from django.db import connection

from mentoring.imports.description import lines
from results.models import Result, ResultChange
from schools.models import Establishment, ImportRun
from tests.fixtures import REGISTER, TIDY_HEADER, written
from tests.mentoring.commands.importing import run

YEARS = range(1996, 2015)


def corrected(folder: Path, schools: int) -> ImportRun:
    """Take in 38 figures for each of so many schools, then correct all but one."""
    urns = list(Establishment.objects.order_by("urn").values_list("urn", flat=True))
    for name, value in (("first.csv", "50"), ("second.csv", "51")):
        rows = [
            f"{urn},{year},{measure},end of KS4,final,{value},,"
            for urn in urns[:schools]
            for year in YEARS
            for measure in ("5AC", "5ACEM")
        ]
        rows = rows[1:] if value == "50" else rows
        run("import_results", written(folder / name, TIDY_HEADER, rows))
    return ImportRun.objects.latest("pk")


def steps(of: ImportRun) -> tuple[list[str], int]:
    """Return the effects of an import's lines, and SQLite's steps in thousands."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(count, 1000)
    try:
        effects = [line.effect for line in lines(of)]
    finally:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
    return effects, taken


@pytest.mark.django_db
def test_twice_the_changes_take_no_more_than_about_twice_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each was once looked for among all: 200,000 had no end after three minutes."""
    monkeypatch.chdir(tmp_path)
    run("import_schools", REGISTER)
    found = []
    for schools in (10, 20):
        ResultChange.objects.all().delete()
        Result.objects.all().delete()
        effects, taken = steps(corrected(tmp_path, schools))
        figures = schools * len(YEARS) * 2
        assert effects == ["added"] + ["changed"] * (figures - 1)
        found.append(taken)
    assert found[1] <= found[0] * 2.6
