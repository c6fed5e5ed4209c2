"""Links: two sides become one, and what says nothing of succession is set aside."""

from datetime import date
from pathlib import Path

import pytest

from schools.imports.csv_file import CsvFile
from schools.imports.links import Kind, Links, read_links
from schools.imports.table_file import FileRefusedError
from tests.fixtures import LINK_HEADER, LINKS, written


def read(tmp_path: Path, *rows: str) -> Links:
    return read_links(CsvFile(written(tmp_path / "links.csv", LINK_HEADER, rows)))


def test_two_sides_are_one_link_and_the_predecessor_line_dates_it() -> None:
    links = read_links(CsvFile(LINKS))
    link = links.links[108277, 135961]
    assert link.kind == Kind.SUCCESSION
    assert link.predecessor_date == date(2009, 9, 1)
    assert link.successor_date == date(2009, 8, 31)
    assert links.names[108277] == "Outwood Grange College of Technology"
    assert dict(links.set_aside) == {
        "Sixth Form Centre Link": 4,
        "Sixth Form Centre School": 4,
        "Other": 7,
    }


def test_the_more_particular_side_names_the_kind(tmp_path: Path) -> None:
    links = read(
        tmp_path,
        "100001,100002,B,Successor,31-08-2014",
        "100002,100001,A,Predecessor - merged,01-09-2014",
    )
    assert links.links[100001, 100002].kind == Kind.MERGER


@pytest.mark.parametrize("flip", [False, True])
def test_one_side_with_a_direction_gives_it_to_the_other(
    tmp_path: Path, *, flip: bool
) -> None:
    rows = [
        "100001,100002,B,Result of Amalgamation,01-09-2014",
        "100001,100002,B,Predecessor - amalgamated,01-09-2014",
    ]
    links = read(tmp_path, *(reversed(rows) if flip else rows))
    assert list(links.links) == [(100002, 100001)]
    assert links.links[100002, 100001].is_directed


def test_two_sides_without_a_direction_are_one_link(tmp_path: Path) -> None:
    links = read(
        tmp_path,
        "100001,100002,B,Result of Amalgamation,",
        "100002,100001,A,Result of Amalgamation,",
    )
    assert list(links.links) == [(100001, 100002)]
    assert not links.links[100001, 100002].is_directed


def test_bad_rows_are_refused_by_cell(tmp_path: Path) -> None:
    links = read(
        tmp_path,
        "x,100002,B,Successor,",
        "100001,y,B,Successor,",
        "100001,100001,A,Successor,",
        "100001,100002,B,Successor,2014",
    )
    assert [(each.row, each.column) for each in links.refused] == [
        (2, "URN"),
        (3, "LinkURN"),
        (4, "LinkURN"),
        (5, "LinkEstablishedDate"),
    ]
    assert links.links == {}


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="0 rows"):
        read(tmp_path)
