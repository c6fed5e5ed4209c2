"""What a director sees of pairings: what fell while a school was in the trust."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.models import Pairing
from mentoring.sight import Dates, Sight
from schools.models import Role, School
from tests import factories
from tests.harness.signing_in import sign_in
from tests.mentoring.days_world import World
from tests.mentoring.pairings_world import couple, propose, step
from tests.mentoring.views.words import words

FIRST, LAST = date(2005, 10, 3), date(2006, 8, 31)
BEFORE, WITHIN, AFTER = date(2005, 9, 30), date(2006, 5, 8), date(2006, 9, 4)
LIST = "/pairings/"


@pytest.fixture
def world(db: None) -> World:
    return World()


def director_of(*schools: School, first: date = FIRST, last: date = LAST) -> Role:
    """Return the director of a trust that `schools` were in from FIRST to LAST."""
    trust = factories.TrustFactory.create()
    for school in schools:
        factories.TrustMembershipFactory.create(
            school=school, trust=trust, started=first, ended=last
        )
    return factories.RoleFactory.create(kind=Role.Kind.DIRECTOR, trust=trust)


def browser(role: Role) -> Client:
    client = Client()
    sign_in(client, role.user)
    return client


def row_of(client: Client) -> dict[str, str]:
    """Return the one row of the file of the list."""
    response = client.get(f"{LIST}pairings.csv")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return row


def give(pairing: Pairing, day: date, *, is_whole: bool, way: str = "given") -> None:
    factories.SupportDayFactory.create(
        pairing=pairing, given_on=day, direction=way, second_half=is_whole
    )


def many_days(pairing: Pairing) -> None:
    """Give 3.5 days, 1.5 of them within, and 2 back, 1 of them within."""
    give(pairing, BEFORE, is_whole=True)
    give(pairing, FIRST, is_whole=True)
    give(pairing, LAST, is_whole=False)
    give(pairing, AFTER, is_whole=True)
    give(pairing, WITHIN, is_whole=True, way="back")
    give(pairing, AFTER, is_whole=True, way="back")


def test_a_director_counts_the_days_of_the_trusts_time(world: World) -> None:
    many_days(world.pairing)
    client = browser(director_of(world.mentee.school))
    page = words(client.get(world.pairing.get_absolute_url()))
    assert "1.5 days to Alder Grove School, 1 day back On days on which" in page
    shown = words(client.get(LIST))
    assert "1.5 1 day back" in shown
    assert "3.5" not in page + shown
    row = row_of(client)
    assert (row["days_given"], row["days_back"]) == ("1.5", "1.0")


def test_everybody_else_counts_all_days(world: World) -> None:
    many_days(world.pairing)
    for role in (
        factories.RoleFactory.create(),
        factories.RoleFactory.create(kind="finance"),
        factories.RoleFactory.create(kind="head", school=world.mentor.school),
        factories.RoleFactory.create(kind="delegate", school=world.mentee.school),
    ):
        client = browser(role)
        page = words(client.get(world.pairing.get_absolute_url()))
        assert "3.5 days to Alder Grove School, 2 days back" in page
        assert "in your trust" not in page
        assert "3.5 2 days back" in words(client.get(LIST))
        row = row_of(client)
        assert (row["days_given"], row["days_back"]) == ("3.5", "2.0")


def test_days_that_are_void_count_for_nobody(world: World) -> None:
    give(world.pairing, WITHIN, is_whole=True)
    factories.SupportDayFactory.create(
        pairing=world.pairing,
        given_on=FIRST,
        state="void",
        voided_on=WITHIN,
        why_voided="It was another school.",
    )
    sight = Sight.of(director_of(world.mentee.school))
    assert sight.halves_of(world.pairing) == (2, 0)


def test_a_director_of_both_schools_counts_a_day_once(world: World) -> None:
    many_days(world.pairing)
    sight = Sight.of(director_of(world.mentee.school, world.mentor.school))
    assert sight.halves_of(world.pairing) == (3, 2)
    other = factories.PairingFactory.create()
    assert sight.halves_of(other) == (0, 0)


@pytest.mark.parametrize(("ended", "is_told"), [(LAST, True), (AFTER, False)])
def test_what_an_ending_says_is_of_its_day(
    db: None, ended: date, *, is_told: bool
) -> None:
    factories.ProgrammeFactory.create(demo_today=date(2006, 11, 20))
    pairing = factories.PairingFactory.create(
        ended=ended, reason="It moved away.", handover="Ask the bursar.", again="unsure"
    )
    told = ("It moved away.", "Ask the bursar.", "Not sure")
    officer = browser(factories.RoleFactory.create())
    client = browser(director_of(pairing.mentee.school))
    for reader, reads in ((officer, True), (client, is_told)):
        page = words(reader.get(pairing.get_absolute_url()))
        assert [text in page for text in told] == [reads] * 3
        row = row_of(reader)
        found = (row["reason"], row["again"])
        assert found == (("It moved away.", "unsure") if reads else ("", ""))


def test_words_are_of_the_day_they_were_said(db: None) -> None:
    factories.ProgrammeFactory.create(demo_today=date(2006, 11, 20))
    mentor, mentee = couple()
    client = browser(director_of(mentor.school, first=AFTER, last=date(2006, 9, 8)))

    def reads(pairing: Pairing) -> list[bool]:
        page = words(client.get(pairing.get_absolute_url()))
        return [text in page for text in ("Before it", "While in it", "After it")]

    area = factories.AreaFactory.create()
    factories.OfferFactory.create(mentor=mentor, area=area)
    pairing = propose(
        mentor, mentee, area=area, words="Before it", on=LAST, started=AFTER
    )
    assert reads(pairing) == [False, False, False]
    pairing = step(pairing, "ask", words="While in it", on=AFTER)
    assert reads(pairing) == [False, True, False]
    pairing = step(pairing, "tell", words="After it", on=date(2006, 9, 11))
    # What was asked is history, of a day that is the director's.
    assert reads(pairing) == [False, True, False]
    assert "Asked or told last" not in words(client.get(pairing.get_absolute_url()))


def test_history_is_of_the_trusts_time(world: World) -> None:
    for day, verb in (
        (BEFORE, "began a pairing"),
        (FIRST, "paused a pairing"),
        (AFTER, "resumed a pairing"),
    ):
        event = factories.EventFactory.create(
            verb=verb,
            noun="mentoring.pairing",
            noun_id=world.pairing.pk,
            happened_on=day,
        )
        factories.EventReasonFactory.create(event=event, text=f"Since {verb}.")
    path = world.pairing.get_absolute_url()
    client = browser(director_of(world.mentee.school))
    page = words(client.get(path))
    assert "Why: Since paused a pairing." in page
    assert "Since began" not in page
    assert "Since resumed" not in page
    assert "Since resumed" in words(browser(factories.RoleFactory.create()).get(path))


def query(pairing: Pairing, asked: date, answered: date | None = None) -> None:
    factories.PairingQueryFactory.create(
        pairing=pairing,
        asked_on=asked,
        words=f"Asked on {asked}, answered on {answered}",
        answered_on=answered,
        answer=f"Told on {answered}" if answered else "",
    )


def test_queries_and_their_answers_are_of_their_days(world: World) -> None:
    query(world.pairing, BEFORE, WITHIN)
    query(world.pairing, FIRST, WITHIN)
    query(world.pairing, LAST, AFTER)
    query(world.pairing, WITHIN)
    path = world.pairing.get_absolute_url()
    page = words(browser(director_of(world.mentee.school)).get(path))
    assert str(BEFORE) not in page
    assert f"Asked on {FIRST}, answered on {WITHIN}" in page
    assert f"Told on {WITHIN}" in page
    assert f"Asked on {LAST}" in page
    assert f"Told on {AFTER}" not in page
    assert page.count("What became of it is not shown to your role.") == 1
    assert page.count("Programme staff have not answered yet.") == 1
    page = words(browser(factories.RoleFactory.create()).get(path))
    assert f"Told on {AFTER}" in page
    assert f"Asked on {BEFORE}" in page


def test_a_time_without_a_known_beginning_or_an_end_is_open() -> None:
    dates = Dates({1: [(date.min, LAST)], 2: [(FIRST, date.max)], 3: []})
    assert dates.hold(BEFORE, 1)
    assert not dates.hold(AFTER, 1)
    assert dates.hold(AFTER, 1, 2)
    assert not dates.hold(BEFORE, 2, 3)
    assert not dates.hold(WITHIN, 4)
    assert Dates().hold(BEFORE, 4)


def test_the_dates_of_a_trust_are_of_its_schools(world: World) -> None:
    role = director_of(world.mentee.school)
    factories.TrustMembershipFactory.create(
        school=world.mentor.school, trust=role.trust, started=None
    )
    factories.TrustMembershipFactory.create()
    assert Dates.of(role).spans == {
        world.mentee.school_id: [(FIRST, LAST)],
        world.mentor.school_id: [(date.min, date.max)],
    }


def test_a_directors_pages_cost_the_same_however_many_rows(world: World) -> None:
    client = browser(director_of(world.mentee.school))

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def fill(rows: int) -> None:
        for _ in range(rows):
            more: dict[str, Any] = {"mentor": world.mentor, "mentee": world.mentee}
            give(factories.PairingFactory.create(**more), WITHIN, is_whole=True)
            give(world.pairing, WITHIN, is_whole=True)
            query(world.pairing, FIRST, WITHIN)

    paths = (LIST, world.pairing.get_absolute_url())
    fill(1)
    before = [cost(path) for path in paths]
    fill(29)
    assert [cost(path) for path in paths] == before
    assert max(before) <= 15
