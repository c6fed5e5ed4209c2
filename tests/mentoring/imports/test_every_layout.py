"""Every layout of results by browser, with every marker: shown, applied, undone."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.urls import reverse

from results.imports.layouts import TIDY_COLUMNS
from results.models import Result
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.commands.importing import run
from tests.mentoring.commands.test_import_every_layout import YEARS
from tests.mentoring.imports.sending import Desk
from tests.mentoring.imports.test_published_files import counts, counts_of
from tests.results.imports.layout_files import (
    CELLS,
    REASONS,
    URNS,
    layouts,
)

Stored = dict[tuple[int, str, int], tuple[float | None, str]]


@pytest.fixture
def desk(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for urn in URNS:
        factories.EstablishmentFactory.create(urn=urn)
    return Desk.of(scene)


def stored() -> Stored:
    """Return value and reason by URN, measure and year of the made-up schools."""
    return {
        (each.establishment_id, each.measure_id, each.year): (each.value, each.reason)
        for each in Result.objects.filter(establishment_id__in=URNS)
    }


@pytest.mark.parametrize("year", YEARS)
def test_each_years_cells_are_stored_as_the_publisher_means_them(
    year: str, desk: Desk, shared_data: Path, tmp_path: Path
) -> None:
    made = layouts(shared_data / "ks4")[year]
    wanted = made.expected()
    upload = desk.send(made.write(tmp_path))
    assert upload.state == "ready", upload.sentence
    in_words = f"added {len(wanted)}, changed 0, unchanged 0, refused 0"
    assert counts(upload) == in_words
    assert stored() == {}
    assert f"{len(wanted)} figures would be added" in desk.page(upload)
    done = desk.confirm(upload).runs.get()
    assert counts_of(done) == in_words
    assert stored() == wanted
    again = desk.send(tmp_path / made.name)
    assert counts(again) == f"added 0, changed 0, unchanged {len(wanted)}, refused 0"
    undo = reverse("import_undo", kwargs={"pk": done.pk})
    assert desk.client.post(undo, {"why": "Another year"}).status_code == 302
    assert stored() == {}


def tidy_workbook(path: Path) -> Stored:
    """Write the tidy layout as a workbook with every marker; return what it means.

    Numbers are numbers to the workbook, not text, as a spreadsheet saves them.
    """
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, TIDY_COLUMNS)
    found: Stored = {}
    for line, (urn, cell) in enumerate(zip(URNS, CELLS, strict=True), start=1):
        row: list[Any] = [urn, 2018, "95EM", "end of KS4", "final"]
        sheet.write_row(line, 0, row)
        if cell in REASONS or cell == "x":
            sheet.write_string(line, 5, cell)
            found[urn, "95EM", 2018] = (None, REASONS.get(cell, "suppressed"))
        else:
            value = float(cell.rstrip("%"))
            sheet.write_number(line, 5, value)
            found[urn, "95EM", 2018] = (value, "")
    book.close()
    return found


def test_the_tidy_layout_as_a_workbook_with_every_marker(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "tidy.xlsx"
    wanted = tidy_workbook(path)
    in_words = f"added {len(wanted)}, changed 0, unchanged 0, refused 0"
    assert run("import_results", path, "--dry-run").counts == in_words
    upload = desk.send(path)
    assert counts(upload) == in_words
    assert counts_of(desk.confirm(upload).runs.get()) == in_words
    assert stored() == wanted


def test_a_refused_cell_of_a_workbook_is_named_by_the_sheets_own_row(
    desk: Desk, tmp_path: Path
) -> None:
    """Two empty rows above and a wide gap between do not shift what is said."""
    path = tmp_path / "tidy.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(2, 0, TIDY_COLUMNS)
    for at, value in ((3, 41), (9, 101), (10, 62)):
        sheet.write_row(at, 0, [URNS[at], 2018, "95EM", "end of KS4", "final", value])
    book.close()
    upload = desk.send(path)
    assert counts(upload) == "added 2, changed 0, unchanged 0, refused 1"
    (refused,) = upload.preview["parts"][0]["refusals"]
    assert (refused["row"], refused["column"], refused["value"]) == (10, "value", "101")
    assert "<mark>101</mark>" in desk.page(upload)
