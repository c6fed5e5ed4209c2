"""The register: what is read, what is refused, and the kinds of school."""

import csv
from pathlib import Path

import pytest

from schools.imports.csv_file import CsvFile
from schools.imports.register import COLUMNS, FIELDS, Register, read_register
from schools.imports.table_file import FileRefusedError
from schools.imports.type_groups import type_group
from tests.fixtures import REGISTER, written


def changed(tmp_path: Path, **cells: str) -> Register:
    """Return the excerpt's first school read with `cells` instead of its own."""
    with REGISTER.open(encoding="cp1252", newline="") as stream:
        row = next(csv.DictReader(stream))
    header = ["URN", *COLUMNS]
    row |= {name.replace("_", " "): value for name, value in cells.items()}
    line = ",".join(row[name] for name in header)
    return read_register(CsvFile(written(tmp_path / "r.csv", ",".join(header), [line])))


def test_the_register_is_read_in_its_own_encoding() -> None:
    register = read_register(CsvFile(REGISTER))
    assert len(register.lines) == 24
    line = dict(zip(FIELDS, register.lines[138950], strict=True))
    assert line["name"] == (
        "St Thomas à Becket Catholic Secondary School, A Voluntary Academy"
    )
    assert line["authority"] == "384"
    assert register.authorities["384"].region == "Yorkshire and the Humber"
    assert register.refused == []


def test_personal_columns_are_never_read() -> None:
    assert not any("Head" in name or "Telephone" in name for name in COLUMNS)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"URN": "abc"}, "URN"),
        ({"EstablishmentName": ""}, "EstablishmentName"),
        ({"EstablishmentName": "x" * 201}, "EstablishmentName"),
        ({"OpenDate": "2009"}, "OpenDate"),
        ({"OpenDate": "01-09-2010", "CloseDate": "31-08-2010"}, "CloseDate"),
        ({"StatutoryLowAge": "1100"}, "StatutoryLowAge"),
        ({"PercentageFSM": "130"}, "PercentageFSM"),
        ({"Postcode": "not a postcode"}, "Postcode"),
    ],
)
def test_a_bad_cell_refuses_its_row(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    register = changed(tmp_path, **cells)
    assert register.lines == {}
    assert [(each.row, each.column) for each in register.refused] == [(2, column)]


def test_another_file_says_what_it_lacks(tmp_path: Path) -> None:
    file = CsvFile(written(tmp_path / "x.csv", "URN,Score", ["100049,1"]))
    with pytest.raises(
        FileRefusedError, match=r"lacks .*EstablishmentName.*URN, Score"
    ):
        read_register(file)


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    file = CsvFile(written(tmp_path / "x.csv", ",".join(["URN", *COLUMNS]), []))
    with pytest.raises(FileRefusedError, match="0 rows"):
        read_register(file)


def test_a_urn_with_two_different_rows_is_refused_twice(tmp_path: Path) -> None:
    content = REGISTER.read_text(encoding="cp1252").splitlines()
    again = content[1].replace("City of London School for Girls", "Another")
    path = written(tmp_path / "r.csv", content[0], [content[1], content[2], again])
    register = read_register(CsvFile(path))
    assert list(register.lines) == [100003]
    assert [each.row for each in register.refused] == [2, 4]


def test_the_same_row_twice_is_ignored_and_reported(tmp_path: Path) -> None:
    content = REGISTER.read_text(encoding="cp1252").splitlines()
    path = written(tmp_path / "r.csv", content[0], [content[1], content[1]])
    register = read_register(CsvFile(path))
    assert list(register.lines) == [100001]
    assert register.notes == ["1 duplicate row was ignored."]


@pytest.mark.parametrize(
    ("group", "name", "kind"),
    [
        ("Academies", "Academy converter", "academy"),
        ("Academies", "Academy special converter", "special"),
        ("Free Schools", "University technical college", "academy"),
        ("Free Schools", "Free schools alternative provision", "special"),
        ("Local authority maintained schools", "Community school", "maintained"),
        ("Independent schools", "Other independent special school", "independent"),
        ("Independent schools", "City technology college", "ctc"),
        ("Special schools", "Non-maintained special school", "special"),
        ("Colleges", "Further education", "college"),
        ("Welsh schools", "Welsh establishment", "other"),
        ("", "Free schools 16 to 19", "academy"),
        ("", "Miscellaneous", "other"),
        ("", "", ""),
    ],
)
def test_kinds_of_school(group: str, name: str, kind: str) -> None:
    assert type_group(group, name) == kind
