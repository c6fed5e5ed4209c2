"""Undoing an import puts everything back, or says what bars it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentoring.actions.move_membership import take_step
from mentoring.actions.recompute import differences
from mentoring.actions.undo_import import undo_import
from mentoring.models import EligibilityException, Membership, Programme
from mentoring.steps.membership import WITHDRAW
from results.models import AreaFigure, NationalFigure, Result, ResultChange
from schools.models import (
    Establishment,
    EstablishmentLink,
    ImportRun,
    LocalAuthority,
    School,
    Succession,
)
from tests import factories
from tests.fixtures import LINK_HEADER, LINKS, REGISTER, TIDY_HEADER, written
from tests.harness.worker import work
from tests.mentoring.commands.importing import run as command

TODAY = date(2018, 1, 31)
WATCHED = (
    *(School, Establishment, LocalAuthority, EstablishmentLink, Succession),
    *(
        Result,
        ResultChange,
        NationalFigure,
        AreaFigure,
        Membership,
        EligibilityException,
    ),
)
World = dict[str, list[Any]]


def world() -> World:
    """Return every row that imports touch, but for the runs themselves."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in WATCHED
    }


def latest() -> ImportRun:
    return ImportRun.objects.latest("pk")


def undo(run: ImportRun, why: str = "By mistake") -> None:
    undo_import(run=run, why=why, by=None, on=TODAY, at=timezone.now())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    """Return an empty folder to work in, on a database with the excerpt's schools."""
    monkeypatch.chdir(tmp_path)
    command("import_schools", REGISTER)
    return tmp_path


def results(folder: Path, name: str, *rows: str) -> Path:
    """Write 5AC of 2006, final, for `urn,value` rows."""
    filled = [
        "{},2006,5AC,15-year-olds,final,{},,".format(*row.split(",")) for row in rows
    ]
    return written(folder / name, TIDY_HEADER, filled)


def test_results_go_back_to_what_they_were(here: Path) -> None:
    command("import_results", results(here, "one.csv", "100049,40", "100050,50"))
    before = world()
    command("import_results", results(here, "two.csv", "100049,44", "100051,60"))
    assert Result.objects.get(establishment=100049).value == 44
    undo(latest())
    assert world() == before
    work()
    assert differences(on=Programme.the().today) == []
    # The one that had written it can be undone now, and the file taken in again.
    undo(ImportRun.objects.get(file_name="one.csv"))
    assert Result.objects.count() == 0
    again = command("import_results", here / "one.csv")
    assert again.counts == "added 2, changed 0, unchanged 0, refused 0"


def test_a_run_that_a_later_one_built_on_is_not_undone(here: Path) -> None:
    command("import_results", results(here, "one.csv", "100049,40", "100050,50"))
    first = latest()
    command("import_results", results(here, "two.csv", "100049,44"))
    second = latest()
    before = world()
    with pytest.raises(ValidationError, match="Undo that first") as barred:
        undo(first)
    assert f"import {second.pk} (school results, two.csv)" in str(barred.value)
    assert world() == before
    # One that touched other cells bars nothing.
    undo(second)
    command("import_results", results(here, "three.csv", "100051,60"))
    undo(first)
    assert list(Result.objects.values_list("establishment", flat=True)) == [100051]


def test_a_run_is_undone_once(here: Path) -> None:
    command("import_results", results(here, "one.csv", "100049,40"))
    undo(latest())
    with pytest.raises(ValidationError, match="undone already"):
        undo(latest())
    with pytest.raises(ValidationError, match="Say why"):
        undo(ImportRun.objects.earliest("pk"), why=" ")


NATIONAL = "year,measure,value,population,coverage,release,basis,source,confidence,note"
A_FIGURE = "2049,5AC,70,end of KS4,all schools,final,published,A source,high,"


def test_national_figures_go_back(here: Path) -> None:
    held = NationalFigure.objects.filter(basis="published").earliest("pk")
    before = world()
    row = (
        f"{held.year},{held.measure_id},12.5,{held.population},{held.coverage},"
        f"{held.get_release_display()},published,A source,high,"
    )
    command("import_national", written(here / "n.csv", NATIONAL, [row, A_FIGURE]))
    assert latest().added == 1
    assert latest().changed == 1
    undo(latest())
    assert world() == before


def test_averages_of_areas_go_back(shared_data: Path, here: Path) -> None:
    before = world()
    command("import_averages", shared_data / "national" / "la_averages.csv")
    assert world()["AreaFigure"]
    undo(latest())
    assert world() == before


def test_england_learned_from_a_results_file_goes_back(
    shared_data: Path, here: Path
) -> None:
    before = world()
    command("import_results", shared_data / "ks4" / "815_ks4final_2016-17.csv.gz")
    assert world()["NationalFigure"] != before["NationalFigure"]
    undo(latest())
    assert world() == before


def test_a_register_that_changed_schools_goes_back(here: Path) -> None:
    before = world()
    text = REGISTER.read_text(encoding="cp1252")
    lines = text.splitlines(keepends=True)
    header = lines[0].rstrip().split(",")
    assert '"EstablishmentName"' in header or "EstablishmentName" in header
    name = Establishment.objects.earliest("urn").name
    path = here / "changed.csv"
    path.write_text(text.replace(name, "Renamed School"), encoding="cp1252")
    command("import_schools", path)
    assert latest().changed == 1
    assert School.objects.filter(name="Renamed School").count() == 1
    undo(latest())
    assert world() == before


def test_a_whole_register_is_taken_out_again(here: Path) -> None:
    undo(latest())
    assert School.objects.count() == 0
    assert LocalAuthority.objects.count() == 0
    said = command("import_schools", REGISTER)
    assert said.counts.startswith("added 24, ")


def test_a_register_stays_while_results_hang_on_it(here: Path) -> None:
    run = latest()
    command("import_results", results(here, "one.csv", "100049,40", "100050,50"))
    before = world()
    with pytest.raises(ValidationError, match="2 results"):
        undo(run)
    assert world() == before
    run.refresh_from_db()
    assert run.undone_at is None


def test_links_and_the_successions_they_made_go_back(here: Path) -> None:
    before = world()
    command("import_links", LINKS)
    assert Succession.objects.filter(state="accepted").exists()
    assert world()["School"] != before["School"]
    undo(latest())
    assert world() == before
    said = command("import_links", LINKS)
    assert Succession.objects.filter(state="accepted").exists()
    assert not said.counts.startswith("added 0")


def test_a_succession_undone_gives_a_mentee_its_urn_back(here: Path) -> None:
    """The predecessor survives, as it is in the programme, and takes the new URN."""
    old, new = Establishment.objects.order_by("urn")[:2]
    Establishment.objects.filter(urn=old.urn).update(status="Closed")
    School.objects.filter(urn=old.urn).update(status="closed")
    factories.MembershipFactory.create(school=old.school)
    before = world()
    row = f"{new.urn},{old.urn},{old.name},Predecessor,01-09-2012"
    command("import_links", written(here / "links.csv", LINK_HEADER, [row]))
    survivor = School.objects.get(pk=old.school_id)
    assert (survivor.urn, survivor.name) == (new.urn, new.name)
    undo(latest())
    assert world() == before


def test_memberships_go_back_with_their_exceptions(here: Path) -> None:
    path = written(
        here / "m.csv", "urn,role,joined,left", ["100049,mentee,2006-09-01,"]
    )
    before = world()
    command("enrol", path, "--exception", "It asked", "--today", "2018-01-31")
    assert EligibilityException.objects.count() == 1
    undo(latest())
    assert world() == before
    command("enrol", path, "--exception", "It asked", "--today", "2018-01-31")
    command(
        "enrol",
        written(
            here / "n.csv",
            "urn,role,joined,left",
            ["100049,mentee,2006-09-01,2019-07-31"],
        ),
        *("--today", "2018-01-31"),
    )
    assert Membership.objects.get().left == date(2019, 7, 31)
    undo(latest())
    assert Membership.objects.get().left is None


def test_what_was_changed_here_since_is_not_swept_away(here: Path) -> None:
    path = written(here / "m.csv", "urn,role,joined", ["100049,mentor,2006-09-01"])
    command("enrol", path, "--today", "2018-01-31")
    take_step(
        membership=Membership.objects.get(),
        step=WITHDRAW,
        seen=0,
        left=date(2018, 7, 31),
        reason="It closed",
        by=None,
        on=TODAY,
    )
    with pytest.raises(ValidationError, match="has been changed here since"):
        undo(latest())
    assert Membership.objects.get().reason == "It closed"


def test_an_import_older_than_the_record_says_so(here: Path) -> None:
    command("import_results", results(here, "one.csv", "100049,40"))
    command("import_results", results(here, "two.csv", "100049,44"))
    ResultChange.objects.update(previous_run=None)
    with pytest.raises(ValidationError, match="older than the record"):
        undo(latest())
    run = ImportRun.objects.earliest("pk")
    run.row_changes.all().delete()
    with pytest.raises(ValidationError, match="older than the record"):
        undo(run)


def test_the_command_undoes_and_says_what(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("import_results", results(here, "one.csv", "100049,40"))
    number = latest().pk
    command("import_national", written(here / "n.csv", NATIONAL, [A_FIGURE]))
    call_command("undo_import", str(latest().pk))
    assert "Rows taken out: 1; put back as they were: 0" in capsys.readouterr().out
    call_command("undo_import", str(number), "--why", "The wrong year")
    assert "Rows taken out: 1; put back as they were: 0" in capsys.readouterr().out
    assert ImportRun.objects.get(pk=number).undone_why == "The wrong year"
    with pytest.raises(CommandError, match="undone already") as twice:
        call_command("undo_import", str(number))
    assert twice.value.returncode == 1
    with pytest.raises(CommandError, match="There is no import 987654") as missing:
        call_command("undo_import", "987654")
    assert missing.value.returncode == 2


@pytest.mark.parametrize("rows", [1, 20])
def test_the_record_costs_a_few_statements(
    here: Path,
    rows: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    urns = list(Establishment.objects.order_by("urn").values_list("urn", flat=True))
    chosen = [f"{urn},40" for urn in urns[:rows]]
    command("import_results", results(here, "one.csv", *chosen))
    with django_assert_max_num_queries(60):
        undo(latest())
