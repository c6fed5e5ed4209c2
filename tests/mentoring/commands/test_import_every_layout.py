"""Every layout the Department has used for results by school, with every marker."""

from pathlib import Path

import pytest

from results.models import Result
from tests import factories
from tests.mentoring.commands.importing import run
from tests.results.imports.layout_files import URNS, layouts

YEARS = [
    *("2010", "2011", "2012", "2013", "2014", "2015", "2016"),
    *("2017", "2018", "2019", "2022", "2023", "2024"),
]


@pytest.fixture
def _register(db: None) -> None:
    for urn in URNS:
        factories.EstablishmentFactory.create(urn=urn)


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize("year", YEARS)
def test_each_years_cells_are_stored_as_the_publisher_means_them(
    year: str, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = layouts(shared_data / "ks4")[year]
    asked = ("--release", "revised") if made.name == "england_ks4_2009-10.csv" else ()
    said = run("import_results", made.write(tmp_path), *asked)
    expected = made.expected()
    counts = f"added {len(expected)}, changed 0, unchanged 0, refused 0"
    assert said.counts == counts, said.out + said.error
    stored = {
        (each.establishment_id, each.measure_id, each.year): (each.value, each.reason)
        for each in Result.objects.all()
    }
    assert stored == expected
    cohorts = dict(
        Result.objects.filter(year=int(year)).values_list("establishment_id", "cohort")
    )
    assert cohorts == {urn: 100 + at for at, urn in enumerate(URNS)}
    again = run("import_results", tmp_path / made.name, *asked)
    assert again.counts.startswith(f"added 0, changed 0, unchanged {len(expected)}")


@pytest.mark.usefixtures("_register")
def test_the_file_of_statistics_without_headlines_says_so(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("import_results", shared_data / "ks4" / "ees_school_2023-24.csv.gz")
    assert said.status == 2
    assert "holds none of the headline figures" in said.error
    assert not Result.objects.exists()


@pytest.mark.usefixtures("_register")
def test_the_statistics_of_groups_of_pupils_are_set_aside(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = layouts(shared_data / "ks4")["2024"]
    path = made.write(tmp_path)
    path.write_text(path.read_text().replace("Total", "Girls", 3))
    said = run("import_results", path)
    # Eighteen schools, three of them given for girls alone, four measures each.
    assert said.counts.startswith("added 60,")
    assert "3 rows of groups of pupils or of areas were set aside." in said.out
