"""A file that says in which state each membership stands."""

from datetime import date

import pytest
from django.core.management import call_command

from mentoring.models import Event, EventReason, Membership
from schools.models import ImportRun
from tests.mentoring.commands.test_enrol import Enrol, enrol

__all__ = ["enrol"]  # the fixture: the command, in a world with a frozen list

HEAD = "urn,role,joined,left,state,reason"
EVERY_STATE = (
    "100001,mentee,,,invited,",
    "100002,mentee,2018-09-01,,active,",
    "100003,mentee,2018-09-01,,paused,The head is ill",
    "100004,mentee,,,declined,Not now",
    "100009,mentor,2018-09-01,2018-12-20,withdrawn,It merged",
    "100010,mentor,2017-09-01,2018-07-20,completed,",
    "100011,mentor,,,withdrawn,A slip",
)
STATES = [
    "invited",
    "active",
    "paused",
    "declined",
    "withdrawn",
    "completed",
    "withdrawn",
]


def states() -> list[str]:
    rows = Membership.objects.order_by("school__urn")
    return list(rows.values_list("state", flat=True))


def test_a_row_may_be_in_any_state(enrol: Enrol) -> None:
    said = enrol(HEAD, *EVERY_STATE)
    assert "added 7, changed 0, unchanged 0, refused 0" in said.last_line
    assert states() == STATES
    assert Membership.objects.get(school__urn=100003).reason == "The head is ill"
    assert EventReason.objects.count() == 4
    assert Event.objects.filter(noun="mentoring.membership").count() == 7


def test_the_same_states_again_change_nothing(enrol: Enrol) -> None:
    enrol(HEAD, *EVERY_STATE)
    events = Event.objects.count()
    said = enrol(HEAD, *EVERY_STATE)
    assert "added 0, changed 0, unchanged 7, refused 0" in said.last_line
    assert Event.objects.count() == events


def test_without_a_state_it_is_as_the_dates_have_it(enrol: Enrol) -> None:
    enrol(
        "urn,role,joined,left",
        "100009,mentor,2018-09-01,",
        "100010,mentor,2017-09-01,2018-07-20",
    )
    assert states() == ["active", "withdrawn"]
    assert Membership.objects.get(state="withdrawn").reason == "No reason was given."


def test_a_file_takes_the_step_that_leads_to_its_state(enrol: Enrol) -> None:
    enrol(HEAD, "100001,mentee,,,invited,", "100009,mentor,2018-09-01,,active,")
    said = enrol(
        HEAD,
        "100001,mentee,2019-01-07,,active,",
        "100009,mentor,2018-09-01,2019-02-28,completed,",
    )
    assert "added 0, changed 2, unchanged 0, refused 0" in said.last_line
    assert states() == ["active", "completed"]
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"accepted an invitation", "completed a membership"} <= verbs


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("100001,mentee,2018-09-01,,resting,", "state", "not a state"),
        ("100001,mentee,2018-09-01,,invited,", "joined", "has no first or last day"),
        ("100001,mentee,,,active,", "joined", "no date"),
        ("100001,mentee,2018-09-01,,completed,", "joined", "a first and a last day"),
        (f"100001,mentee,2018-09-01,,paused,{'x' * 201}", "reason", "too long"),
        ("100010,mentor,2017-09-01,2018-07-20,active,", "state", "No step leads"),
    ],
)
def test_a_state_that_cannot_be_is_named_with_its_cell(
    enrol: Enrol, row: str, column: str, reason: str
) -> None:
    enrol(HEAD, *EVERY_STATE[5:6])
    said = enrol(HEAD, row)
    assert f"Row 2, column {column}: " in said.out
    assert reason in said.out
    assert states() == ["completed"]


def test_undoing_an_import_puts_states_back(enrol: Enrol) -> None:
    enrol(HEAD, "100009,mentor,2018-09-01,,active,")
    enrol(HEAD, "100009,mentor,2018-09-01,2019-02-28,completed,", EVERY_STATE[0])
    assert states() == ["invited", "completed"]
    call_command("undo_import", str(ImportRun.objects.latest("pk").pk))
    held = Membership.objects.get()
    assert (held.state, held.since, held.left) == ("active", date(2018, 9, 1), None)


def test_called_off_is_read_as_the_list_writes_it(enrol: Enrol) -> None:
    enrol(HEAD, "100001,mentor,,,called off,A slip")
    (row,) = Membership.objects.all()
    assert (row.state, row.joined, row.shown_state) == ("withdrawn", None, "Called off")
    said = enrol(HEAD, "100002,mentor,2018-09-01,,called off,A slip")
    assert Membership.objects.count() == 1
    assert "though it was called off" in said.out + said.error
