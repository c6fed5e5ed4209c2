"""The table of steps of a support day, held to what it was agreed to be."""

import pytest

from mentoring.steps.support_day import (
    BY_NAME,
    MEANINGS,
    STEPS,
    Party,
    State,
    steps_from,
)

OPEN_TO = {
    Party.PROGRAMME: {
        State.WAITING: {"void"},
        State.CONFIRMED: {"void"},
        State.QUERIED: {"keep", "halve", "void"},
        State.VOID: {"restore"},
    },
    Party.OTHER: {
        State.WAITING: {"confirm", "query"},
        State.CONFIRMED: {"query"},
        State.QUERIED: set(),
        State.VOID: set(),
    },
    Party.LOGGER: {
        State.WAITING: {"query", "take-back"},
        State.CONFIRMED: {"query"},
        State.QUERIED: {"take-back"},
        State.VOID: set(),
    },
    Party.ASKER: {
        State.WAITING: set(),
        State.CONFIRMED: set(),
        State.QUERIED: {"withdraw"},
        State.VOID: set(),
    },
    Party.CALENDAR: {
        State.WAITING: {"silence"},
        State.CONFIRMED: set(),
        State.QUERIED: set(),
        State.VOID: set(),
    },
}


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("state", State)
def test_each_may_take_these_steps_and_no_others(party: Party, state: State) -> None:
    found = {step.name for step in steps_from(state, (party,))}
    assert found == OPEN_TO[party][state]


def test_whoever_is_no_party_may_do_nothing() -> None:
    assert all(steps_from(state, ()) == () for state in State)


def test_each_step_has_a_name_and_a_record_of_its_own() -> None:
    assert len(BY_NAME) == len(STEPS) == len({step.done for step in STEPS})
    assert max(len(step.done) for step in STEPS) <= 40
    assert set(MEANINGS) == set(State)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("confirm", State.CONFIRMED),
        ("silence", State.CONFIRMED),
        ("query", State.QUERIED),
        ("withdraw", State.WAITING),
        ("keep", State.CONFIRMED),
        ("take-back", State.VOID),
        ("void", State.VOID),
        ("halve", State.CONFIRMED),
        ("restore", State.CONFIRMED),
    ],
)
def test_where_a_step_leads(name: str, target: State) -> None:
    assert BY_NAME[name].target == target
