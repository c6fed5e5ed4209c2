"""The published trusts, whole, counted independently."""

import csv
import gzip
from pathlib import Path

import pytest

from schools.models import Establishment, Trust, TrustMembership
from tests.mentoring.commands.importing import run


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_published_trusts_are_taken_in_once(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.chdir(tmp_path)
    gias = shared_data / "gias"
    run("import_schools", gias / "edubasealldata_secondary_2018.csv.gz")
    files = gias / "groups_2022.csv.gz", gias / "group_links_2022.csv.gz"
    said = run("import_trusts", *files)
    assert "1 trust closes before it opens, as the file has it" in said.out
    assert Trust.objects.count() == len(rows(files[0]))
    # Without links every URN is a school of its own.
    urns = set(Establishment.objects.values_list("urn", flat=True))
    listed = {
        (int(row["URN"]), int(row["Group UID"]), row["Joined date"])
        for row in rows(files[1])
        if int(row["URN"]) in urns
    }
    stored = {
        (urn, uid, day.isoformat() if day else "1900-01-01")
        for urn, uid, day in TrustMembership.objects.values_list(
            "school__urn", "trust__uid", "started"
        )
    }
    assert stored == listed
    assert len(stored) == 3_042
    again = run("import_trusts", *files)
    assert "added 0, changed 0, unchanged 3042" in again.out
