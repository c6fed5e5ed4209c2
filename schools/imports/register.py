"""Reads the register of schools: GIAS's full extract, `edubasealldata`.

Only the columns named here are read. The personal ones (heads' names, telephones)
never leave the file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from schools.imports import cells
from schools.imports.cells import CellError, Read
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.imports.type_groups import type_group
from schools.naming import counted

COLUMNS: dict[str, Callable[[str], Any]] = {
    "EstablishmentName": cells.words(200),
    "LA (code)": cells.words(3),
    "EstablishmentNumber": cells.words(4),
    "TypeOfEstablishment (name)": cells.words(100),
    "EstablishmentTypeGroup (name)": cells.words(100),
    "PhaseOfEducation (name)": cells.words(40),
    "EstablishmentStatus (name)": cells.words(40),
    "OpenDate": cells.day,
    "CloseDate": cells.day,
    "StatutoryLowAge": cells.whole,
    "StatutoryHighAge": cells.whole,
    "NumberOfPupils": cells.whole,
    "PercentageFSM": cells.percentage,
    "Town": cells.words(100),
    "Postcode": cells.words(10),
    "Easting": cells.whole,
    "Northing": cells.whole,
    "LA (name)": cells.words(100),
    "GOR (name)": cells.words(60),
}
FIELDS = (
    *("name", "authority", "number", "type_name", "type_group", "phase"),
    *("status", "opened", "closed", "low_age", "high_age", "pupils", "percent_fsm"),
    *("town", "postcode", "easting", "northing"),
)
FOR_SCHOOLS = tuple(
    FIELDS.index(name)
    for name in (
        *("name", "town", "authority", "phase", "type_group", "status"),
        *("postcode", "number"),
    )
)
"""Where a line holds what its school copies, in the order of `NewSchool`."""

OLDEST_AGE = 99

Line = tuple[Any, ...]
"""The values of FIELDS, in their order."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority as the register names it."""

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Register:
    """The register: its lines by URN, and the authorities they name by code."""

    lines: dict[int, Line]
    authorities: dict[str, Authority]
    refused: list[Refusal]
    notes: list[str] = field(default_factory=list)


def read_register(file: TableFile) -> Register:
    """Return what `file` says. Raises FileRefusedError where it is no register."""
    needed = ["URN", *COLUMNS]
    check_columns(file, needed, "the register of schools (edubasealldata)")
    pick = itemgetter(*(file.index_of(column) for column in COLUMNS))
    urn_at = file.index_of("URN")
    readers = [Read(column, parse) for column, parse in COLUMNS.items()]
    lines: dict[int, Line] = {}
    at: dict[int, int] = {}
    authorities: dict[str, Authority] = {}
    kept = _Duplicates(file, lines, at)
    for number, row in file.rows(needed):
        try:
            urn, was_interpreted = cells.urn(row[urn_at])
            values = [read[text] for read, text in zip(readers, pick(row), strict=True)]
            line = _line(values)
        except CellError as error:
            file.refused.append(
                Refusal(number, error.column, error.value, error.reason, error.advice)
            )
            continue
        if was_interpreted:
            file.notes.append(f"Line {number}: URN {row[urn_at]!r} read as {urn}.")
        if urn in at:
            kept.met_again(urn, number, line)
            continue
        at[urn] = number
        lines[urn] = line
        if values[1] and values[1] not in authorities:
            name = values[17] or f"Authority {values[1]}"
            authorities[values[1]] = Authority(name, values[18])
    kept.settle()
    if not lines and not file.refused:
        raise FileRefusedError("The file has 0 rows. Fetch the register again.")
    return Register(lines, authorities, file.refused, file.notes)


def _line(values: list[Any]) -> Line:
    """Return the values of FIELDS from those of COLUMNS."""
    name, code, number, type_name, group, phase, status, opened, closed, low, high = (
        values[:11]
    )
    if not name:
        raise CellError("empty", "Put the school's name.", "", "EstablishmentName")
    if opened is not None and closed is not None and closed < opened:
        raise CellError(
            "before the school opened",
            "Correct OpenDate or CloseDate.",
            _shown(closed),
            "CloseDate",
        )
    for column, age in (("StatutoryLowAge", low), ("StatutoryHighAge", high)):
        if age is not None and age > OLDEST_AGE:
            raise CellError("not an age", "Put it in years.", str(age), column)
    kind = type_group(group, type_name)
    return (
        *(name, code or None, number, type_name, kind, phase, status),
        *(opened, closed, low, high),
        *values[11:17],
    )


def _shown(day: date) -> str:
    return day.strftime("%d-%m-%Y")


class _Duplicates:
    """Rows whose URN came before: the same again is ignored, another refuses both."""

    def __init__(
        self, file: TableFile, lines: dict[int, Line], at: dict[int, int]
    ) -> None:
        self.file = file
        self.lines = lines
        self.at = at
        self.ignored = 0
        self.conflicts: dict[int, list[int]] = {}

    def met_again(self, urn: int, number: int, line: Line) -> None:
        """Take note of a further row of `urn`."""
        if self.lines[urn] == line:
            self.ignored += 1
        else:
            self.conflicts.setdefault(urn, [self.at[urn]]).append(number)

    def settle(self) -> None:
        """Refuse every row of a URN that has two, and say how many were ignored."""
        for urn, numbers in self.conflicts.items():
            del self.lines[urn]
            self.file.refused += two_rows(urn, numbers)
        if self.ignored:
            self.file.notes.append(
                counted(
                    self.ignored,
                    "duplicate row was ignored.",
                    "duplicate rows were ignored.",
                )
            )


def two_rows(urn: int, numbers: list[int], column: str = "URN") -> list[Refusal]:
    """Return the refusals of rows of one URN that say different things."""
    where = " and ".join(map(str, numbers))
    return [
        Refusal(
            number,
            column,
            str(urn),
            f"rows {where} are of one URN and differ",
            "Keep the right one.",
        )
        for number in numbers
    ]


def check_columns(file: TableFile, needed: list[str], what: str) -> None:
    """Raise FileRefusedError unless `file` has the columns `needed`."""
    missing = [column for column in needed if column not in file.header]
    if missing:
        found = ", ".join(file.header[:20])
        raise FileRefusedError(
            f"This is not {what}: it lacks the columns {', '.join(missing)}. It has "
            f"{found}{' ...' if len(file.header) > 20 else ''}. "  # noqa: PLR2004 -- enough to recognise a file by
            "Choose the right file."
        )
