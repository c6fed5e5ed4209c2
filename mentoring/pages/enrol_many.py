"""Enrolling many schools in words: who is entitled, and what each would get."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True, slots=True)
class SetLine:
    """Schools that came in together: which, when, by whom, and what can be undone."""

    name: str
    url: str
    came_in: str
    made_on: date
    who: str
    standing: str


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


def preview_lede(terms: Terms) -> str:
    """Return what confirming comes to, and that nothing is done before it."""
    if terms.state == State.INVITED:
        return (
            "Nothing has been done yet. Each head is asked and accepts or declines; "
            "until then the school counts nowhere."
        )
    return (
        "Nothing has been done yet. Schools that have not agreed are invited instead: "
        "change the terms."
    )


def set_words(made: EnrolmentSet, count: int, standing: int) -> str:
    """Return what came of a set that was confirmed."""
    if not standing and count:
        came = f"{schools_words(count)} came in together"
        return f"{came}; all were moved or taken back since"
    return f"{schools_words(count)} of {made.asked:,} invited or enrolled together"


def sets_words(count: int) -> str:
    """Return how many sets there are, as the title of their list."""
    if not count:
        return "No schools have been invited or enrolled together"
    sets = "set" if count == 1 else "sets"
    return f"{count:,} {sets} of schools invited or enrolled together"


def set_line(made: Any) -> SetLine:
    """Return one set in words, from a row `with_schools`; its first school names it."""
    others = made.came_in - 1
    named = made.first_name or "No school"
    return SetLine(
        name=f"{named} and {others:,} other{'' if others == 1 else 's'}"
        if others > 0
        else named,
        url=made.get_absolute_url(),
        came_in=f"{made.came_in:,} of {schools_words(made.asked)} chosen",
        made_on=made.made_on,
        who=str(made.made_by or "a command"),
        standing=standing_words(made.came_in, made.standing),
    )


def standing_words(came_in: int, standing: int) -> str:
    """Return how many of a set can still be taken back with it."""
    if not standing:
        return "None; each was moved or taken back since"
    if standing == came_in:
        return "All" if came_in > 1 else "Yes"
    return f"{standing:,}; the others were moved since"
