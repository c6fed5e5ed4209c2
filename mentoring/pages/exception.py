"""Exceptions in words: whether one holds, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.models import EligibilityException, Event
from mentoring.pages.parts import day_words


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: the day, what, and by whom (empty: not to be seen)."""

    day: str
    words: str
    who: str


def until_words(exception: EligibilityException) -> str:
    """Return until when it holds, or held."""
    if exception.ended_on is not None:
        return f"Ended on {day_words(exception.ended_on)}"
    if exception.until is None:
        return "No end"
    return day_words(exception.until)


def state_words(exception: EligibilityException, on: date) -> str:
    """Return whether it holds on `on`."""
    if exception.is_live_on(on):
        return "Holds"
    return "Ended" if exception.ended_on is not None else "Lapsed"


def exception_title(exception: EligibilityException, on: date) -> str:
    """Return what the exception does today, as the page's title."""
    school = exception.school
    if not exception.is_live_on(on):
        return f"{school} was let in by an exception that holds no longer"
    if exception.until is None:
        return f"{school} may join as a mentee by an exception"
    return f"{school} may join as a mentee until {day_words(exception.until)}"


def history(
    exception: EligibilityException, events: Iterable[Event], *, with_people: bool
) -> Sequence[Step]:
    """Return what happened to an exception, the first first."""
    granted = f"Granted, {_until(exception_first_until(exception, events))}"
    steps = [
        _step(exception.granted_on, granted, exception.granted_by, shown=with_people)
    ]
    for event in events:
        if event.verb == "changed an exception":
            words = f"Last day changed: {_until(event.changes['until'][1])}"
        elif event.verb == "ended an exception":
            words = "Ended early"
        else:
            continue
        steps.append(_step(event.happened_on, words, event.who, shown=with_people))
    return steps


def exception_first_until(
    exception: EligibilityException, events: Iterable[Event]
) -> str | None:
    """Return the last day it was granted with, ISO 8601, before any change."""
    for event in events:
        if event.verb == "changed an exception":
            before: str | None = event.changes["until"][0]
            return before
    return exception.until.isoformat() if exception.until else None


def _until(day: str | None) -> str:
    return f"until {day_words(date.fromisoformat(day))}" if day else "without an end"


def _step(day: date, words: str, who: object, *, shown: bool) -> Step:
    name = str(who or "a command") if shown else ""
    return Step(day_words(day), words, name)
