"""Workbooks: cells as people see them, rows as numbered, and what is refused."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from schools.imports import workbook
from schools.imports.opening import open_file
from schools.imports.table_file import FileRefusedError, TableFile

Rows = list[list[Any]]


def made(tmp_path: Path, sheets: dict[str, Rows]) -> TableFile:
    """Return a workbook of `sheets`; a pair is a number with its format."""
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        shape = book.add_format({"num_format": cell[1]})
                        sheet.write(at, column, cell[0], shape)
                    elif isinstance(cell, date):
                        shape = book.add_format({"num_format": "yyyy-mm-dd"})
                        sheet.write_datetime(at, column, cell, shape)
                    elif cell is not None:
                        sheet.write(at, column, cell)
    return open_file(path)


def test_cells_read_as_people_see_them(tmp_path: Path) -> None:
    file = made(
        tmp_path,
        {
            "Results": [
                ["urn", "value", "share", "day", "marker"],
                [100049, 57.3, (0.13, "0%"), date(2017, 9, 1), "SUPP"],
                [100050.0, -0.65, (0.349, "0.00%"), None, " "],
                [100051, 1e-7, (0.5, "0.0"), None, True],
            ]
        },
    )
    assert file.header == ["urn", "value", "share", "day", "marker"]
    assert list(file.rows(["urn", "marker"])) == [
        (2, ["100049", "57.3", "13%", "2017-09-01", "SUPP"]),
        (3, ["100050", "-0.65", "34.9%", "", " "]),
        (4, ["100051", "1e-07", "0.5", "", "TRUE"]),
    ]


def test_rows_keep_the_spreadsheets_own_numbers(tmp_path: Path) -> None:
    file = made(tmp_path, {"S": [[], [], [None, "a", "b"], [], [None, 1, 2]]})
    assert file.header_line == 3
    assert list(file.rows(["a"])) == [(5, ["", "1", "2"])]


def test_the_first_sheet_with_a_table_is_read_and_the_others_named(
    tmp_path: Path,
) -> None:
    file = made(
        tmp_path,
        {"Cover": [["Results of 2017"]], "Data": [["a", "b"]], "More": [["c", "d"]]},
    )
    assert file.header == ["a", "b"]
    assert file.notes == ["Sheet Data was read; not read: More."]


def test_a_percentage_is_found_on_the_sheet_it_stands_on(tmp_path: Path) -> None:
    file = made(
        tmp_path,
        {"Cover": [[(0.5, "0%")]], "Data": [["a", "b"], [0.5, (0.5, '0.0"%"')]]},
    )
    # A per cent sign that is only text is a sign all the same: people see one.
    assert list(file.rows(["a"])) == [(2, ["0.5", "50%"])]


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="empty"):
        made(tmp_path, {"S": []})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
    ],
)
def test_what_is_no_table_is_refused_by_name(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=said):
        open_file(path)


def test_an_archive_says_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2017/england_ks4final.csv", "URN\n")
    with pytest.raises(FileRefusedError, match=r"england_ks4final\.csv"):
        open_file(path)


def test_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_opened", lambda _path: pytest.fail("unpacked"))
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (workbook.SMALL + 1))
    with pytest.raises(FileRefusedError, match="was not unpacked"):
        open_file(path)


def test_a_part_that_hides_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 3_000_000)
    packed = path.read_bytes()
    # Both places of the archive declare a hundred bytes.
    path.write_bytes(packed.replace((3_000_000).to_bytes(4, "little"), b"d\0\0\0"))
    with pytest.raises(FileRefusedError, match="damaged"):
        open_file(path)
