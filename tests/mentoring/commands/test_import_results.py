"""Importing results: counts, releases, refusals and what is kept of them."""

import csv
from pathlib import Path

import pytest

from results.models import NationalFigure, Result, ResultChange
from results.models.choices import ReleaseStatus
from schools.models import ImportRun, School
from tests.fixtures import HERE, LINKS, REGISTER, TIDY_HEADER, graded, written
from tests.mentoring.commands.importing import run

ENGLAND_2017 = HERE / "england_ks4final_2016-17.csv"
LOCAL_2017 = HERE / "815_ks4final_2016-17.csv"
LOCAL_2018 = HERE / "815_ks4final_2017-18.csv"
GOOD = "100049,199,38.4,-0.65,31%"


@pytest.fixture(autouse=True)
def _register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.chdir(tmp_path)
    run("import_schools", REGISTER, "--links", LINKS)


def result(urn: int, measure: str, **fields: object) -> Result:
    return Result.objects.get(establishment=urn, measure=measure, **fields)


def test_the_file_says_what_it_was_taken_for_and_what_it_changed() -> None:
    said = run("import_results", ENGLAND_2017)
    assert "Taken for England 2016-17" in said.out
    assert "Release taken as revised" in said.out
    # 23 schools, of which 121708 is in neither the register nor the links.
    assert said.counts == "added 66, changed 0, unchanged 0, refused 1"
    kept = result(100049, "95EM")
    assert (kept.value, kept.cohort, kept.year) == (31, 199, 2017)
    assert kept.release == ReleaseStatus.REVISED
    assert kept.population == "end of KS4"
    assert result(100049, "P8").value == -0.65
    blank = result(100001, "P8")
    assert (blank.value, blank.reason, blank.marker) == (None, "blank", "")


def test_the_same_file_again_writes_no_figure() -> None:
    run("import_results", ENGLAND_2017)
    before = list(Result.objects.order_by("pk").values())
    said = run("import_results", ENGLAND_2017)
    assert said.counts == "added 0, changed 0, unchanged 66, refused 1"
    assert list(Result.objects.order_by("pk").values()) == before
    assert not ResultChange.objects.exists()
    assert ImportRun.objects.filter(kind="results").count() == 2


def test_the_value_added_of_2014_is_its_own_measure() -> None:
    said = run("import_results", HERE / "england_ks4final_2013-14.csv")
    assert "1 row of local authorities was set aside." in said.out
    assert result(100053, "B8VA").value == 986.7
    assert result(100053, "5ACEM").value == 57
    assert said.counts.endswith("refused 3")


def test_markers_keep_their_reason() -> None:
    run("import_results", LOCAL_2017)
    kept = result(121733, "A8")
    assert (kept.value, kept.reason, kept.marker, kept.cohort) == (
        *(None, "not_applicable", "NA"),
        None,
    )


def test_ragged_rows_of_the_publisher_are_refused_or_taken_never_shifted() -> None:
    said = run("import_results", LOCAL_2018)
    assert "Row 3, column TPUP" in said.out
    assert result(144929, "P8").value == 0.25
    assert not Result.objects.filter(establishment=144976).exists()


@pytest.mark.parametrize("is_provisional_first", [True, False])
def test_a_revised_figure_wins_whichever_file_came_first(
    *, is_provisional_first: bool
) -> None:
    files = [LOCAL_2017, ENGLAND_2017]
    for path in files if is_provisional_first else reversed(files):
        run("import_results", path)
    now = {
        each.establishment_id: each
        for each in Result.objects.current().filter(measure="A8", year=2017)
    }
    assert (now[121694].value, now[121694].release) == (71.4, ReleaseStatus.REVISED)
    assert now[121733].value == 51  # NA in the provisional file
    assert Result.objects.filter(establishment=121694, measure="A8").count() == 2


def test_a_change_within_a_release_keeps_what_was(tmp_path: Path) -> None:
    run("import_results", graded(tmp_path / "a.csv", GOOD))
    said = run(
        "import_results", graded(tmp_path / "b.csv", "100049,199,38.4,-0.65,32%")
    )
    assert said.counts == "added 0, changed 1, unchanged 2, refused 0"
    change = ResultChange.objects.get()
    assert (change.before["value"], change.after["value"]) == (31, 32)
    assert change.result.value == 32
    assert change.run == change.result.run == ImportRun.objects.latest("pk")


def test_a_refused_cell_refuses_its_row_and_the_rest_is_applied(tmp_path: Path) -> None:
    path = graded(tmp_path / "mixed.csv", GOOD, "100050,172,55.2,0.42,101%")
    said = run("import_results", path)
    assert said.status == 0
    assert said.counts == "added 3, changed 0, unchanged 0, refused 1"
    assert (
        "Row 3, column PTL2BASICS_95: '101%' is refused: a percentage lies between 0 "
        "and 100. Put the publisher's figure."
    ) in said.out
    assert not Result.objects.filter(establishment=100050).exists()
    assert ImportRun.objects.latest("pk").refused_rows == [
        {
            "row": 3,
            "column": "PTL2BASICS_95",
            "value": "101%",
            "reason": "a percentage lies between 0 and 100",
            "advice": "Put the publisher's figure.",
            "figures": [],
        }
    ]


def test_refused_rows_are_mended_in_their_own_file_and_imported(tmp_path: Path) -> None:
    path = graded(tmp_path / "mixed.csv", GOOD, "100050,172,55.2,0.42,101%")
    run("import_results", path)
    refused = tmp_path / "mixed-refused.csv"
    text = refused.read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(text.splitlines()))) == 2
    refused.write_text(text.replace("101%", "53%"), encoding="utf-8")
    said = run("import_results", refused)
    assert said.counts == "added 3, changed 0, unchanged 0, refused 0"
    assert result(100050, "95EM").value == 53


def test_strict_takes_all_rows_or_none(tmp_path: Path) -> None:
    path = graded(tmp_path / "mixed.csv", GOOD, "100050,172,55.2,0.42,101%")
    said = run("import_results", path, "--strict")
    assert said.status == 1
    assert said.counts == "added 0, changed 0, unchanged 0, refused 1"
    assert not Result.objects.exists()
    assert not ImportRun.objects.filter(kind="results").exists()


def test_nothing_but_refused_rows_applies_nothing(tmp_path: Path) -> None:
    said = run("import_results", graded(tmp_path / "x.csv", "100050,172,55.2,0.42,x%"))
    assert said.status == 1
    assert not ImportRun.objects.filter(kind="results").exists()


def test_a_dry_run_keeps_nothing() -> None:
    said = run("import_results", ENGLAND_2017, "--dry-run")
    assert said.counts.startswith("added 66")
    assert not Result.objects.exists()


def test_an_unknown_urn_is_refused_and_makes_no_school(tmp_path: Path) -> None:
    schools = School.objects.count()
    said = run(
        "import_results", graded(tmp_path / "x.csv", GOOD, "999999,1,38.4,-0.65,31%")
    )
    assert "Row 3, column URN: '999999' is refused" in said.out
    assert "Import a register or links that have it" in said.out
    assert School.objects.count() == schools


def test_two_different_rows_of_a_urn_are_both_refused(tmp_path: Path) -> None:
    path = graded(tmp_path / "x.csv", GOOD, "100050,1,2,3,4%", "100049,199,40,0,31%")
    said = run("import_results", path)
    assert "rows 2 and 4 are of one URN and differ" in said.out
    assert said.counts == "added 3, changed 0, unchanged 0, refused 2"
    assert not Result.objects.filter(establishment=100049).exists()


def test_more_refusals_than_fit_are_all_in_the_file(tmp_path: Path) -> None:
    bad = [f"1000{number},1,38.4,-0.65,?" for number in range(10, 40)]
    said = run("import_results", graded(tmp_path / "x.csv", GOOD, *bad))
    assert "... and 10 more." in said.out
    assert len(ImportRun.objects.latest("pk").refused_rows) == 30
    lines = (tmp_path / "x-refused.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 31


def test_englands_rows_are_benchmarks_and_never_overwrite() -> None:
    held = NationalFigure.objects.get(
        measure="A8", year=2017, coverage="all schools", release=2, basis="published"
    )
    NationalFigure.objects.filter(pk=held.pk).update(value=44.9)
    NationalFigure.objects.filter(
        measure="A8", year=2017, coverage="state-funded", release=2
    ).delete()
    said = run("import_results", ENGLAND_2017)
    assert "is 44.6 here and 44.9 as held" in said.out
    held.refresh_from_db()
    assert held.value == 44.9
    added = NationalFigure.objects.get(
        measure="A8", year=2017, coverage="state-funded", release=2
    )
    assert added.value == 46.3
    assert added.source == (
        "england_ks4final_2016-17.csv, row of type 7 (state-funded schools), revised"
    )


def test_our_own_layout_takes_a_figure_a_row(tmp_path: Path) -> None:
    path = written(
        tmp_path / "tidy.csv",
        TIDY_HEADER,
        [
            "100049,2006,5AC,15-year-olds,final,42.5,85,200",
            "100049,2007,5ACEM,end of KS4,revised,SUPP,,",
            "100049,2007,5ACEM,end of KS4,revised,SUPP,,",
            "100050,2017,95EM,end of KS4,final,31,,199",
        ],
    )
    said = run("import_results", path)
    assert "Taken for tidy" in said.out
    assert "1 duplicate row was ignored." in said.out
    assert said.counts == "added 3, changed 0, unchanged 0, refused 0"
    kept = result(100049, "5AC")
    assert (kept.value, kept.number, kept.cohort) == (42.5, 85, 200)
    assert kept.population == "15-year-olds"
    assert result(100049, "5ACEM").reason == "suppressed"
    again = run("import_results", path)
    assert again.counts == "added 0, changed 0, unchanged 3, refused 0"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("100049,2006,5XY,end of KS4,final,42.5,,", "measure"),
        ("100049,2006,5AC,everyone,final,42.5,,", "population"),
        ("100049,2006,5AC,end of KS4,draft,42.5,,", "release"),
        ("100049,1980,5AC,end of KS4,final,42.5,,", "year"),
        ("100049,2099,A8,end of KS4,final,42.5,,", "year"),
        ("100049,2006,5AC,end of KS4,final,142.5,,", "value"),
        ("100049,2006,5AC,end of KS4,final,42.5,300,200", "number"),
        ("100049,2006,5AC,end of KS4,final,42.5,,many", "cohort"),
        ("urn,2006,5AC,end of KS4,final,42.5,,", "URN"),
    ],
)
def test_our_own_layout_refuses_by_cell(tmp_path: Path, row: str, column: str) -> None:
    good = "100050,2006,5AC,end of KS4,final,42.5,,"
    said = run(
        "import_results", written(tmp_path / "tidy.csv", TIDY_HEADER, [good, row])
    )
    assert f"Row 3, column {column}:" in said.out
    assert said.counts == "added 1, changed 0, unchanged 0, refused 1"


def test_our_own_layout_refuses_one_figure_given_twice(tmp_path: Path) -> None:
    rows = [
        "100049,2006,5AC,end of KS4,final,42.5,,",
        "100049,2006,5AC,end of KS4,final,43.5,,",
        "100049,2007,5AC,end of KS4,final,44.5,,",
    ]
    said = run("import_results", written(tmp_path / "tidy.csv", TIDY_HEADER, rows))
    assert said.counts == "added 1, changed 0, unchanged 0, refused 2"


def test_our_own_layout_says_its_own_year_and_release(tmp_path: Path) -> None:
    path = written(tmp_path / "tidy.csv", TIDY_HEADER, ["100049,2006,5AC,x,final,1,,"])
    assert run("import_results", path, "--year", 2006).status == 2
    empty = written(tmp_path / "empty.csv", TIDY_HEADER, [])
    assert "0 rows" in run("import_results", empty).error


def test_year_and_release_may_be_said(tmp_path: Path) -> None:
    path = graded(tmp_path / "x.csv", GOOD)
    run("import_results", path, "--year", 2019, "--release", "final")
    kept = result(100049, "A8")
    assert (kept.year, kept.release) == (2019, ReleaseStatus.FINAL)


def test_an_unknown_type_of_row_is_refused(tmp_path: Path) -> None:
    path = graded(tmp_path / "x.csv", GOOD, "100050,1,2,3,4%")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("1,202,4104,100050", "9,202,4104,100050"), "utf-8")
    assert "column RECTYPE: '9' is refused" in run("import_results", path).out


def test_a_folder_that_cannot_be_written_does_not_lose_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = graded(tmp_path / "x.csv", GOOD, "100050,1,2,3,?")
    (tmp_path / "x-refused.csv").mkdir()
    said = run("import_results", path)
    assert said.status == 0
    assert said.counts.startswith("added 3")
