"""Reads the project's own layout of results: a row for each figure.

Columns: urn, year (the summer of the exams), measure, population, release, value,
number, cohort. A missing value has the publisher's marker in `value`.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from results.imports.figures import NOTHING, Column, Figures, Group, Pool, Values
from results.imports.layouts import TIDY_COLUMNS
from results.imports.markers import Cell, Rule, count, figure, marked
from results.models.choices import Population, ReleaseStatus
from schools.imports import cells
from schools.imports.cells import CellError, Read
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.naming import counted

TITLE = "tidy: a row for each figure"
RELEASES = {release.label: release.value for release in ReleaseStatus}


@dataclass(frozen=True, slots=True)
class Years:
    """The years for which a measure was published; `last` None while it is."""

    first: int
    last: int | None


def read_tidy(
    file: TableFile,
    rules: Mapping[str, Rule],
    years: Mapping[str, Years],
    *,
    latest: int,
) -> Figures:
    """Return the figures of `file`; no year after `latest` can be out."""
    reader = _Reader(rules, years, latest)
    pick = itemgetter(*(file.index_of(column) for column in TIDY_COLUMNS))
    found = Figures(TITLE, refused=file.refused, notes=file.notes)
    pool = Pool()
    # The line of each figure, by the place of its URN.
    at: dict[Group, array[int]] = {}
    conflicts: dict[tuple[Group, int], list[int]] = {}
    duplicates = 0
    for line, row in file.rows(TIDY_COLUMNS):
        texts = pick(row)
        try:
            urn, was_interpreted = cells.urn(texts[0])
            group = reader.group(texts[1:5])
            values = reader.values(group, texts[5:])
        except CellError as error:
            file.refused.append(
                Refusal(line, error.column, error.value, error.reason, error.advice)
            )
            continue
        if was_interpreted:
            file.notes.append(f"Line {line}: URN {texts[0]!r} read as {urn}.")
        figures = found.groups.get(group)
        if figures is None:
            figures, at[group] = Column(pool), array("l")
            found.groups[group] = figures
        if urn not in figures:
            figures[urn] = values
            _put(at[group], pool.place(urn), line)
            found.lines.setdefault(urn, array("l")).append(line)
        elif figures[urn] == values:
            duplicates += 1
        else:
            first = at[group][pool.place(urn)]
            conflicts.setdefault((group, urn), [first]).append(line)
    if not found.groups and not file.refused:
        raise FileRefusedError(_EMPTY)
    _refuse_conflicts(found, conflicts)
    if duplicates:
        found.notes.append(
            counted(
                duplicates, "duplicate row was ignored.", "duplicate rows were ignored."
            )
        )
    return found


def _put(lines: "array[int]", place: int, line: int) -> None:
    """Keep `line` at `place`, whatever lies between."""
    if place >= len(lines):
        lines.extend([NOTHING] * (place + 1 - len(lines)))
    lines[place] = line


def _refuse_conflicts(
    found: Figures, conflicts: dict[tuple[Group, int], list[int]]
) -> None:
    for (group, urn), numbers in conflicts.items():
        del found.groups[group][urn]
        found.lines[urn] = [line for line in found.lines[urn] if line != numbers[0]]
        where = " and ".join(map(str, numbers))
        found.refused += [
            Refusal(
                number,
                "value",
                str(urn),
                f"rows {where} give one figure twice, differently",
                "Keep the right one.",
            )
            for number in numbers
        ]


class _Reader:
    """Reads the cells of one row; each wording of a cell is parsed once."""

    def __init__(
        self, rules: Mapping[str, Rule], years: Mapping[str, Years], latest: int
    ) -> None:
        self.rules = rules
        self.years = years
        self.latest = latest
        self.groups: dict[tuple[str, ...], Group] = {}
        self.columns: dict[tuple[str, int], Read[Cell]] = {}

    def group(self, texts: tuple[str, ...]) -> Group:
        """Return what year, measure, population and release name."""
        group = self.groups.get(texts)
        if group is None:
            group = self.groups[texts] = self._group(texts)
        return group

    def _group(self, texts: tuple[str, ...]) -> Group:
        year_text, measure, population, release = (text.strip() for text in texts)
        if measure not in self.rules:
            raise _not_one_of("measure", measure, self.rules)
        if population not in Population.values:
            raise _not_one_of("population", population, Population.values)
        if release not in RELEASES:
            raise _not_one_of("release", release, RELEASES)
        year = int(year_text) if year_text.isdecimal() and len(year_text) == 4 else 0  # noqa: PLR2004 -- a year has four figures
        span = self.years[measure]
        last = min(span.last or self.latest, self.latest)
        if not span.first <= year <= last:
            raise CellError(
                f"{measure} was published for {span.first} to {last}",
                "Put the summer of the exams, in four figures.",
                year_text[:60],
                "year",
            )
        return Group(measure, year, population, RELEASES[release])

    def values(self, group: Group, texts: tuple[str, ...]) -> Values:
        """Return value, number, cohort, reason and marker, and no kind of school."""
        key = (group.measure, group.year)
        read = self.columns.get(key)
        if read is None:
            parse = figure(self.rules[group.measure], group.year)
            read = self.columns[key] = Read("value", parse)
        value, reason, marker = read[texts[0]]
        number = _pupils("number", texts[1], group.year)
        cohort = _pupils("cohort", texts[2], group.year)
        if number is not None and (cohort is None or number > cohort):
            raise CellError(
                "more pupils than the cohort holds, or no cohort",
                "Put how many there were in `cohort`, and how many of them reached "
                "the standard in `number`.",
                texts[1][:60],
                "number",
            )
        return value, number, cohort, reason, marker, ""


def _pupils(column: str, text: str, year: int) -> int | None:
    if marked(text, year) is not None:
        return None
    try:
        return count(year)(text)
    except CellError as error:
        error.column = column
        raise


def _not_one_of(column: str, text: str, words: Iterable[str]) -> CellError:
    known = ", ".join(words)
    return CellError("not known here", f"Put one of {known}.", text[:60], column)


_EMPTY = (
    "The file has a header and 0 rows. Nothing was imported: an empty set of results "
    "is never published. Put the figures in."
)
