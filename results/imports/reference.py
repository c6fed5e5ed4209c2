"""Read the reference data that ships with the project: measures, breaks, England.

Pure readers from a CSV file in UTF-8 to frozen dataclasses; England's figures also
from any table that somebody sends. The first thing that is
wrong raises `ReferenceDataError`, whose sentence names the file, row, column and
value and says what to do; row 1 is the header.
"""

import csv
import io
import math
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, get_args

from results.figures.breaks import Applies, Break, Kind
from results.figures.figure import Basis, NationalFigure, Release
from schools.imports.table_file import TableFile

POPULATIONS = ("15-year-olds", "end of KS4")
COVERAGES = ("all schools", "state-funded", "maintained")
CONFIDENCES = ("high", "medium", "low")

Parsed = TypeVar("Parsed")
Word = TypeVar("Word", bound=str)


class ReferenceDataError(ValueError):
    """A reference file that cannot be used as it stands."""


class Unit(StrEnum):
    """What a measure is counted in."""

    PER_CENT = "per cent"
    POINTS = "points"
    SCORE = "score"


class Family(StrEnum):
    """What kind of measure it is."""

    THRESHOLD = "threshold"
    ATTAINMENT = "attainment"
    VALUE_ADDED = "value_added"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure: published from `first_year` to `last_year` (None: still).

    A value lies from `minimum` to `maximum` in `unit` and is shown with `decimals`.
    From `headline_from` to `headline_to` it is England's usual headline; both None
    when it never was, the second None when it still is.
    """

    code: str
    name: str
    short_name: str
    unit: Unit
    family: Family
    first_year: int
    last_year: int | None
    minimum: float
    maximum: float
    decimals: int
    headline_from: int | None
    headline_to: int | None
    description: str


@dataclass(frozen=True, slots=True)
class NationalRow:
    """England's figure with where it was found and how sure it is.

    `confidence` is high, medium or low; `note` is empty when there is nothing to add.
    """

    figure: NationalFigure
    source: str
    confidence: str
    note: str


MEASURES = [field.name for field in fields(MeasureRow)]
BREAKS = [field.name for field in fields(Break)]
NATIONAL = [
    *("year", "measure", "value", "population", "coverage"),
    *("release", "basis", "source", "confidence", "note"),
]
WITH_STATUS = [
    *("year", "measure", "value", "population", "coverage"),
    *("status", "source", "confidence", "note"),
]
"""A layout that has one word, the status, for release and basis together."""


def read_measures(path: Path) -> tuple[MeasureRow, ...]:
    """Return the measures of `path` in file order. Raises ReferenceDataError."""
    return tuple(_read(path, MEASURES, _measure, lambda row: row.code))


def read_breaks(path: Path) -> tuple[Break, ...]:
    """Return the breaks of `path` in file order. Raises ReferenceDataError."""
    return tuple(_read(path, BREAKS, _break, lambda row: (row.year, row.name)))


def read_national(path: Path) -> tuple[NationalRow, ...]:
    """Return England's figures of `path` in file order. Raises ReferenceDataError."""
    return tuple(_read(path, NATIONAL, _national, _national_key))


def read_national_table(file: TableFile) -> tuple[NationalRow, ...]:
    """Return England's figures of a table that somebody sends, in file order.

    Its columns are those of NATIONAL or of WITH_STATUS, in any order. Raises
    ReferenceDataError.
    """
    columns = WITH_STATUS if "status" in file.header else NATIONAL
    missing = [column for column in columns if column not in file.header]
    if missing:
        raise ReferenceDataError(
            f"The columns {', '.join(missing)} are missing. A file of national figures "
            f"has {','.join(NATIONAL)}."
        )
    return tuple(_once(_table_rows(file, columns), _national, _national_key))


def _national_key(row: NationalRow) -> Hashable:
    each = row.figure
    kind = (each.measure, each.population, each.coverage)
    return each.year, kind, each.release, each.basis


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a file, which knows where it stands."""

    place: str
    cells: dict[str, str]

    def refuse(self, column: str, wanted: str) -> ReferenceDataError:
        return ReferenceDataError(
            f"{self.place}, column {column}: {self.cells[column]!r} is not {wanted}. "
            "Correct the cell and read the file again."
        )

    def text(self, column: str) -> str:
        if not self.cells[column]:
            raise self.refuse(column, "filled in")
        return self.cells[column]

    def number(self, column: str) -> float:
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.refuse(column, "a number")
        return value

    def whole(self, column: str) -> int:
        if not self.cells[column].isdecimal():
            raise self.refuse(column, "a whole number")
        return int(self.cells[column])

    def year(self, column: str) -> int:
        year = self.whole(column)
        if not 1988 <= year <= 2100:  # noqa: PLR2004 - GCSEs were first sat in 1988
            raise self.refuse(column, "the year of a summer of GCSEs")
        return year

    def year_or_none(self, column: str) -> int | None:
        return self.year(column) if self.cells[column] else None

    def one_of(self, column: str, words: dict[str, Parsed]) -> Parsed:
        if self.cells[column] not in words:
            raise self.refuse(column, "one of " + ", ".join(words))
        return words[self.cells[column]]


def _read(
    path: Path,
    columns: list[str],
    parse: Callable[[_Row], Parsed],
    key: Callable[[Parsed], Hashable],
) -> Iterator[Parsed]:
    """Yield the parsed rows of a file that ships with the project."""
    return _once(_rows(path, columns), parse, key)


def _once(
    rows: Iterable[_Row],
    parse: Callable[[_Row], Parsed],
    key: Callable[[Parsed], Hashable],
) -> Iterator[Parsed]:
    """Yield the parsed rows; two rows with one key are refused."""
    seen: dict[Hashable, str] = {}
    for row in rows:
        parsed = parse(row)
        first = seen.setdefault(key(parsed), row.place)
        if first != row.place:
            raise ReferenceDataError(
                f"{row.place} says again what {first} says. Delete one of the two."
            )
        yield parsed


def _rows(path: Path, columns: list[str]) -> Iterator[_Row]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(
            f"{path.name} is not in UTF-8. Save it as UTF-8 and read it again."
        ) from error
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or lines[0] != columns:
        raise ReferenceDataError(
            f"{path.name}, row 1: the columns must be {','.join(columns)}. "
            "Correct the header and read the file again."
        )
    for number, cells in enumerate(lines[1:], start=2):
        place = f"{path.name}, row {number}"
        if len(cells) != len(columns):
            raise ReferenceDataError(
                f"{place}: {len(cells)} cells, where {len(columns)} are wanted. "
                "Add the missing commas, or quote a cell that holds one."
            )
        yield _Row(place, dict(zip(columns, cells, strict=True)))


def _table_rows(file: TableFile, columns: list[str]) -> Iterator[_Row]:
    """Yield the rows of `file`, a status put as release and basis."""
    at = {column: file.index_of(column) for column in columns}
    for line, cells in file.rows(columns):
        found = {column: cells[place].strip() for column, place in at.items()}
        yield _Row(f"{file.name}, row {line}", _with_release(found))
    for each in file.refused:
        raise ReferenceDataError(
            f"{file.name}, row {each.row}: {each.reason}. {each.advice}"
        )


def _with_release(cells: dict[str, str]) -> dict[str, str]:
    """Return `cells` with a release and a basis, from the status and the note.

    Shadow results were published with the revised figures of the next year; what was
    worked out from another figure says so first in its note.
    """
    status = cells.get("status")
    if status is None:
        return cells
    if status == Basis.SHADOW.value:
        found = {"release": Release.REVISED.label, "basis": Basis.SHADOW.value}
    else:
        is_derived = cells["note"].startswith(Basis.DERIVED.value)
        basis = Basis.DERIVED if is_derived else Basis.PUBLISHED
        found = {"release": status, "basis": basis.value}
    return {**cells, **found}


def _measure(row: _Row) -> MeasureRow:
    measure = MeasureRow(
        code=row.text("code"),
        name=row.text("name"),
        short_name=row.text("short_name"),
        unit=row.one_of("unit", {each.value: each for each in Unit}),
        family=row.one_of("family", {each.value: each for each in Family}),
        first_year=row.year("first_year"),
        last_year=row.year_or_none("last_year"),
        minimum=row.number("minimum"),
        maximum=row.number("maximum"),
        decimals=row.whole("decimals"),
        headline_from=row.year_or_none("headline_from"),
        headline_to=row.year_or_none("headline_to"),
        description=row.text("description"),
    )
    if measure.minimum >= measure.maximum:
        raise row.refuse("maximum", "above the minimum")
    if measure.last_year is not None and measure.last_year < measure.first_year:
        raise row.refuse("last_year", "the first year or later")
    return measure


def _break(row: _Row) -> Break:
    return Break(
        year=row.year("year"),
        name=row.text("name"),
        measures=frozenset(row.cells["measures"].split()),
        kind=row.one_of("kind", _words(get_args(Kind))),
        applies=row.one_of("applies", _words(get_args(Applies))),
        sentence=row.text("sentence"),
    )


def _national(row: _Row) -> NationalRow:
    releases = {each.label: each for each in Release}
    return NationalRow(
        figure=NationalFigure(
            year=row.year("year"),
            measure=row.text("measure"),
            population=row.one_of("population", _words(POPULATIONS)),
            coverage=row.one_of("coverage", _words(COVERAGES)),
            release=row.one_of("release", releases),
            basis=row.one_of("basis", {each.value: each for each in Basis}),
            value=row.number("value"),
        ),
        source=row.text("source"),
        confidence=row.one_of("confidence", _words(CONFIDENCES)),
        note=row.cells["note"],
    )


def _words(words: tuple[Word, ...]) -> dict[str, Word]:
    return {str(word): word for word in words}
