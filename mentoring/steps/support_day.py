"""A support day's states, and who may move one from which state to which.

This table is the only place where a step is allowed: actions ask it, pages offer what
it gives.
"""

from collections.abc import Collection
from enum import Enum, StrEnum
from typing import TypeAlias

from mentoring.steps import step


class State(StrEnum):
    """Where a day of support that was logged stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    QUERIED = "queried"
    VOID = "void"

    @property
    def label(self) -> str:
        """Return the state in a word or two."""
        return {State.WAITING: "To confirm"}.get(self, self.value.capitalize())


COUNTED = (State.WAITING, State.CONFIRMED, State.QUERIED)
"""A day counts as soon as it is logged, until it is void."""

MEANINGS = {
    State.WAITING: "It counts. The other school can confirm or query it.",
    State.CONFIRMED: "It counts, and both schools stand by it.",
    State.QUERIED: "It counts until programme staff have looked into the query.",
    State.VOID: "It does not count. It stays on record with the reason.",
}


class Party(Enum):
    """Who takes a step, in the words people are shown."""

    PROGRAMME = "Programme staff or an administrator"
    OTHER = "The other school's head or delegate"
    LOGGER = "The head or delegate of the school that logged it"
    ASKER = "The head or delegate of the school that queried it"
    CALENDAR = "Nobody: silence"


class Asks(StrEnum):
    """What a step asks for, by the name of its field."""

    REASON = "reason"
    WORDS = "words"
    TAKEN_BACK = "taken_back"


Step: TypeAlias = step.Step[State, Party]

CONFIRM = Step(
    name="confirm",
    verb="Confirm",
    done="confirmed a support day",
    sources=(State.WAITING,),
    target=State.CONFIRMED,
    parties=(Party.OTHER,),
    asks=(Asks.TAKEN_BACK,),
    effect="Both schools stand by the day.",
    is_awaited=True,
)
SILENCE = Step(
    name="silence",
    verb="Confirm by silence",
    done="let silence confirm a support day",
    sources=(State.WAITING,),
    target=State.CONFIRMED,
    parties=(Party.CALENDAR,),
    effect="Nobody has queried the day in time.",
)
QUERY = Step(
    name="query",
    verb="Query",
    done="queried a support day",
    sources=(State.WAITING, State.CONFIRMED),
    target=State.QUERIED,
    parties=(Party.OTHER, Party.LOGGER),
    asks=(Asks.WORDS,),
    must=("The academic year of the day is not closed.",),
    effect="Programme staff look into it, and keep the day, halve it or void it.",
)
WITHDRAW = Step(
    name="withdraw",
    verb="Take the query back",
    done="took back a query of a support day",
    sources=(State.QUERIED,),
    target=State.WAITING,
    parties=(Party.ASKER,),
    effect="Programme staff are asked no more. The day waits to be confirmed again.",
)
KEEP = Step(
    name="keep",
    verb="Keep the day",
    done="kept a queried support day",
    sources=(State.QUERIED,),
    target=State.CONFIRMED,
    parties=(Party.PROGRAMME,),
    asks=(Asks.WORDS,),
    effect="The day stands, and both schools read your answer.",
    is_awaited=True,
)
HALVE = Step(
    name="halve",
    verb="Keep half of it",
    done="halved a queried support day",
    sources=(State.QUERIED,),
    target=State.CONFIRMED,
    parties=(Party.PROGRAMME,),
    asks=(Asks.WORDS,),
    must=("It is a whole day.",),
    effect="Half a day stands, and both schools read your answer.",
)
TAKE_BACK = Step(
    name="take-back",
    verb="Take back",
    done="took back a support day",
    sources=(State.WAITING, State.QUERIED),
    target=State.VOID,
    parties=(Party.LOGGER,),
    asks=(Asks.REASON,),
    effect="The day no longer counts, and can be logged again as it was.",
    is_ending=True,
)
VOID = Step(
    name="void",
    verb="Void the day",
    done="voided a support day",
    sources=COUNTED,
    target=State.VOID,
    parties=(Party.PROGRAMME,),
    asks=(Asks.REASON,),
    effect="The day no longer counts. It stays on record with your reason.",
    is_ending=True,
)
RESTORE = Step(
    name="restore",
    verb="Count it again",
    done="restored a void support day",
    sources=(State.VOID,),
    target=State.CONFIRMED,
    parties=(Party.PROGRAMME,),
    asks=(Asks.WORDS,),
    must=(
        "Nobody has logged the same half of that day since.",
        "The pairing still holds the day.",
    ),
    effect="The day counts again, and both schools read why.",
)

STEPS = (CONFIRM, SILENCE, QUERY, WITHDRAW, KEEP, HALVE, TAKE_BACK, VOID, RESTORE)
BY_NAME = {each.name: each for each in STEPS}


def steps_from(state: State, parties: Collection[Party]) -> tuple[Step, ...]:
    """Return the steps that one of `parties` may take from `state`, as listed."""
    return tuple(
        each for each in STEPS if each.may_follow(state) and each.is_for(parties)
    )
