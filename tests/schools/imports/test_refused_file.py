"""The file of refused rows can be mended and read again."""

from pathlib import Path

from schools.imports.csv_file import CsvFile
from schools.imports.refused_file import harmless, write_refused


def refused(path: Path, folder: Path) -> CsvFile:
    file = CsvFile(path)
    list(file.rows(["a", "b"]))
    return CsvFile(write_refused(file, file.refused, folder))


def test_it_holds_the_rows_as_they_were_and_why(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("a,b\n1,2\n3\n4,5,6\n", encoding="utf-8")
    again = refused(path, tmp_path)
    assert again.name == "file-refused.csv"
    assert again.header == [
        *("a", "b", ""),
        *("refused_row", "refused_column", "refused_reason"),
    ]
    rows = [cells[:5] for _, cells in again.records()][1:]
    assert rows == [["3", "", "", "3", "b"], ["4", "5", "6", "4", ""]]


def test_a_refused_file_that_is_refused_again_grows_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("a,b\n1,2,3\n", encoding="utf-8")
    first = refused(path, tmp_path)
    assert list(first.rows(["a"])) == []
    second = CsvFile(write_refused(first, first.refused, tmp_path))
    assert second.header == first.header
    assert [cells[:3] for _, cells in second.records()][1:] == [["1", "2", "3"]]


def test_no_spreadsheet_runs_what_it_holds() -> None:
    assert harmless("=1+1") == "'=1+1"
    assert harmless("@SUM(1)") == "'@SUM(1)"
    assert harmless("-0.65") == "-0.65"
    assert harmless("-5%") == "-5%"
    assert harmless("a\0b") == "a\ufffdb"
