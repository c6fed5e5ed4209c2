"""Reads the register's trusts and which schools are in them: GIAS's two files.

Both are full extracts: a trust's school that the second does not list has left.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from schools.imports import cells
from schools.imports.cells import CellError, Read
from schools.imports.register import check_columns
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.models import Trust
from schools.naming import counted

GROUPS = (
    *("Group UID", "Group ID", "Group Name", "Companies House Number"),
    *("Group Type", "Closed Date", "Open date", "Incorporated on (open date)"),
)
MEMBERS = ("URN", "Group UID", "Joined date")
KINDS = {kind.label: kind.value for kind in Trust.Kind}
UNKNOWN_DAY = date(1900, 1, 1)
COMPANY_FIGURES = 8


@dataclass(frozen=True, slots=True)
class Group:
    """A trust as the file has it, in the order of `Trust`'s columns."""

    uid: int
    name: str
    kind: str
    reference: str
    company: str
    opened: date | None
    closed: date | None


@dataclass(slots=True)
class Groups:
    """Trusts by their number; groups of other kinds are counted and set aside."""

    groups: dict[int, Group] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Members:
    """The day on which a URN joined a trust, None for unknown, by both numbers."""

    joined: dict[tuple[int, int], date | None] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_groups(file: TableFile) -> Groups:
    """Return the trusts of `file`. Raises FileRefusedError where it is no such file."""
    check_columns(file, list(GROUPS), "the register's file of groups")
    found = Groups(refused=file.refused, notes=file.notes)
    pick = itemgetter(*(file.index_of(column) for column in GROUPS))
    name = cells.words(200)
    others = backwards = 0
    for line, row in file.rows(GROUPS):
        uid, reference, text, company, kind, closed, opened, incorporated = pick(row)
        if kind.strip() not in KINDS:
            others += 1
            continue
        try:
            group = Group(
                uid=_number(uid, "Group UID"),
                name=_read("Group Name", name, text) or f"Group {uid}",
                kind=KINDS[kind.strip()],
                reference=_read("Group ID", cells.words(100), reference),
                company=_company(company),
                opened=_day("Open date", opened)
                or _day("Incorporated on (open date)", incorporated),
                closed=_day("Closed Date", closed),
            )
        except CellError as error:
            found.refused.append(_refusal(line, error))
            continue
        if group.opened and group.closed and group.closed < group.opened:
            backwards += 1
            group = replace(group, opened=None)
        found.groups[group.uid] = group
    if not found.groups:
        raise FileRefusedError("The file has 0 rows of trusts. Fetch it again.")
    if others:
        found.notes.append(
            counted(
                others,
                "group that is no trust was set aside.",
                "groups that are no trusts were set aside.",
            )
        )
    if backwards:
        found.notes.append(
            counted(
                backwards,
                "trust closes before it opens",
                "trusts close before they open",
            )
            + ", as the file has it: the day of opening is taken as not known."
        )
    return found


def is_members(file: TableFile) -> bool:
    """Return whether `file` says which schools are in trusts."""
    return set(MEMBERS) <= set(file.header)


def read_members(file: TableFile) -> Members:
    """Return who is in which trust. Raises FileRefusedError for another file."""
    check_columns(file, list(MEMBERS), "the register's file of group links")
    found = Members(refused=file.refused, notes=file.notes)
    pick = itemgetter(*(file.index_of(column) for column in MEMBERS))
    days = Read("Joined date", cells.day)
    for line, row in file.rows(MEMBERS):
        urn, uid, joined = pick(row)
        try:
            key = (cells.urn(urn)[0], _number(uid, "Group UID"))
            day = days[joined]
        except CellError as error:
            found.refused.append(_refusal(line, error))
            continue
        found.joined[key] = None if day == UNKNOWN_DAY else day
    if not (found.joined or found.refused):
        raise FileRefusedError("The file has 0 rows of schools. Fetch it again.")
    return found


def _read(column: str, parse: Callable[[str], str], text: str) -> str:
    try:
        return parse(text)
    except CellError as error:
        error.column = column
        raise


def _day(column: str, text: str) -> date | None:
    try:
        day = cells.day(text)
    except CellError as error:
        error.column = column
        raise
    return None if day == UNKNOWN_DAY else day


def _number(text: str, column: str) -> int:
    try:
        number = cells.whole(text)
    except CellError as error:
        error.column = column
        raise
    if number is None:
        raise CellError("no number", "Put the group's number.", text, column)
    return number


def _company(text: str) -> str:
    """Return a company number with the zeros a spreadsheet took; empty for none.

    Numbers of some kinds of company start with letters and keep all their characters.
    """
    trimmed = text.strip().removesuffix(".0")
    if trimmed.isdecimal():
        return trimmed.zfill(COMPANY_FIGURES)
    if len(trimmed) > COMPANY_FIGURES:
        raise CellError(
            "not a company number, which has eight characters",
            "Put the publisher's, or nothing.",
            text[:60],
            "Companies House Number",
        )
    return trimmed


def _refusal(line: int, error: CellError) -> Refusal:
    return Refusal(line, error.column, error.value, error.reason, error.advice)
