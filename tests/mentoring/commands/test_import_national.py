"""Importing national figures."""

import gzip
from pathlib import Path

import pytest

from results.models import NationalFigure
from schools.models import ImportRun
from tests.fixtures import written
from tests.mentoring.commands.importing import run

HEADER = "year,measure,value,population,coverage,release,basis,source,confidence,note"
NEW = "2031,95EM,{},end of KS4,all schools,final,published,A source,high,"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_figure_is_added_and_the_same_again_is_not(tmp_path: Path) -> None:
    path = written(tmp_path / "n.csv", HEADER, [NEW.format("50.5")])
    said = run("import_national", path)
    assert said.counts == "added 1, changed 0, unchanged 0, refused 0"
    assert NationalFigure.objects.get(year=2031).value == 50.5
    said = run("import_national", path)
    assert said.counts == "added 0, changed 0, unchanged 1, refused 0"
    assert ImportRun.objects.filter(kind="national").count() == 2


def test_a_changed_figure_is_reported_old_and_new(tmp_path: Path) -> None:
    run("import_national", written(tmp_path / "n.csv", HEADER, [NEW.format("50.5")]))
    said = run(
        "import_national", written(tmp_path / "n.csv", HEADER, [NEW.format("51")])
    )
    assert said.counts == "added 0, changed 1, unchanged 0, refused 0"
    assert "value 50.5 -> 51.0" in said.out
    assert NationalFigure.objects.get(year=2031).value == 51


def test_the_shipped_file_is_what_is_held() -> None:
    shipped = Path("results/data/national.csv")
    root = Path(__file__).resolve().parents[3]
    said = run("import_national", root / shipped)
    assert said.counts.startswith("added 0, changed 0, ")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (NEW.format("many"), "value: 'many' is not a number"),
        (NEW.format("1").replace("95EM", "XY"), "measures XY are not known"),
        (None, "0 rows"),
    ],
)
def test_a_wrong_file_is_not_used(tmp_path: Path, row: str | None, said: str) -> None:
    path = written(tmp_path / "n.csv", HEADER, [row] if row else [])
    refused = run("import_national", path)
    assert refused.status == 2
    assert said in refused.error
    assert not ImportRun.objects.exists()


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "n.csv", HEADER, [NEW.format("50.5")])
    assert run("import_national", path, "--dry-run").counts.startswith("added 1")
    assert not NationalFigure.objects.filter(year=2031).exists()


def test_the_file_given_holds_what_ships(shared_data: Path) -> None:
    """It has one word for release and basis; the shipped file was made by hand."""
    said = run("import_national", shared_data / "national" / "national_averages.csv")
    assert said.counts == "added 0, changed 0, unchanged 115, refused 0"


@pytest.mark.parametrize(
    ("status", "note", "kept"),
    [
        ("final", "", (3, "published")),
        ("provisional", "not derived by anybody", (1, "published")),
        ("final", "derived by subtraction", (3, "derived")),
        ("shadow", "derived by subtraction", (2, "shadow")),
    ],
)
def test_a_status_is_taken_for_release_and_basis(
    status: str, note: str, kept: tuple[int, str], tmp_path: Path
) -> None:
    header = "year,measure,value,population,coverage,status,source,confidence,note"
    row = f"2031,95EM,50.5,end of KS4,all schools,{status},A source,high,{note}"
    said = run("import_national", written(tmp_path / "n.csv", header, [row]))
    assert said.counts == "added 1, changed 0, unchanged 0, refused 0"
    held = NationalFigure.objects.get(year=2031)
    assert (held.release, held.basis) == kept


def test_a_row_too_short_and_a_column_too_few_are_told(tmp_path: Path) -> None:
    short = run("import_national", written(tmp_path / "n.csv", HEADER, ["2031,95EM"]))
    assert "n.csv, row 2: the row has 2 cells, the header 10" in short.error
    few = run("import_national", written(tmp_path / "n.csv", HEADER[5:], ["95EM"]))
    assert "The columns year are missing." in few.error


def test_it_may_be_packed_and_marked(tmp_path: Path) -> None:
    plain = f"\ufeff{HEADER}\r\n{NEW.format('50.5')}\r\n"
    path = tmp_path / "n.csv.gz"
    path.write_bytes(gzip.compress(plain.encode()))
    assert run("import_national", path).counts.startswith("added 1,")
