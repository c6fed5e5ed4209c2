"""A person decides, and takes it back: everything is as it was before."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.decide_succession import (
    Decision,
    decide_succession,
    undo_decision,
)
from mentoring.models import Event
from schools.actions.decide_successions import decide_successions
from schools.models import Establishment, School, SchoolPredecessor, Succession, User
from tests import factories
from tests.schools.actions.test_decide_successions import A, B, C, take_in

ON = date(2018, 9, 3)
State = Succession.State


@pytest.fixture
def officer(db: None) -> User:
    return factories.UserFactory.create()


def everything() -> list[object]:
    """Return all that a decision may move."""
    return [
        list(Establishment.objects.order_by("urn").values_list("urn", "school")),
        list(School.objects.order_by("pk").values()),
        list(SchoolPredecessor.objects.values_list("school", "predecessor")),
    ]


def decide(officer: User, state: State, *links: Succession, why: str = "Seen") -> None:
    decide_succession(
        successions=links, decision=Decision(state, why), by=officer, on=ON
    )


def undo(officer: User, succession: Succession, why: str = "A slip") -> None:
    undo_decision(succession=succession, reason=why, by=officer, on=ON)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.MERGER, State.SPLIT])
def test_a_decision_is_recorded_and_can_be_taken_back(
    state: State, officer: User, tmp_path: Path
) -> None:
    take_in(tmp_path, f"{A}>{B} Successor_-_merged 01-09-2010")
    before = everything()
    (succession,) = Succession.objects.with_ends()
    decide(officer, state, succession)
    assert everything() != before
    succession.refresh_from_db()
    assert (succession.state, succession.decided_by) == (state, officer)
    undo(officer, succession)
    assert everything() == before
    assert (succession.state, succession.doubt) == ("waiting", "undone")
    verbs = Event.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-1] == "undid a decision"
    assert set(Event.objects.values_list("who", flat=True)) == {officer.pk}


def test_different_schools_need_a_reason(officer: User, tmp_path: Path) -> None:
    take_in(tmp_path, f"{A}>{B} Successor_-_merged 01-09-2010")
    (succession,) = Succession.objects.with_ends()
    with pytest.raises(ValidationError, match="Say why these are different"):
        decide(officer, State.APART, succession, why="")
    decide(officer, State.APART, succession, why="Another town")
    assert School.objects.standing().count() == 2


def test_what_the_rule_accepted_can_be_taken_back_and_stays_back(
    officer: User, tmp_path: Path
) -> None:
    take_in(tmp_path, f"{A}>{B} Successor 01-09-2010")
    (succession,) = Succession.objects.with_ends()
    assert succession.state == State.ACCEPTED
    undo(officer, succession)
    assert School.objects.standing().count() == 2
    assert School.objects.get(urn=A).continued_by is None
    # The rule does not decide again what a person took back.
    decide_successions(in_programme=set(), at=factories.A_MOMENT)
    assert School.objects.standing().count() == 2


def test_a_decision_that_another_rests_on_is_not_taken_back(
    officer: User, tmp_path: Path
) -> None:
    take_in(tmp_path, f"{A}>{B} Successor 01-09-2010", f"{B}>{C} Successor 01-09-2012")
    first, second = Succession.objects.with_ends().order_by("link__date")
    with pytest.raises(ValidationError, match=rf"\({B}\) became .*\({C}\)"):
        undo(officer, first)
    before = everything()
    assert School.objects.standing().count() == 1
    undo(officer, second)
    undo(officer, first)
    assert School.objects.standing().count() == 3
    assert everything() != before


def test_the_surviving_mentee_gets_its_own_name_back(
    officer: User, tmp_path: Path
) -> None:
    take_in(tmp_path, f"{A}>{B} Successor_-_merged 01-09-2010")
    mentee = School.objects.get(urn=A)
    factories.MembershipFactory.create(school=mentee)
    before = everything()
    (succession,) = Succession.objects.with_ends()
    decide(officer, State.ACCEPTED, succession)
    mentee.refresh_from_db()
    assert mentee.urn == B
    undo(officer, succession)
    assert everything() == before


def test_of_several_predecessors_only_one_goes_on(
    officer: User, tmp_path: Path
) -> None:
    take_in(tmp_path, f"{A}>{C} Successor 01-09-2010", f"{B}>{C} Successor 01-09-2010")
    links = list(Succession.objects.with_ends())
    assert len({each.case for each in links}) == 1
    with pytest.raises(ValidationError, match="Only one school can go on"):
        decide(officer, State.ACCEPTED, *links)
    decide(officer, State.MERGER, *links)
    merged = School.objects.get(urn=C)
    assert {row.predecessor.urn for row in merged.predecessors.all()} == {A, B}
    assert School.objects.standing().count() == 3


def test_it_is_decided_once(officer: User, tmp_path: Path) -> None:
    take_in(tmp_path, f"{A}>{B} Successor_-_merged 01-09-2010")
    (succession,) = Succession.objects.with_ends()
    decide(officer, State.MERGER, succession)
    with pytest.raises(ValidationError, match="already decided: merger"):
        decide(officer, State.ACCEPTED, succession)
    with pytest.raises(ValidationError, match="Say why the decision"):
        undo(officer, succession, why="")


def test_a_predecessor_of_two_urns_stays_while_one_of_them_states_it(
    officer: User, tmp_path: Path
) -> None:
    take_in(
        tmp_path,
        f"{A}>{B} Successor_-_merged 01-09-2008",
        f"{A}>{C} Successor_-_merged 01-09-2010",
        f"{B}>{C} Successor_-_merged 01-09-2011",
    )
    joins, first, second = Succession.objects.with_ends().order_by("link__date")
    decide(officer, State.ACCEPTED, joins)
    before = everything()
    decide(officer, State.MERGER, first, second)
    recorded = SchoolPredecessor.objects.get()
    assert recorded.succession == first
    undo(officer, first)
    recorded.refresh_from_db()
    assert (recorded.succession, recorded.date) == (second, date(2011, 9, 1))
    undo(officer, second)
    assert everything() == before
