from pathlib import Path

import pytest

from results.figures.breaks import Break, first_refusal, touching
from results.figures.england import EnglandGain, Window, england_gain
from results.figures.figure import Basis, Release
from results.figures.headline import Headline
from results.imports.reference import (
    MeasureRow,
    NationalRow,
    ReferenceDataError,
    Unit,
    read_breaks,
    read_measures,
    read_national,
)

FOLDER = Path(__file__).resolve().parents[3] / "results" / "data"
MEASURES, BREAKS, NATIONAL = (
    FOLDER / f"{name}.csv" for name in ("measures", "breaks", "national")
)
THRESHOLDS = ("5AC", "5AC_GCSE_only", "5ACEM", "ACEM", "94EM", "95EM")


@pytest.fixture(scope="module")
def measures() -> dict[str, MeasureRow]:
    return {row.code: row for row in read_measures(MEASURES)}


@pytest.fixture(scope="module")
def breaks() -> tuple[Break, ...]:
    return read_breaks(BREAKS)


@pytest.fixture(scope="module")
def national() -> tuple[NationalRow, ...]:
    return read_national(NATIONAL)


def test_every_measure_is_there(measures: dict[str, MeasureRow]) -> None:
    assert set(measures) == {*THRESHOLDS, "A8", "P8", "VA", "CVA", "B8VA"}
    assert measures["P8"].minimum == -5
    assert measures["94EM"].last_year is None
    assert all(measures[code].unit is Unit.PER_CENT for code in THRESHOLDS)


@pytest.mark.parametrize(
    ("year", "code"),
    [
        (2005, "5AC"),
        (2006, "5ACEM"),
        (2015, "5ACEM"),
        (2016, "ACEM"),
        (2017, "95EM"),
        (2030, "95EM"),
    ],
)
def test_each_year_has_one_headline(
    measures: dict[str, MeasureRow], year: int, code: str
) -> None:
    usual = [
        Headline(row.code, row.name, row.headline_from, row.headline_to)
        for row in measures.values()
        if row.headline_from is not None
    ]
    assert [each.measure for each in usual if each.covers(year)] == [code]


def test_breaks_and_figures_name_measures_that_exist(
    measures: dict[str, MeasureRow],
    breaks: tuple[Break, ...],
    national: tuple[NationalRow, ...],
) -> None:
    assert {code for each in breaks for code in each.measures} <= set(measures)
    assert {row.figure.measure for row in national} <= set(measures)


def test_every_national_figure_is_one_its_measure_can_have(
    measures: dict[str, MeasureRow], national: tuple[NationalRow, ...]
) -> None:
    for row in national:
        measure = measures[row.figure.measure]
        assert measure.minimum <= row.figure.value <= measure.maximum
        assert measure.first_year <= row.figure.year


@pytest.mark.parametrize("measure", [*THRESHOLDS, "A8"])
@pytest.mark.parametrize("year", [2014, 2016, 2017])
def test_no_threshold_crosses_a_refusing_year(
    breaks: tuple[Break, ...], measure: str, year: int
) -> None:
    refusal = first_refusal(breaks, measure, year - 1, year)
    assert refusal is not None
    assert refusal.year == year
    assert first_refusal(breaks, "P8", 2016, 2018) is None


@pytest.mark.parametrize("year", [2020, 2021, 2022])
@pytest.mark.parametrize("measure", ["94EM", "A8", "P8"])
def test_no_span_starts_or_ends_in_the_years_without_usual_grades(
    breaks: tuple[Break, ...], measure: str, year: int
) -> None:
    for span in ((2019, year), (year, 2023)):
        refusal = first_refusal(breaks, measure, *span)
        assert refusal is not None
        assert refusal.name == "2020-22 grading"
    assert first_refusal(breaks, measure, 2019, 2023) is None


@pytest.mark.parametrize(
    ("measure", "base", "last", "years"),
    [
        ("5AC", 1996, 1997, [1997]),
        ("5AC", 2003, 2005, [2004]),
        ("5AC_GCSE_only", 2003, 2005, []),
        ("5ACEM", 2009, 2012, [2010, 2011, 2012]),
        ("5ACEM", 2014, 2015, [2015]),
        ("P8", 2017, 2018, [2018]),
        ("A8", 2017, 2018, []),
        ("94EM", 2019, 2023, [2023]),
        ("94EM", 2023, 2024, []),
    ],
)
def test_cautions_stand_in_their_years(
    breaks: tuple[Break, ...], measure: str, base: int, last: int, years: list[int]
) -> None:
    met = touching(breaks, measure, base, last)
    assert [each.year for each in met] == years
    assert {each.kind for each in met} <= {"caution"}


def test_england_gained_one_point_four_on_provisional_figures_and_one_point_seven(
    national: tuple[NationalRow, ...], breaks: tuple[Break, ...]
) -> None:
    kind = ("5AC", "15-year-olds", "all schools")
    figures = [
        row.figure
        for row in national
        if (row.figure.measure, row.figure.population, row.figure.coverage) == kind
    ]
    gains = []
    for release in (Release.PROVISIONAL, Release.FINAL):
        window = Window(2003, 2005, Release.FINAL, release)
        found = england_gain(figures, [window], breaks)
        assert isinstance(found, EnglandGain)
        gains.append(round(found.per_year, 9))
    assert gains == [1.4, 1.7]


def test_shadow_and_derived_figures_are_marked(
    national: tuple[NationalRow, ...],
) -> None:
    shadows = [row.figure for row in national if row.figure.basis is Basis.SHADOW]
    assert sorted(each.value for each in shadows) == [43.6, 44.6, 47.4, 48.4]
    assert {each.release for each in shadows} == {Release.REVISED}
    derived = [row for row in national if row.figure.basis is Basis.DERIVED]
    assert (2007, 61.4) in [(row.figure.year, row.figure.value) for row in derived]
    assert len(national) == 115


@pytest.mark.parametrize("path", [MEASURES, BREAKS, NATIONAL], ids=lambda p: p.stem)
def test_reference_files_have_unix_line_ends(path: Path) -> None:
    assert b"\r" not in path.read_bytes()


def altered(tmp_path: Path, source: Path, old: str, new: str) -> Path:
    text = source.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / source.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("source", "old", "new", "message"),
    [
        (MEASURES, "code,", "kode,", "row 1: the columns must be code,name"),
        (MEASURES, ",1993,2016,", ",1893,2016,", "column first_year: '1893'"),
        (MEASURES, ",1993,2016,", ",199x,2016,", "'199x' is not a whole number"),
        (MEASURES, ",1993,2016,", ",1993,1990,", "the first year or later"),
        (MEASURES, "2016,0,100,", "2016,100,0,", "column maximum: '0' is not above"),
        (MEASURES, "per cent", "percent", "one of per cent, points, score"),
        (MEASURES, "5AC,Five", ",Five", "row 2, column code: '' is not filled in"),
        (MEASURES, "5ACEM,", "5AC,", "row 4 says again what measures.csv, row 2"),
        (BREAKS, "caution", "warning", "'warning' is not one of refuse, caution"),
        (BREAKS, "crossing", "cross", "column applies: 'cross'"),
        (BREAKS, "1997,GNVQs", "1997,,GNVQs", "row 2: 7 cells, where 6 are wanted"),
        (NATIONAL, "41.2", "41·2", "column value: '41·2' is not a number"),
        (NATIONAL, "41.2", "nan", "'nan' is not a number"),
        (NATIONAL, "15-year-olds", "15", "column population"),
        (NATIONAL, "all schools", "all", "column coverage"),
        (NATIONAL, ",final,", ",shadow,", "column release"),
        (NATIONAL, ",high,", ",sure,", "column confidence"),
        (NATIONAL, "1994,5AC,", "1993,5AC,", "row 3 says again what national.csv"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_column_and_value(
    tmp_path: Path, source: Path, old: str, new: str, message: str
) -> None:
    readers = {MEASURES: read_measures, BREAKS: read_breaks, NATIONAL: read_national}
    with pytest.raises(ReferenceDataError) as caught:
        readers[source](altered(tmp_path, source, old, new))
    assert message in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"code\n", b"\xff\xfe"])
def test_a_file_without_its_columns_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "measures.csv"
    path.write_bytes(content)
    with pytest.raises(ReferenceDataError, match=r"measures\.csv"):
        read_measures(path)
