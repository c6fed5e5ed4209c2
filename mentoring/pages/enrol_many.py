"""Enrolling many schools in words: who is entitled, and what each would get."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mentoring.actions.enrol_together import Outcome, Terms
from mentoring.models import EnrolmentSet, Membership
from mentoring.pages.parts import day_words
from mentoring.steps.membership import State
from schools.models import School


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school that was ticked: a word with its sign, and a sentence."""

    school: School
    word: str
    tag: str
    sentence: str


def schools_words(count: int) -> str:
    """Return "1 school" or "743 schools"."""
    return "1 school" if count == 1 else f"{count:,} schools"


def entitled_lines(
    schools: Sequence[School], entitled: Collection[int]
) -> list[SchoolLine]:
    """Return which of the ticked schools may be mentees, and why the others not."""
    return [
        SchoolLine(school, "Entitled", "good", "May join as a mentee or as a mentor.")
        if school.pk in entitled
        else SchoolLine(
            school,
            "Not entitled",
            "attention",
            "In the bottom quarter on no frozen list. It may join as a mentor, or as "
            "a mentee if it is let in for a reason.",
        )
        for school in schools
    ]


def outcome_lines(outcomes: Sequence[Outcome], terms: Terms) -> list[SchoolLine]:
    """Return what each school would get on these terms."""
    return [outcome_line(each, terms) for each in outcomes]


def outcome_line(outcome: Outcome, terms: Terms) -> SchoolLine:
    """Return what one school would get."""
    school, role = outcome.school, Membership.Role(terms.role).label.lower()
    if outcome.is_in_already:
        said = f"It is in the programme or invited as a {role}, and stays as it is."
        return SchoolLine(school, "Already in", "waiting", said)
    if outcome.refusal:
        return SchoolLine(school, "Left out", "refused", outcome.refusal)
    said = (
        f"Will be invited as a {role}."
        if terms.state == State.INVITED or terms.joined is None
        else f"Will be a {role} from {day_words(terms.joined)}."
    )
    if outcome.is_let_in:
        said += " It is let in by an exception."
    return SchoolLine(school, "Added", "good", said)


def preview_words(outcomes: Sequence[Outcome], terms: Terms) -> str:
    """Return how many schools would come in, and how many not."""
    counts = Counter(
        "in" if each.is_added else "held" if each.is_in_already else "out"
        for each in outcomes
    )
    verb = "invited" if terms.state == State.INVITED else "enrolled"
    said = f"{schools_words(counts['in'])} will be {verb}"
    if counts["held"]:
        said += (
            f", {counts['held']:,} {'is' if counts['held'] == 1 else 'are'} already in"
        )
    if counts["out"]:
        said += f", {counts['out']:,} left out"
    return said


def set_words(made: EnrolmentSet, count: int, standing: int) -> str:
    """Return what came of a set that was confirmed."""
    if not standing and count:
        return (
            f"{schools_words(count)} enrolled or invited together; all were moved since"
        )
    return f"{schools_words(count)} of {made.asked:,} enrolled or invited together"
