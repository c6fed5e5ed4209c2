"""Which file it is, by its header: layout, year and release."""

from datetime import date

import pytest

from results.imports.recognise import Layout, recognise, year_of_name
from results.models.choices import ReleaseStatus
from schools.imports.csv_file import CsvFile
from schools.imports.table_file import FileRefusedError
from tests.fixtures import GRADED_HEADER, HERE

ON = date(2024, 1, 1)


def known(
    header: str,
    name: str = "file.csv",
    year: int | None = None,
    release: ReleaseStatus | None = None,
) -> Layout:
    return recognise(header.split(","), name, year=year, release=release, on=ON)


@pytest.mark.parametrize(
    ("name", "year", "release", "measures"),
    [
        ("england_ks4final_2013-14", 2014, "revised", {"5ACEM", "B8VA"}),
        ("england_ks4final_2015-16", 2016, "revised", {"A8", "P8", "ACEM"}),
        ("england_ks4final_2016-17", 2017, "revised", {"A8", "P8", "95EM"}),
        ("england_ks4final_2017-18", 2018, "revised", {"A8", "P8", "95EM"}),
        ("815_ks4final_2016-17", 2017, "provisional", {"A8", "P8", "95EM", "94EM"}),
        ("815_ks4final_2017-18", 2018, "provisional", {"A8", "P8", "95EM", "94EM"}),
    ],
)
def test_published_files_are_known_by_their_header_alone(
    name: str, year: int, release: str, measures: set[str]
) -> None:
    header = CsvFile(HERE / f"{name}.csv").header
    for called in (f"{name}.csv.gz", "upload.csv"):
        layout = recognise(header, called, year=None, release=None, on=ON)
        assert layout.year == year
        assert layout.release.label == release
        assert set(layout.measures.values()) == measures


def test_what_was_assumed_is_said() -> None:
    assert known(GRADED_HEADER).said == (
        "Year 2017, by its columns; --year says otherwise.",
        "Release taken as revised, as the file of England 2016-17 is; --release says "
        "otherwise.",
    )
    told = known(GRADED_HEADER, year=2018, release=ReleaseStatus.FINAL)
    assert (told.year, told.release) == (2018, ReleaseStatus.FINAL)


def test_a_name_that_contradicts_the_columns_asks_for_the_year() -> None:
    with pytest.raises(FileRefusedError, match=r"name says 2019.*--year"):
        known(GRADED_HEADER, "england_ks4final_2018-19.csv")


def test_columns_that_several_years_share_take_the_year_of_the_name() -> None:
    header = GRADED_HEADER + ",EBACCAPS,OTHER"
    assert known(header, "england_ks4final_2018-19.csv").year == 2019
    with pytest.raises(FileRefusedError, match="name does not say"):
        known(header)


def test_an_unknown_cut_of_columns_takes_the_release_of_the_name_or_asks() -> None:
    header = GRADED_HEADER + ",OTHER"
    released = {
        name: known(header, name).release.label
        for name in ("815_ks4_2016-17.csv", "england_ks4_2016-17.csv")
    }
    assert list(released.values()) == ["provisional", "revised"]
    with pytest.raises(FileRefusedError, match="--release"):
        known(header, "ks4_2016-17.csv")


def test_a_year_the_columns_cannot_have_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="--year 2016 cannot be"):
        known(GRADED_HEADER, year=2016)


def test_a_year_that_has_not_come_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="2030 is later"):
        known(GRADED_HEADER, year=2030)


def test_another_file_says_what_it_lacks_and_what_it_found() -> None:
    with pytest.raises(
        FileRefusedError,
        match=r"URN, TPUP, ATT8SCR, P8MEA, PTL2BASICS_95\. .*Unknown: School ID, Score",
    ):
        known("School ID,SCHNAME,Score")


def test_the_columns_of_refused_rows_change_nothing() -> None:
    header = GRADED_HEADER + ",refused_row,refused_column,refused_reason"
    assert known(header).title == known(GRADED_HEADER).title


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("england_ks4final_2016-17.csv", 2017),
        ("ks4_2016_17", 2017),
        ("2018-2019_england_ks4revised.csv", 2019),
        ("ks4_1999-2000", None),
        ("2016-18", None),
        ("20161-17", None),
    ],
)
def test_the_year_of_a_name(name: str, year: int | None) -> None:
    assert year_of_name(name) == year
