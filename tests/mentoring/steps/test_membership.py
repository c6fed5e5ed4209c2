"""The table of steps, held to what it was agreed to be."""

import pytest

from mentoring.steps.membership import (
    BY_DONE,
    BY_NAME,
    MEANINGS,
    STEPS,
    Party,
    State,
    step_between,
    steps_from,
)

BOTH = (Party.PROGRAMME, Party.SCHOOL)
OPEN_TO_STAFF = {
    State.INVITED: {"accept", "decline", "call-off", "undo"},
    State.ACTIVE: {"pause", "complete", "withdraw", "correct", "undo"},
    State.PAUSED: {"resume", "complete", "withdraw", "correct", "undo"},
    State.DECLINED: {"undo"},
    State.WITHDRAWN: {"correct", "undo"},
    State.COMPLETED: {"correct", "undo"},
}
TARGETS = {
    "invite": State.INVITED,
    "enrol": State.ACTIVE,
    "accept": State.ACTIVE,
    "decline": State.DECLINED,
    "call-off": State.WITHDRAWN,
    "pause": State.PAUSED,
    "resume": State.ACTIVE,
    "complete": State.COMPLETED,
    "withdraw": State.WITHDRAWN,
    "correct": None,
    "undo": None,
}


@pytest.mark.parametrize("state", State)
def test_staff_may_take_these_steps_and_no_others(state: State) -> None:
    steps = steps_from(state, (Party.PROGRAMME,), has_joined=True)
    assert {step.name for step in steps} == OPEN_TO_STAFF[state]


@pytest.mark.parametrize("state", State)
def test_a_head_answers_an_invitation_and_moves_nothing_else(state: State) -> None:
    steps = steps_from(state, (Party.SCHOOL,), has_joined=True)
    answers = {"accept", "decline"} if state == State.INVITED else set()
    assert {step.name for step in steps} == answers


@pytest.mark.parametrize("state", State)
def test_whoever_is_no_party_may_do_nothing(state: State) -> None:
    assert steps_from(state, (), has_joined=True) == ()


def test_there_are_no_dates_to_correct_where_a_school_never_joined() -> None:
    steps = steps_from(State.WITHDRAWN, (Party.PROGRAMME,), has_joined=False)
    assert [step.name for step in steps] == ["undo"]


def test_every_step_leads_where_it_should() -> None:
    assert {name: step.target for name, step in BY_NAME.items()} == TARGETS


def test_between_two_states_there_is_the_step_a_file_may_take() -> None:
    found = step_between(State.PAUSED, State.COMPLETED, has_joined=True)
    assert found is BY_NAME["complete"]
    assert step_between(State.DECLINED, State.ACTIVE, has_joined=False) is None


def test_names_and_records_are_each_one_steps_own() -> None:
    assert len(BY_NAME) == len(BY_DONE) == len(STEPS)
    assert all(len(step.done) <= 40 for step in STEPS)


def test_every_state_and_step_is_explained() -> None:
    assert set(MEANINGS) == set(State)
    assert all(step.effect.endswith(".") and step.must for step in STEPS)
    assert all(step.parties and set(step.parties) <= set(BOTH) for step in STEPS)
