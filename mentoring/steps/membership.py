"""A membership's states, and who may move one from which state to which.

This table is the only place where a step is allowed: actions ask it, pages offer what
it gives, and it is itself shown to people.
"""

from collections.abc import Collection
from enum import Enum, StrEnum
from typing import TypeAlias

from mentoring.steps import step


class State(StrEnum):
    """Where a school's membership stands."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"

    @property
    def label(self) -> str:
        """Return the state in a word."""
        return self.value.capitalize()


OPEN = (State.INVITED, State.ACTIVE, State.PAUSED)
"""A school has at most one of these in a role."""

IN_IT = (State.ACTIVE, State.PAUSED)
"""The school is in the programme: it helps, or is helped."""

CALLED_OFF = "called off"
"""What one that was withdrawn before it joined is shown as."""

NEEDS_REASON = (State.PAUSED, State.DECLINED, State.WITHDRAWN)

MEANINGS = {
    State.INVITED: "Asked to join. It counts in no figure until it accepts.",
    State.ACTIVE: "In the programme.",
    State.PAUSED: "In the programme, and counted, but support rests for now.",
    State.DECLINED: "Said no. It never counts in a figure.",
    State.WITHDRAWN: (
        "Left before its time was up. A school that joined stays in the programme's "
        "average; one whose invitation or entry was called off is shown as called "
        "off, and never counts."
    ),
    State.COMPLETED: "Saw its time through. It stays in the programme's average.",
}


class Party(Enum):
    """Who takes a step, in the words people are shown."""

    PROGRAMME = "Programme staff or an administrator"
    SCHOOL = "The head of the school itself"


class Asks(StrEnum):
    """What a step asks for, by the name of its field."""

    JOINED = "joined"
    LEFT = "left"
    DAY = "day"
    REASON = "reason"


Step: TypeAlias = step.Step[State, Party]

PROGRAMME, BOTH = (Party.PROGRAMME,), (Party.PROGRAMME, Party.SCHOOL)

ENTITLED = (
    "A mentee is in the bottom quarter on a frozen list, or let in by an exception "
    "that holds that day."
)
FIRST_DAY = "The first day is in 1988 or later, and at most a year ahead."
NOT_AHEAD = "The day is not before the present state began, and not after today."
LAST_DAY = (
    "The last day is not before the present state began, and at most five years ahead."
)
SAYS_WHY = "A reason is given, without anybody's name."
ONE_OPEN = "The school is not already invited or in the programme in that role."

INVITE = Step(
    name="invite",
    verb="Invite",
    done="invited a school",
    sources=(),
    target=State.INVITED,
    parties=PROGRAMME,
    must=(ONE_OPEN, ENTITLED),
    effect="The school's head can accept or decline. Nothing is counted until then.",
)
ENROL = Step(
    name="enrol",
    verb="Enrol",
    done="enrolled a school",
    sources=(),
    target=State.ACTIVE,
    parties=PROGRAMME,
    asks=(Asks.JOINED,),
    must=(ONE_OPEN, ENTITLED, FIRST_DAY),
    effect="The school is in the programme from its first day.",
)
ACCEPT = Step(
    name="accept",
    verb="Accept",
    done="accepted an invitation",
    sources=(State.INVITED,),
    target=State.ACTIVE,
    parties=BOTH,
    asks=(Asks.JOINED,),
    must=(ENTITLED, FIRST_DAY),
    effect="The school is in the programme from the first day given.",
    is_awaited=True,
)
DECLINE = Step(
    name="decline",
    verb="Decline",
    done="declined an invitation",
    sources=(State.INVITED,),
    target=State.DECLINED,
    parties=BOTH,
    asks=(Asks.REASON,),
    must=(SAYS_WHY,),
    effect="The school does not join and never counts. It can be invited again.",
    is_ending=True,
)
CALL_OFF = Step(
    name="call-off",
    verb="Call off the invitation",
    done="called off an invitation",
    sources=(State.INVITED,),
    target=State.WITHDRAWN,
    parties=PROGRAMME,
    asks=(Asks.REASON,),
    must=(SAYS_WHY,),
    effect="The school can no longer accept. It counts in no figure.",
    is_ending=True,
)
PAUSE = Step(
    name="pause",
    verb="Pause",
    done="paused a membership",
    sources=(State.ACTIVE,),
    target=State.PAUSED,
    parties=PROGRAMME,
    asks=(Asks.DAY, Asks.REASON),
    must=(NOT_AHEAD, SAYS_WHY),
    effect="The school stays in the programme and its figures while support rests.",
)
RESUME = Step(
    name="resume",
    verb="Resume",
    done="resumed a membership",
    sources=(State.PAUSED,),
    target=State.ACTIVE,
    parties=PROGRAMME,
    asks=(Asks.DAY,),
    must=(NOT_AHEAD,),
    effect="Support goes on from that day. The pause stays on record.",
    is_awaited=True,
)
COMPLETE = Step(
    name="complete",
    verb="Complete",
    done="completed a membership",
    sources=(State.ACTIVE, State.PAUSED),
    target=State.COMPLETED,
    parties=PROGRAMME,
    asks=(Asks.LEFT,),
    must=(LAST_DAY,),
    effect=(
        "The school has seen its time through. Nothing is deleted: a mentee stays in "
        "the programme's average."
    ),
)
WITHDRAW = Step(
    name="withdraw",
    verb="Withdraw",
    done="ended a membership",
    sources=(State.ACTIVE, State.PAUSED),
    target=State.WITHDRAWN,
    parties=PROGRAMME,
    asks=(Asks.LEFT, Asks.REASON),
    must=(LAST_DAY, SAYS_WHY),
    effect=(
        "The school leaves after its last day. Nothing is deleted: a mentee stays in "
        "the programme's average, as everyone who joined to be helped is counted."
    ),
    is_ending=True,
)
CORRECT = Step(
    name="correct",
    verb="Correct the dates",
    done="corrected a membership's dates",
    sources=(State.ACTIVE, State.PAUSED, State.COMPLETED, State.WITHDRAWN),
    target=None,
    parties=PROGRAMME,
    asks=(Asks.JOINED, Asks.LEFT, Asks.REASON),
    must=(
        "The school joined: there are dates to correct.",
        FIRST_DAY,
        "The last day, if there is one, is not before the first.",
        SAYS_WHY,
    ),
    effect="The dates are put right and the figures worked out again.",
    needs_dates=True,
)
UNDO = Step(
    name="undo",
    verb="Undo the last step",
    done="took back a step",
    sources=tuple(State),
    target=None,
    parties=PROGRAMME,
    asks=(Asks.REASON,),
    must=(
        "There is a step that has not been taken back, and nothing changed after it.",
        "No other membership of the school in that role stands in the way.",
        SAYS_WHY,
    ),
    effect=(
        "Everything goes back to what it was before the last step. Taking back an "
        "entry calls it off, so that it never counts."
    ),
)

ENDS = (COMPLETE, WITHDRAW)
"""What ends a school's time, and its pairings with it where asked to."""

STEPS = (
    *(INVITE, ENROL, ACCEPT, DECLINE, CALL_OFF, PAUSE, RESUME, COMPLETE, WITHDRAW),
    *(CORRECT, UNDO),
)
BY_NAME = {each.name: each for each in STEPS}
BY_DONE = {each.done: each for each in STEPS}
MOVES = tuple(each for each in STEPS if each.sources)
"""The steps of a membership that is there."""

STARTS = tuple(each for each in STEPS if not each.sources)


def steps_from(
    state: State, parties: Collection[Party], *, has_joined: bool
) -> tuple[Step, ...]:
    """Return the steps that one of `parties` may take from `state`, as listed."""
    return tuple(
        each
        for each in MOVES
        if each.may_follow(state, has_joined=has_joined) and each.is_for(parties)
    )


def step_between(before: State, after: State, *, has_joined: bool) -> Step | None:
    """Return the step from one state to another; None where no step leads there."""
    for each in MOVES:
        if each.target == after and each.may_follow(before, has_joined=has_joined):
            return each
    return None
