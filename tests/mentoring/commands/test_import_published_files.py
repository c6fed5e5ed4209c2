"""The publisher's own files, whole: counts, successions, releases, bad files."""

from pathlib import Path

import pytest

from mentoring.bottom_quarter import bottom_quarter
from mentoring.models import Programme, QuarterSummary
from results.models import Measure, NationalFigure, Result
from results.models.choices import ReleaseStatus
from schools.models import Establishment, School, Succession
from tests.fixtures import REGISTER
from tests.mentoring.commands.importing import Said, run

Current = dict[tuple[int, str], tuple[float | None, str, int]]


@pytest.fixture
def files(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> Path:
    """Return the folder of published files, with the register and links taken in."""
    monkeypatch.chdir(tmp_path)
    said = run(
        "import_schools",
        shared_data / "gias" / "edubasealldata_secondary_2018.csv.gz",
        "--links",
        shared_data / "gias" / "links_edubasealldata_2025.csv.gz",
    )
    assert "added 6512, changed 0, unchanged 0, refused 0" in said.out
    return shared_data


def take_in(files: Path, name: str, *options: str) -> Said:
    return run("import_results", files / "ks4" / f"{name}.csv.gz", *options)


def current(measure: str, year: int) -> Current:
    return {
        (each.establishment_id, each.measure_id): (
            each.value,
            each.reason,
            each.release,
        )
        for each in Result.objects.current().filter(measure=measure, year=year)
    }


def test_successions_of_the_whole_register(files: Path) -> None:
    outwood = School.objects.standing().get(urn=135961)
    urns = outwood.establishments.order_by("urn").values_list("urn", flat=True)
    assert list(urns) == [108277, 135961]
    comberton = School.objects.standing().get(urn=136463)
    assert comberton.establishments.filter(urn=110900).exists()
    assert School.objects.standing().get(urn=118085).establishments.count() == 1
    # Every establishment hangs on a school that stands.
    assert not Establishment.objects.filter(school__continued_by__isnull=False).exists()
    states = Succession.objects.values_list("state", flat=True)
    assert set(states) == {"accepted", "waiting"}


def test_the_register_again_changes_nothing(files: Path) -> None:
    before = list(School.objects.order_by("pk").values())
    said = run(
        "import_schools",
        files / "gias" / "edubasealldata_secondary_2018.csv.gz",
        "--links",
        files / "gias" / "links_edubasealldata_2025.csv.gz",
    )
    assert "added 0, changed 0, unchanged 6512, refused 0" in said.out
    assert said.counts.startswith("added 0, changed 0, ")
    assert list(School.objects.order_by("pk").values()) == before


def test_value_added_of_2014(files: Path) -> None:
    said = take_in(files, "england_ks4final_2013-14")
    assert "174 duplicate rows were ignored." in said.out
    # 152 rows of authorities: one has no figure, two are in no register of 2018.
    assert "Areas: 149 figures added, 0 already held." in said.out
    # 24 schools with a value added that nobody knows, and one with a threshold alone.
    assert said.counts.endswith("refused 25")
    value_added = Result.objects.filter(measure="B8VA", year=2014)
    assert value_added.filter(value__isnull=False).count() == 3_004
    found = bottom_quarter(Programme.the(), Measure.objects.get(pk="B8VA"), 2014)
    assert len(found.refused) == 24
    # Every school of this file says what kind it is.
    reasons = {each.reason: each.with_score for each in found.exclusions}
    assert reasons == {"no_value_added": 0, "other_urn": 4, "cohort_below_11": 0}
    again = take_in(files, "england_ks4final_2013-14")
    assert again.counts.startswith("added 0, changed 0, ")


@pytest.mark.parametrize(
    ("name", "measure", "year", "eligible"),
    [
        ("england_ks4final_2013-14", "B8VA", 2014, 751),
        ("england_ks4final_2016-17", "P8", 2017, 743),
    ],
)
def test_the_bottom_quarter_is_worked_out_with_the_import(
    files: Path, name: str, measure: str, year: int, eligible: int
) -> None:
    take_in(files, name)
    facts = QuarterSummary.objects.get(measure=measure, year=year, list=None).facts
    assert facts["eligible"] == eligible
    assert sum(schools for _score, schools in facts["tally"]) == facts["counted"]
    inside = [schools for score, schools in facts["tally"] if score <= facts["cut"]]
    assert sum(inside) == eligible


def test_england_learns_how_many_pupils_it_counts(files: Path) -> None:
    take_in(files, "815_ks4final_2016-17")
    held = NationalFigure.objects.get(
        measure="95EM", year=2017, coverage="all schools", release=1
    )
    assert (held.value, held.pupils) == (39.1, 589_096)


def test_the_revised_figures_win_in_either_order(files: Path) -> None:
    names = ["815_ks4final_2016-17", "england_ks4final_2016-17"]
    found: list[list[Current]] = []
    for order in (names, names[::-1]):
        Result.objects.all().delete()
        for name in order:
            take_in(files, name)
        found.append([current(measure, 2017) for measure in ("A8", "P8", "95EM")])
    assert found[0] == found[1]
    provisional = dict(
        Result.objects.filter(
            measure="A8", year=2017, release=ReleaseStatus.PROVISIONAL, value__gt=0
        ).values_list("establishment_id", "value")
    )
    revised = {urn: figure[0] for (urn, _), figure in found[0][0].items()}
    differing = [urn for urn in provisional if provisional[urn] != revised[urn]]
    assert len(differing) == 38


# What is applied of the five rows of each bad file, and what it says.
HOSTILE = {
    "01_empty": (2, "", "The file is empty"),
    "02_header_only": (2, "", "0 rows"),
    "03_wrong_header": (
        *(2, ""),
        "URN, TPUP, ATT8SCR, P8MEA, PTL2BASICS_95. The file has School ID, SCHNAME",
    ),
    "04_utf16": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
    "05_utf8_bom": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
    "06_cp1252_accent": (0, "added 18, changed 0, unchanged 0, refused 0", ""),
    "07_nul_byte": (0, "added 12, changed 0, unchanged 0, refused 1", "Row 4"),
    "08_unclosed_quote": (2, "", "opened on line 3 is never closed"),
    "09_huge_cell": (0, "added 12, changed 0, unchanged 0, refused 1", "Row 3"),
    "10_duplicate_urn_conflict": (
        *(0, "added 12, changed 0, unchanged 0, refused 2"),
        "rows 2 and 7 are of one URN and differ",
    ),
    "11_exact_duplicates": (
        *(0, "added 15, changed 0, unchanged 0, refused 0"),
        "3 duplicate rows were ignored",
    ),
    "12_urn_as_float": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
    "13_urn_spaces_zeros": (
        *(0, "added 15, changed 0, unchanged 0, refused 0"),
        "Line 4: URN '0100051' read as 100051.",
    ),
    "14_unknown_urn": (
        *(0, "added 15, changed 0, unchanged 0, refused 1"),
        "Row 7, column URN: '999999' is refused",
    ),
    "15_negative_percent": (
        *(0, "added 12, changed 0, unchanged 0, refused 1"),
        "Row 3, column PTL2BASICS_95: '-5%' is refused: a percentage lies between 0",
    ),
    "16_percent_101": (
        *(0, "added 12, changed 0, unchanged 0, refused 1"),
        "Row 3, column PTL2BASICS_95: '101%'",
    ),
    "17_exponent_number": (
        *(0, "added 9, changed 0, unchanged 0, refused 2"),
        "Row 4, column ATT8SCR: '4.5E+01'",
    ),
    "18_decimal_comma": (
        *(0, "added 9, changed 0, unchanged 0, refused 2"),
        "Row 3, column PTL2BASICS_95: '57,3'",
    ),
    "19_unknown_marker": (
        *(0, "added 9, changed 0, unchanged 0, refused 2"),
        "Row 4, column P8MEA: 'TBC'",
    ),
    "20_year_in_future": (2, "", "209899 is later than the current academic year"),
    "21_formula_cells": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
    "22_script_in_name": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
    "23_xlsx_renamed": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
    "25_ragged_rows": (0, "added 9, changed 0, unchanged 0, refused 2", "Row 4"),
    "26_footer_rows": (
        *(0, "added 15, changed 0, unchanged 0, refused 0"),
        "1 row of footers or nothing was set aside.",
    ),
    "27_excel_date_cell": (
        *(0, "added 6, changed 0, unchanged 0, refused 3"),
        "a spreadsheet has turned the number into a date",
    ),
    "28_mixed_line_endings": (0, "added 15, changed 0, unchanged 0, refused 0", ""),
}


@pytest.fixture
def bad_files(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> Path:
    """Return the folder of bad files; the register holds the schools in them."""
    monkeypatch.chdir(tmp_path)
    run("import_schools", REGISTER)
    return shared_data / "hostile"


def test_bad_files_do_what_is_expected_of_them(bad_files: Path) -> None:
    schools = School.objects.count()
    for name, (status, counts, words) in HOSTILE.items():
        Result.objects.all().delete()
        said = run("import_results", bad_files / f"{name}.csv")
        assert said.status == status, name
        assert words in said.out + said.error, name
        if counts:
            assert said.counts == counts, name
            assert Result.objects.count() == int(counts.split()[1][:-1]), name
    assert School.objects.count() == schools


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(bad_files: Path) -> None:
    said = run("import_results", bad_files / "24_zip_bomb.xlsx")
    assert said.status == 2
    assert "was not unpacked" in said.error
