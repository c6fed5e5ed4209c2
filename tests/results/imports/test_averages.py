"""Averages of areas: which rows are taken, and what is set aside or refused."""

from pathlib import Path

import pytest

from results.imports.averages import COLUMNS, Averages, read_averages
from results.models.choices import Coverage
from schools.imports.csv_file import CsvFile
from schools.imports.table_file import FileRefusedError

HEADER = ",".join(COLUMNS) + "\n"


def read(tmp_path: Path, *rows: str) -> Averages:
    path = tmp_path / "averages.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n")
    return read_averages(CsvFile(path), {"London", "East of England"})


def test_a_row_gives_a_figure_for_each_measure_it_has(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "204,Hackney,2013,1649,79.6,61.2,A release",
        ",East,2013,64955,79.6,59.8,A release",
        "926,Norfolk,2010,,,52.3,Tables",
    )
    assert [
        (each.authority, each.region, each.group.measure, each.group.year, each.value)
        for each in found.rows
    ] == [
        ("204", "", "5AC", 2013, 79.6),
        ("204", "", "5ACEM", 2013, 61.2),
        ("", "East of England", "5AC", 2013, 79.6),
        ("", "East of England", "5ACEM", 2013, 59.8),
        ("926", "", "5ACEM", 2010, 52.3),
    ]
    assert {each.coverage for each in found.rows} == {Coverage.STATE}
    assert [each.pupils for each in found.rows] == [1649, 1649, 64955, 64955, None]


def test_rows_that_do_not_say_what_they_count_are_set_aside(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "383,Leeds,1997,,37.4,,An answer",
        ",Inner London,2013,24364,82.8,63.1,A release",
    )
    assert found.rows == []
    assert len(found.notes) == 2
    assert found.notes[0].startswith("1 row before 2010")
    assert "Inner London" in found.notes[1]


def test_a_bad_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "204,Hackney,2013,1649,101,61.2,A release",
        "204,Hackney,next,1649,79,61.2,A release",
        "204,Hackney,2014,1649,79,61.2,",
    )
    assert [(each.row, each.column) for each in found.refused] == [
        (2, "pct_5ac"),
        (3, "exam_year"),
        (4, "source"),
    ]


def test_another_file_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("la_code,name\n1,2\n")
    with pytest.raises(FileRefusedError, match="exam_year, pupils"):
        read_averages(CsvFile(path), set())
    path.write_text(HEADER)
    with pytest.raises(FileRefusedError, match="0 rows"):
        read_averages(CsvFile(path), set())
