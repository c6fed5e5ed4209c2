"""Importing the register and its links."""

from datetime import date
from pathlib import Path

import pytest

from schools.models import Establishment, ImportRun, LocalAuthority, School
from tests import factories
from tests.fixtures import LINKS, REGISTER, written
from tests.mentoring.commands.importing import run


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.chdir(tmp_path)


def changed_register(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "later.csv"
    text = REGISTER.read_text(encoding="cp1252")
    path.write_text(text.replace(old, new), encoding="cp1252")
    return path


def test_every_line_becomes_an_establishment_with_a_school() -> None:
    said = run("import_schools", REGISTER)
    assert said.counts == "added 24, changed 0, unchanged 0, refused 0"
    establishment = Establishment.objects.get(urn=118085)
    assert establishment.origin == "register"
    assert (establishment.easting, establishment.northing) != (None, None)
    school = establishment.school
    assert (school.name, school.town, school.urn) == (
        "Headlands School",
        "Bridlington",
        118085,
    )
    assert school.authority == LocalAuthority.objects.get(code="811")
    assert school.search == (
        "headlands school bridlington yo16 6ur yo166ur 118085 8114064"
    )
    assert (school.phase, school.type_group, school.status) == (
        "Secondary",
        "maintained",
        "open",
    )
    assert School.objects.matching("811/4064").get() == school
    assert list(School.objects.matching("st thomas a becket")) == [
        School.objects.get(urn=138950)
    ]


def test_the_same_register_again_changes_nothing() -> None:
    run("import_schools", REGISTER)
    before = list(Establishment.objects.values()), list(School.objects.values())
    said = run("import_schools", REGISTER)
    assert said.counts == "added 0, changed 0, unchanged 24, refused 0"
    assert before == (
        list(Establishment.objects.values()),
        list(School.objects.values()),
    )
    assert ImportRun.objects.filter(kind="register").count() == 2


def test_a_later_register_renames_the_establishment_and_its_school(
    tmp_path: Path,
) -> None:
    run("import_schools", REGISTER)
    later = changed_register(tmp_path, '"Headlands School"', '"Headlands Academy"')
    said = run("import_schools", later)
    assert said.counts == "added 0, changed 1, unchanged 23, refused 0"
    school = School.objects.get(urn=118085)
    assert school.name == "Headlands Academy"
    assert "headlands academy" in school.search


def test_a_later_register_renames_an_authority(tmp_path: Path) -> None:
    run("import_schools", REGISTER)
    run("import_schools", changed_register(tmp_path, '"Camden"', '"LB Camden"'))
    assert LocalAuthority.objects.get(code="202").name == "LB Camden"


def test_a_dry_run_reports_and_keeps_nothing() -> None:
    said = run("import_schools", REGISTER, "--dry-run")
    assert "Dry run, nothing was kept" in said.out
    assert said.counts.startswith("added 24")
    assert not School.objects.exists()
    assert not ImportRun.objects.exists()


def test_links_make_one_school_of_an_academy_and_what_it_was() -> None:
    said = run("import_schools", REGISTER, "--links", LINKS)
    assert "are known only from the links" in said.out
    school = School.objects.standing().get(urn=135961)
    assert set(school.establishments.values_list("urn", flat=True)) == {108277, 135961}
    assert school.name == "Outwood Grange Academy"
    assert list(School.objects.standing().matching("108277")) == [school]
    old = Establishment.objects.get(urn=108277)
    assert (old.origin, old.name) == ("link", "Outwood Grange College of Technology")
    assert "14 lines do not say who succeeded whom" not in said.out
    assert "15 lines do not say who succeeded whom" in said.out


def test_links_again_change_nothing() -> None:
    run("import_schools", REGISTER, "--links", LINKS)
    before = list(School.objects.order_by("pk").values())
    said = run("import_links", LINKS)
    assert said.counts.startswith("added 0, changed 0, ")
    assert list(School.objects.order_by("pk").values()) == before


def test_a_member_survives_the_succession() -> None:
    run("import_schools", REGISTER)
    run("import_links", written(Path("one.csv"), *_one_side()))
    member = School.objects.standing().get(urn=108277)
    factories.MembershipFactory.create(
        school=member, role="mentee", joined=date(2003, 9, 1)
    )
    run("import_links", LINKS)
    member.refresh_from_db()
    assert member.urn == 135961
    assert School.objects.filter(continued_by=member).count() == 1


def _one_side() -> tuple[str, list[str]]:
    return (
        "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate",
        ["135961,108277,Outwood Grange College of Technology,Other,"],
    )


def test_what_only_links_knew_is_taken_over_by_a_register(tmp_path: Path) -> None:
    run("import_links", LINKS)
    assert Establishment.objects.get(urn=136463).origin == "link"
    said = run("import_schools", REGISTER)
    assert said.status == 0
    taken_over = Establishment.objects.get(urn=136463)
    assert (taken_over.origin, taken_over.town) == ("register", "Cambridge")
    assert taken_over.school.town == "Cambridge"
    assert School.objects.standing().filter(urn=136463).count() == 1


def test_a_school_that_closes_lets_its_successor_continue_it(tmp_path: Path) -> None:
    opened = changed_register(tmp_path, '"2","Closed"', '"1","Open"')
    run("import_schools", opened, "--links", LINKS)
    assert Establishment.objects.get(urn=107755).school.urn == 107755
    said = run("import_schools", REGISTER)
    assert "1 successions were accepted by the rule." in said.out
    assert Establishment.objects.get(urn=107755).school.urn == 146327


def test_a_file_of_another_kind_is_not_used() -> None:
    said = run("import_schools", LINKS)
    assert said.status == 2
    assert "it lacks the columns EstablishmentName" in said.error
    assert run("import_links", REGISTER).status == 2
    assert not ImportRun.objects.exists()
