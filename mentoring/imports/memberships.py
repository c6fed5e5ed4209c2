"""Reads a file of memberships, and enrols its schools.

The header is `urn,role,joined`, with `left`, `state` and `reason` or without; dates
are YYYY-MM-DD. Without a state it is as the dates have it. A URN that a school once
had finds the school.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mentoring.actions.enrol_school import Effect, enrol_schools
from mentoring.enrolling import Enrolment
from mentoring.models import EligibilityException, Membership
from mentoring.steps.membership import CALLED_OFF, State
from schools.imports import cells
from schools.imports.cells import CellError
from schools.imports.changes import Watch
from schools.imports.outcome import Outcome, close_run, open_run
from schools.imports.table_file import (
    REFUSED_COLUMNS,
    FileRefusedError,
    Refusal,
    TableFile,
)
from schools.models import Establishment, ImportRun, School, User
from schools.naming import counted

NEEDED = ("urn", "role", "joined")
OPTIONAL = ("left", "state", "reason")
LAYOUT = "memberships"
EXCEPTION = ("school_id", "why", "until")
MEMBERSHIP = ("school_id", "role", "state", "since", "joined", "left", "reason")
LONGEST_REASON = 200
NEVER_JOINED = (State.INVITED, State.DECLINED, State.WITHDRAWN)
"""States that a school can be in without a first day."""
EARLIEST, LATEST = 1900, 2100
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One usable line of the file."""

    line: int
    urn: int
    role: str
    joined: date | None
    left: date | None
    state: State | None = None
    reason: str = ""

    def cell(self, column: str) -> str:
        """Return what the row has in `column`, as it was understood."""
        value = getattr(self, column, None)
        return "" if value is None else str(value)


def read_memberships(file: TableFile) -> list[Row]:
    """Return the rows that can be read; the others are in `file.refused`.

    Raises FileRefusedError where the file is no file of memberships.
    """
    missing = [column for column in NEEDED if column not in file.header]
    if missing:
        raise FileRefusedError(
            f"The columns {', '.join(missing)} are missing. The first line must be "
            "urn,role,joined; left, state and reason may follow."
        )
    places = {
        column: file.index_of(column)
        for column in (*NEEDED, *OPTIONAL)
        if column in file.header
    }
    _note_unread(file)
    rows: list[Row] = []
    interpreted = 0
    for line, found in file.rows(NEEDED):
        texts = {
            column: found[at] if at < len(found) else ""
            for column, at in places.items()
        }
        try:
            urn, is_interpreted = _in("urn", cells.urn, texts)
            role = _in("role", _role, texts)
            state = _in("state", _state, texts)
            first = _day if state in NEVER_JOINED else _needed_day
            if _is_called_off(texts):
                first = _no_day
            joined = _in("joined", first, texts)
            left = _in("left", _day, texts)
            reason = _in("reason", _reason, texts)
        except CellError as error:
            file.refused.append(
                Refusal(line, error.column, error.value, error.reason, error.advice)
            )
            continue
        interpreted += is_interpreted
        rows.append(Row(line, urn, role, joined, left, state, reason))
    if not rows and not file.refused:
        raise FileRefusedError("The file has a header and 0 rows. Put schools in.")
    if interpreted:
        file.notes.append(
            counted(
                interpreted,
                "URN had leading zeros or spaces between its figures, which were "
                "dropped.",
                "URNs had leading zeros or spaces between their figures, which were "
                "dropped.",
            )
        )
    return rows


def apply_memberships(
    file: TableFile,
    rows: list[Row],
    *,
    why: str = "",
    is_partial: bool = False,
    by: User | None = None,
    on: date,
) -> Outcome:
    """Enrol the schools of `rows`, and work out the figures; call it in a transaction.

    `why` lets in mentees on no frozen list. Where a row is refused nothing is kept,
    unless `is_partial`.
    """
    run = open_run(file, ImportRun.Kind.MEMBERSHIPS, LAYOUT, by=by)
    outcome = Outcome(ImportRun.Kind.MEMBERSHIPS, LAYOUT, "memberships")
    outcome.refusals, outcome.notes = file.refused, file.notes
    schools = _schools(rows)
    known = [row for row in rows if row.urn in schools]
    outcome.refusals += [_unknown(row) for row in rows if row.urn not in schools]
    touched = [each.pk for each in schools.values()]
    watched = [
        Watch(EligibilityException.objects.filter(school__in=touched), EXCEPTION),
        Watch(Membership.objects.filter(school__in=touched), MEMBERSHIP),
    ]
    done = enrol_schools(
        enrolments=[_enrolment(row, schools[row.urn], why) for row in known],
        is_partial=is_partial,
        by=by,
        on=on,
    )
    for row, effect in zip(known, done.effects, strict=True):
        _count(outcome, row, effect)
    for each in watched:
        each.record(run)
    close_run(run, outcome)
    return outcome


def _enrolment(row: Row, school: School, why: str) -> Enrolment:
    """Return what a row asks for its school."""
    return Enrolment(
        school,
        row.role,
        row.joined,
        row.left,
        why,
        state=row.state,
        reason=row.reason,
    )


def _count(outcome: Outcome, row: Row, effect: Effect | ValidationError) -> None:
    """Add to the outcome what came of a row."""
    if isinstance(effect, ValidationError):
        outcome.refusals.append(_refusal(row, effect))
        return
    outcome.added += effect is Effect.ADDED
    outcome.changed += effect is Effect.CHANGED
    outcome.unchanged += effect is Effect.UNCHANGED


def _schools(rows: list[Row]) -> dict[int, School]:
    """Return the school behind each URN that is known."""
    lines = Establishment.objects.filter(urn__in={row.urn for row in rows})
    found = lines.select_related("school__continued_by")
    return {each.urn: each.school for each in found}


def _note_unread(file: TableFile) -> None:
    unread = set(file.header) - {*NEEDED, *OPTIONAL, *REFUSED_COLUMNS, ""}
    if unread:
        file.notes.append(f"These columns are not read: {', '.join(sorted(unread))}.")


def _in(column: str, read: Callable[[str], Any], texts: dict[str, str]) -> Any:
    try:
        return read(texts.get(column, ""))
    except CellError as error:
        error.column = column
        raise


def _role(text: str) -> str:
    role = text.strip(cells.SPACES).casefold()
    if role not in Membership.Role.values:
        raise CellError("not a role", "Write mentee or mentor.", text)
    return role


def _is_called_off(texts: dict[str, str]) -> bool:
    return texts.get("state", "").strip(cells.SPACES).casefold() == CALLED_OFF


def _no_day(text: str) -> None:
    if text.strip(cells.SPACES):
        raise CellError(
            "a first day, though it was called off",
            "Leave it empty, or write withdrawn.",
            text,
        )


def _state(text: str) -> State | None:
    state = text.strip(cells.SPACES).casefold()
    if not state:
        return None
    if state == CALLED_OFF:
        return State.WITHDRAWN
    if state not in set(State):
        raise CellError("not a state", f"Write {', '.join(State)}, or nothing.", text)
    return State(state)


def _reason(text: str) -> str:
    reason = text.strip(cells.SPACES)
    if len(reason) > LONGEST_REASON:
        raise CellError("too long", f"Use {LONGEST_REASON} characters or fewer.", text)
    return reason


def _day(text: str) -> date | None:
    trimmed = text.strip(cells.SPACES)
    if not trimmed:
        return None
    match = _DAY.fullmatch(trimmed)
    try:
        if match and EARLIEST <= int(match[1]) <= LATEST:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise CellError(
        "not a date", "Write the date as YYYY-MM-DD, such as 2006-09-01.", text
    )


def _needed_day(text: str) -> date:
    day = _day(text)
    if day is None:
        raise CellError("no date", "Put the school's first day in the programme.", text)
    return day


def _unknown(row: Row) -> Refusal:
    return Refusal(
        row.line,
        "urn",
        str(row.urn),
        "no school here has this URN",
        "Check the URN, or import the register or the links that have it.",
    )


def _refusal(row: Row, error: ValidationError) -> Refusal:
    """Return a rule's sentence as a refused cell."""
    sentence = " ".join(error.messages).removesuffix(".")
    if hasattr(error, "error_dict"):
        column = next(iter(error.error_dict))
        column = "joined" if column == NON_FIELD_ERRORS else column
        advice = "Correct the row's dates and role, or take it out."
    elif error.code == "not_entitled":
        column, sentence = "urn", "the school is in no frozen list's bottom quarter"
        advice = "Freeze a list that has it, or give the reason with --exception."
    elif error.code in {"state", "not_from_here"}:
        column, advice = "state", "Put the state that is recorded, or one it leads to."
    else:
        column, advice = "left", "Put the last day that is recorded, or none."
    return Refusal(row.line, column, row.cell(column), sentence, advice)
