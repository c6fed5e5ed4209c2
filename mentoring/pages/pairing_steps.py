"""The steps of a pairing in words: what each asks, and the table of them all."""

from mentoring.models import Pairing
from mentoring.pages.membership import StepRow
from mentoring.pages.pairing import RECORDED
from mentoring.pages.parts import day_words
from mentoring.pairing_history import came_with_the_yes, events_of, standing_of
from mentoring.steps.pairing import STEPS, UNDO, Step


def step_title(pairing: Pairing, step: Step) -> str:
    """Return what a step's page asks."""
    couple = f"{pairing.mentor.school} and {pairing.mentee.school}"
    asked = {
        "accept": f"Will {pairing.mentor.school} help {pairing.mentee.school}?",
        "decline": f"Decline to help {pairing.mentee.school}?",
        "ask": f"What do you want to know about {pairing.mentee.school}?",
        "tell": f"Answer {pairing.mentor.school}",
        "call-off": f"Call off the pairing of {couple}?",
        "change": f"Change the pairing of {couple}",
        "begin": f"Begin the pairing of {couple}?",
        "pause": f"Pause the pairing of {couple}?",
        "resume": f"Resume the pairing of {couple}?",
        "end": f"End the pairing of {couple}?",
        "refer": f"Refer a need of {pairing.mentee.school} to another mentor",
        "undo": f"Take back the last step of the pairing of {couple}?",
    }
    return asked[step.name]


def undo_title(pairing: Pairing) -> str:
    """Return what is asked before the last step of `pairing` is taken back."""
    standing = standing_of(events_of(pairing))
    if not standing:
        return step_title(pairing, UNDO)
    last = standing[-2] if came_with_the_yes(standing) else standing[-1]
    said = f"{RECORDED[last.verb]} on {day_words(last.happened_on)}"
    return f"Take back “{said}” of {pairing.mentor.school} and {pairing.mentee.school}?"


def step_rows() -> list[StepRow]:
    """Return the table of steps as people read it."""
    return [
        StepRow(
            verb=step.verb,
            sources=", ".join(state.label for state in step.sources) or "No pairing",
            target=step.target.label if step.target else stays_words(step),
            parties=[party.value for party in step.parties],
            must=step.must,
            effect=step.effect,
        )
        for step in STEPS
    ]


def stays_words(step: Step) -> str:
    """Return where a step without a state of its own leads."""
    return "What it was before" if step == UNDO else "The same"
