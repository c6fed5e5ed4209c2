"""Files that are no tables, rows that are no rows, and the lines they stand on."""

import gzip
from pathlib import Path

import pytest

from schools.imports import csv_file
from schools.imports.csv_file import CsvFile
from schools.imports.table_file import FileRefusedError


def made(tmp_path: Path, content: bytes, name: str = "file.csv") -> CsvFile:
    path = tmp_path / name
    path.write_bytes(content)
    return CsvFile(path)


def rows(file: CsvFile, *needed: str) -> list[tuple[int, list[str]]]:
    return list(file.rows(needed or ["a"]))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("a,b\nà,2\n".encode(), "utf-8"),
        ("a,b\nà,2\n".encode("utf-8-sig"), "utf-8-sig"),
        ("a,b\nà,2\n".encode("utf-16"), "utf-16"),
        ("a,b\nà,2\n".encode("cp1252"), "cp1252"),
        (gzip.compress("a,b\nà,2\n".encode("cp1252"), mtime=0), "cp1252"),
    ],
)
def test_every_encoding_reads_alike(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    file = made(tmp_path, content)
    assert file.encoding == encoding
    assert file.header == ["a", "b"]
    assert rows(file) == [(2, ["à", "2"])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a\0,\0b\0\n\0", "UTF-16 without its mark"),
        (b"\x1f\x8bnot gzip", "gzip"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:-6], "gzip"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(FileRefusedError, match=said):
        made(tmp_path, content)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match=r"no\.csv"):
        CsvFile(tmp_path / "no.csv")


def test_a_quote_that_never_closes_is_named_by_the_line_it_opened_on(
    tmp_path: Path,
) -> None:
    file = made(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(FileRefusedError, match="opened on line 3 is never closed"):
        rows(file)


def test_a_quote_inside_a_cell_is_named_by_its_line(tmp_path: Path) -> None:
    file = made(tmp_path, b'a,b\n1,2\n3,"4"5\n')
    with pytest.raises(FileRefusedError, match="line 3"):
        rows(file)


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="Windows-1252"):
        rows(made(tmp_path, b"a,b\n\x81,2\n"))


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "LARGEST_FILE", csv_file.CHUNK)
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * (csv_file.CHUNK // 2))
    with pytest.raises(FileRefusedError, match="unpacks to more"):
        made(tmp_path, packed)


def test_a_line_of_a_million_characters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="a million characters"):
        made(tmp_path, b"x" * 3 * csv_file.CHUNK)


def test_line_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    file = made(tmp_path, b'a,b\r\n1,2\n\n"3\n4",5\r6,7\n')
    assert [line for line, _ in rows(file)] == [2, 4, 6]


def test_rows_too_short_or_too_long_are_refused_and_never_shifted(
    tmp_path: Path,
) -> None:
    file = made(tmp_path, b"a,b,c\n1\n1,2\n1,2,3,4\n1,2,3,\n1,2,3\n")
    assert rows(file, "a", "b") == [
        (3, ["1", "2"]),
        (5, ["1", "2", "3", ""]),
        (6, ["1", "2", "3"]),
    ]
    assert [(each.row, each.column) for each in file.refused] == [(2, "b"), (4, "")]
    assert file.notes == [
        "2 rows are shorter or longer than the header by cells that are empty or not "
        "read; they were taken."
    ]


def test_data_under_no_heading_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path, b"a,,c\n1,,3\n1,2,3\n")
    assert rows(file) == [(2, ["1", "", "3"])]
    assert [each.row for each in file.refused] == [3]


def test_a_nul_and_a_huge_cell_refuse_their_own_rows_alone(tmp_path: Path) -> None:
    huge = b"x" * 100_000
    file = made(tmp_path, b"a,b\n3,4\n1,\0\n1," + huge + b"\n1,2\n")
    assert rows(file) == [(2, ["3", "4"]), (5, ["1", "2"])]
    assert [each.reason for each in file.refused] == [
        "the cell holds a NUL character",
        "the cell has 100,000 characters",
    ]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="a stands twice"):
        rows(made(tmp_path, b"a,a\n1,2\n"))
