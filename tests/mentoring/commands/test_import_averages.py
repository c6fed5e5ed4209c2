"""The published averages of areas, whole."""

import csv
from pathlib import Path

import pytest

from results.models import AreaFigure
from schools.models import LocalAuthority
from tests.mentoring.commands.importing import run


def test_the_published_averages_are_taken_in_once(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.chdir(tmp_path)
    path = shared_data / "national" / "la_averages.csv"
    with path.open(encoding="ascii", newline="") as file:
        published = [row for row in csv.DictReader(file) if row["exam_year"] >= "2010"]
    for code, name in {
        (row["la_code"], row["name"]) for row in published if row["la_code"]
    }:
        LocalAuthority.objects.get_or_create(
            code=code, defaults={"name": name, "region": "London"}
        )
    expected = {
        (row["la_code"], int(row["exam_year"]), code): float(row[column])
        for row in published
        if row["la_code"]
        for column, code in (("pct_5ac", "5AC"), ("pct_5acem", "5ACEM"))
        if row[column].replace(".", "").isdigit()
    }
    said = run("import_averages", path)
    stored = {
        (each.authority_id, each.year, each.measure_id): each.value
        for each in AreaFigure.objects.filter(authority__isnull=False)
    }
    assert stored == expected
    # London is the only region here; it has both measures in 2013.
    regions = AreaFigure.objects.filter(authority__isnull=True)
    assert sorted(regions.values_list("region", "year", "value")) == [
        ("London", 2013, 65.1),
        ("London", 2013, 84.4),
    ]
    again = run("import_averages", path)
    assert said.counts.startswith(f"added {len(expected) + 2}, changed 0")
    assert again.counts.startswith("added 0, changed 0")
