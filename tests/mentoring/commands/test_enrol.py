"""The command that enrols a file of schools."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.models import EligibilityException, Event, Membership
from results.models import Measure
from schools.models import ImportRun
from tests.mentoring import bottom_quarter_world as world

TODAY = date(2019, 3, 1)
Enrol = Callable[..., "Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What the command printed, and its exit status."""

    out: str
    error: str
    status: int

    @property
    def last_line(self) -> str:
        return self.out.splitlines()[-1]


@pytest.fixture
def enrol(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Enrol:
    """Return the command, run on lines of a file, in a world with a frozen list."""
    world.build()
    freeze_eligibility(
        measure=Measure.objects.get(pk="P8"), year=world.YEAR, by=None, on=TODAY
    )
    monkeypatch.chdir(tmp_path)

    def run(*lines: str, options: tuple[str, ...] = ()) -> Said:
        path = tmp_path / "schools.csv"
        path.write_text("\n".join(lines) + "\n" if lines else "", encoding="utf-8")
        out, status, error = io.StringIO(), 0, ""
        try:
            call_command("enrol", str(path), "--today=2019-03-01", *options, stdout=out)
        except CommandError as refusal:
            status, error = refusal.returncode, str(refusal)
        return Said(out.getvalue(), error, status)

    return run


HEAD = "urn,role,joined"


def test_schools_join_in_their_roles(enrol: Enrol) -> None:
    said = enrol(HEAD, "100001,mentee,2018-09-01", "100011,Mentor,2018-09-01")
    assert said.status == 0
    assert "added 2, changed 0, unchanged 0, refused 0" in said.last_line
    held = Membership.objects.order_by("school__urn")
    assert list(held.values_list("school__name", "role", "joined")) == [
        ("Ash School", "mentee", date(2018, 9, 1)),
        ("Kiwi School", "mentor", date(2018, 9, 1)),
    ]


def test_the_same_file_again_changes_nothing(enrol: Enrol) -> None:
    lines = (HEAD, "100001,mentee,2018-09-01", "100011,mentor,2018-09-01")
    enrol(*lines)
    events = Event.objects.count()
    said = enrol(*lines)
    assert (said.status, Event.objects.count()) == (0, events)
    assert "added 0, changed 0, unchanged 2, refused 0" in said.last_line


def test_a_last_day_is_taken(enrol: Enrol) -> None:
    enrol(HEAD, "100001,mentee,2018-09-01")
    said = enrol(f"{HEAD},left", "100001,mentee,2018-09-01,2019-07-19")
    assert "added 0, changed 1, unchanged 0, refused 0" in said.last_line
    assert Membership.objects.get().left == date(2019, 7, 19)


def test_a_row_may_say_from_when_to_when(enrol: Enrol) -> None:
    enrol(f"{HEAD},left", "100001,mentee,2016-09-01,2018-07-20")
    held = Membership.objects.get()
    assert (held.joined, held.left) == (date(2016, 9, 1), date(2018, 7, 20))


def test_a_urn_the_school_once_had_finds_it(enrol: Enrol) -> None:
    enrol(HEAD, f"{world.SECOND_URN_OF_ASH},mentee,2018-09-01")
    assert Membership.objects.get().school.name == "Ash School"


def test_urns_are_read_as_people_paste_them(enrol: Enrol) -> None:
    said = enrol(HEAD, " 100001.0 ,mentee,2018-09-01", "100 002,mentee,2018-09-01")
    assert Membership.objects.count() == 2
    assert "1 URN had leading zeros or spaces" in said.out


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("100005,mentee,2018-09-01", "urn", "no frozen list's bottom quarter"),
        ("999999,mentor,2018-09-01", "urn", "no school here has this URN"),
        ("12,mentor,2018-09-01", "urn", "not a URN"),
        ("100001,friend,2018-09-01", "role", "Write mentee or mentor"),
        ("100001,mentee,01/09/2018", "joined", "YYYY-MM-DD"),
        ("100001,mentee,2018-02-30", "joined", "YYYY-MM-DD"),
        ("100001,mentee,0018-09-01", "joined", "YYYY-MM-DD"),
        ("100001,mentee,", "joined", "no date"),
    ],
)
def test_a_bad_row_is_named_with_its_cell_and_what_to_do(
    enrol: Enrol, row: str, column: str, reason: str
) -> None:
    said = enrol(HEAD, "100002,mentee,2018-09-01", row)
    assert said.status == 1
    assert f"Row 3, column {column}: " in said.out
    assert reason in said.out
    assert "added 0, changed 0, unchanged 0, refused 1" in said.last_line
    assert "--good-rows" in said.error
    assert not Membership.objects.exists()
    assert not ImportRun.objects.filter(kind="memberships").exists()


def test_leaving_before_joining_names_the_rule(enrol: Enrol) -> None:
    said = enrol(f"{HEAD},left", "100001,mentee,2018-09-01,2018-08-31")
    assert said.status == 1
    assert "A school cannot leave before it joins" in said.out


def test_a_leaving_that_has_happened_is_not_rewritten(enrol: Enrol) -> None:
    head = f"{HEAD},left"
    enrol(head, "100001,mentee,2016-09-01,2018-07-20")
    said = enrol(head, "100001,mentee,2016-09-01,2018-12-31")
    assert said.status == 1
    assert "Row 2, column left: '2018-12-31' is refused" in said.out
    assert "already left on 20 July 2018" in said.out


def test_columns_that_are_not_read_are_named(enrol: Enrol) -> None:
    said = enrol(f"{HEAD},lef,name", "100001,mentee,2018-09-01,,Ash")
    assert said.status == 0
    assert "These columns are not read: lef, name." in said.out


def test_two_rows_of_one_school_and_role_that_overlap(enrol: Enrol) -> None:
    said = enrol(HEAD, "100001,mentee,2018-09-01", "100017,mentee,2018-10-01")
    assert "Row 3, column joined: '2018-10-01' is refused" in said.out
    assert "already in the programme in this role" in said.out


def test_good_rows_are_kept_where_that_is_asked_for(enrol: Enrol) -> None:
    said = enrol(
        HEAD,
        "100005,mentee,2018-09-01",
        "100001,mentee,2018-09-01",
        options=("--good-rows",),
    )
    assert said.status == 0
    assert "added 1, changed 0, unchanged 0, refused 1" in said.last_line
    assert Membership.objects.get().school.name == "Ash School"
    run = ImportRun.objects.get(kind="memberships")
    assert (run.added, run.refused) == (1, 1)
    assert run.refused_rows[0]["row"] == 2


def test_not_one_good_row_is_a_failure_all_the_same(enrol: Enrol) -> None:
    said = enrol(HEAD, "100005,mentee,2018-09-01", options=("--good-rows",))
    assert said.status == 1
    assert not ImportRun.objects.filter(kind="memberships").exists()


def test_an_exception_lets_mentees_in_and_is_recorded_where_needed(
    enrol: Enrol,
) -> None:
    enrol(
        HEAD,
        "100001,mentee,2018-09-01",
        "100005,mentee,2018-09-01",
        "100011,mentor,2018-09-01",
        options=("--exception=The first wave of 2018.",),
    )
    assert Membership.objects.count() == 3
    exception = EligibilityException.objects.get()
    assert (exception.school.name, exception.why, exception.granted_on) == (
        "Elm School",
        "The first wave of 2018.",
        TODAY,
    )


def test_a_dry_run_reports_and_keeps_nothing(enrol: Enrol) -> None:
    said = enrol(HEAD, "100001,mentee,2018-09-01", options=("--dry-run",))
    assert "Dry run, nothing was kept: added 1" in said.last_line
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), "empty"),
        ((HEAD,), "0 rows"),
        (("urn,rol,joined", "100001,mentee,2018-09-01"), "columns role are missing"),
        (("100001,mentee,2018-09-01",), "The first line must be"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    enrol: Enrol, lines: tuple[str, ...], reason: str
) -> None:
    said = enrol(*lines)
    assert said.status == 2
    assert reason in said.error


def test_the_mended_file_of_refused_rows_can_be_imported(
    enrol: Enrol, tmp_path: Path
) -> None:
    enrol(HEAD, "100001,mentee,01/09/2018")
    refused = (tmp_path / "schools-refused.csv").read_text(encoding="utf-8-sig")
    said = enrol(*refused.replace("01/09/2018", "2018-09-01").splitlines())
    assert "added 1" in said.last_line
