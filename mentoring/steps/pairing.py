"""A pairing's states, and who may move one from which state to which.

This table is the only place where a step is allowed: actions ask it, pages offer what
it gives, and it is itself shown to people.
"""

from collections.abc import Collection
from enum import Enum, StrEnum
from typing import TypeAlias

from mentoring.steps import step


class State(StrEnum):
    """Where help from one mentor school to one mentee school stands."""

    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    PAUSED = "paused"
    DECLINED = "declined"
    EXPIRED = "expired"
    CALLED_OFF = "called off"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """Return the state in a word or two."""
        return {State.ASKED: "More asked for"}.get(self, self.value.capitalize())


TAKES_A_PLACE = (
    *(State.PROPOSED, State.ASKED, State.ACCEPTED, State.ACTIVE, State.PAUSED),
)
"""A mentor keeps a place for the mentee: from the proposal, so that whoever is asked
can also accept."""

UNANSWERED = (State.PROPOSED, State.ASKED)
REFUSED = (State.DECLINED, State.EXPIRED)
"""The mentor said no, or nothing in time: somebody else is to be found."""

HELPED = (State.ACTIVE, State.PAUSED, State.ENDED)
"""Help was given, or is to be: support days belong to these."""

HOLDS_DAYS = (*TAKES_A_PLACE, State.ENDED)
"""Its days are its own: no other pairing of the couple and area shares one."""

NEEDS_REASON = (State.PAUSED, State.DECLINED, State.CALLED_OFF, State.ENDED)

MEANINGS = {
    State.PROPOSED: "The mentor's head is asked, and a place is kept meanwhile.",
    State.ASKED: (
        "The mentor's head wants to know more before answering. The time to answer "
        "rests until programme staff have told."
    ),
    State.ACCEPTED: "The mentor has said yes; help begins on the first day.",
    State.ACTIVE: "Help is given, and support days are logged.",
    State.PAUSED: "Help rests for now. The mentor's place is kept.",
    State.DECLINED: "The mentor said no. The place is free again.",
    State.EXPIRED: "Nobody answered in time. The place is free again.",
    State.CALLED_OFF: "Programme staff took it back before it began.",
    State.ENDED: "Help was given and is over. The days given stay on record.",
}


class Party(Enum):
    """Who takes a step, in the words people are shown."""

    PROGRAMME = "Programme staff or an administrator"
    MENTOR = "The head of the mentor school"
    CALENDAR = "Nobody: it happens on its day"


class Asks(StrEnum):
    """What a step asks for, by the name of its field."""

    AREA = "area"
    STARTED = "started"
    DAYS = "planned_days"
    ENDED = "ended"
    DAY = "day"
    REASON = "reason"
    WORDS = "words"
    HANDOVER = "handover"
    AGAIN = "again"
    MENTOR = "mentor"


Step: TypeAlias = step.Step[State, Party]

PROGRAMME, BOTH = (Party.PROGRAMME,), (Party.PROGRAMME, Party.MENTOR)
CLOCK = (Party.PROGRAMME, Party.CALENDAR)

ROOM = "The mentor has a place free, or this mentee has one of its places already."
INSIDE = "The pairing lies inside the time of both schools in the programme."
ONE_AT_A_TIME = (
    "The two schools have no other pairing for the area on those days, and the mentee "
    "no other lead mentor."
)
NOT_AHEAD = "The day is not before the present state began, and not after today."
SAYS_WHY = "A reason is given, without anybody's name."

PROPOSE = Step(
    name="propose",
    verb="Propose",
    done="proposed a pairing",
    sources=(),
    target=State.PROPOSED,
    parties=PROGRAMME,
    asks=(Asks.MENTOR, Asks.AREA, Asks.STARTED, Asks.DAYS, Asks.WORDS),
    must=(
        "Both schools are in the programme, and are two.",
        *(INSIDE, ROOM, ONE_AT_A_TIME),
    ),
    effect=(
        "The mentor's head is asked, and has the working days of term that the "
        "programme gives to answer. A place is kept meanwhile."
    ),
)
ACCEPT = Step(
    name="accept",
    verb="Accept",
    done="accepted a pairing",
    sources=UNANSWERED,
    target=State.ACCEPTED,
    parties=BOTH,
    effect="Help begins on the first day, or at once where that has come.",
    is_awaited=True,
)
DECLINE = Step(
    name="decline",
    verb="Decline",
    done="declined a pairing",
    sources=UNANSWERED,
    target=State.DECLINED,
    parties=BOTH,
    asks=(Asks.REASON,),
    must=(SAYS_WHY,),
    effect="The place is free again, and programme staff look for another mentor.",
    is_ending=True,
)
ASK = Step(
    name="ask",
    verb="Tell me more",
    done="asked for more about a pairing",
    sources=(State.PROPOSED,),
    target=State.ASKED,
    parties=(Party.MENTOR,),
    asks=(Asks.WORDS,),
    effect="Programme staff are asked; the time to answer rests until they have told.",
)
TELL = Step(
    name="tell",
    verb="Answer",
    done="told more about a pairing",
    sources=(State.ASKED,),
    target=State.PROPOSED,
    parties=PROGRAMME,
    asks=(Asks.WORDS,),
    effect="The mentor's head has the whole time to answer again.",
    is_awaited=True,
)
EXPIRE = Step(
    name="expire",
    verb="Let it expire",
    done="let a proposal expire",
    sources=(State.PROPOSED,),
    target=State.EXPIRED,
    parties=(Party.CALENDAR,),
    must=("The last day to answer is over.",),
    effect="The place is free again, and programme staff look for another mentor.",
)
CALL_OFF = Step(
    name="call-off",
    verb="Call off",
    done="called off a pairing",
    sources=(*UNANSWERED, State.ACCEPTED),
    target=State.CALLED_OFF,
    parties=PROGRAMME,
    asks=(Asks.REASON,),
    must=(SAYS_WHY,),
    effect="It never begins, and the place is free again.",
    is_ending=True,
)
CHANGE = Step(
    name="change",
    verb="Change",
    done="changed a pairing",
    sources=(*UNANSWERED, State.ACCEPTED),
    target=None,
    parties=PROGRAMME,
    asks=(Asks.AREA, Asks.STARTED, Asks.DAYS),
    must=("It has not begun.", INSIDE, ONE_AT_A_TIME),
    effect="What has not begun is put right. What has begun is ended and begun anew.",
)
BEGIN = Step(
    name="begin",
    verb="Begin",
    done="began a pairing",
    sources=(State.ACCEPTED,),
    target=State.ACTIVE,
    parties=CLOCK,
    must=("Its first day has come.",),
    effect="Support days can be logged.",
    is_awaited=True,
)
PAUSE = Step(
    name="pause",
    verb="Pause",
    done="paused a pairing",
    sources=(State.ACTIVE,),
    target=State.PAUSED,
    parties=PROGRAMME,
    asks=(Asks.DAY, Asks.REASON),
    must=(NOT_AHEAD, SAYS_WHY),
    effect="Help rests. The mentor's place is kept for the mentee.",
)
RESUME = Step(
    name="resume",
    verb="Resume",
    done="resumed a pairing",
    sources=(State.PAUSED,),
    target=State.ACTIVE,
    parties=PROGRAMME,
    asks=(Asks.DAY,),
    must=(NOT_AHEAD,),
    effect="Help goes on from that day. The pause stays on record.",
    is_awaited=True,
)
END = Step(
    name="end",
    verb="End",
    done="ended a pairing",
    sources=(State.ACTIVE, State.PAUSED, State.ENDED),
    target=State.ENDED,
    parties=PROGRAMME,
    asks=(Asks.ENDED, Asks.REASON, Asks.HANDOVER, Asks.AGAIN),
    must=(
        "The last day is not before the first, nor before a day of support given.",
        "Of one that has ended, the last day still lies ahead: another is set.",
        SAYS_WHY,
    ),
    effect=(
        "The place is free for another mentee at once; help goes on to the last day, "
        "and every day given stays on record."
    ),
    is_ending=True,
)
REFER = Step(
    name="refer",
    verb="Refer to another mentor",
    done="referred a need",
    sources=(*TAKES_A_PLACE,),
    target=None,
    parties=BOTH,
    asks=(Asks.MENTOR, Asks.AREA, Asks.STARTED, Asks.WORDS),
    must=("The other mentor offers the area.", ROOM, ONE_AT_A_TIME),
    effect="The other mentor's head is asked; the chain stays visible on both.",
)
UNDO = Step(
    name="undo",
    verb="Undo the last step",
    done="took back a step of a pairing",
    sources=tuple(State),
    target=None,
    parties=PROGRAMME,
    asks=(Asks.REASON,),
    must=(
        "There is a step that has not been taken back, and nothing changed after it.",
        ROOM,
        ONE_AT_A_TIME,
        SAYS_WHY,
    ),
    effect="Everything goes back to what it was before the last step.",
)

STEPS = (
    *(PROPOSE, ACCEPT, DECLINE, ASK, TELL, EXPIRE, CALL_OFF, CHANGE, BEGIN),
    *(PAUSE, RESUME, END, REFER, UNDO),
)
BY_NAME = {each.name: each for each in STEPS}
BY_DONE = {each.done: each for each in STEPS}
MOVES = tuple(each for each in STEPS if each.sources)
"""The steps of a pairing that is there."""


def steps_from(state: State, parties: Collection[Party]) -> tuple[Step, ...]:
    """Return the steps that one of `parties` may take from `state`, as listed."""
    return tuple(
        each for each in MOVES if each.may_follow(state) and each.is_for(parties)
    )
