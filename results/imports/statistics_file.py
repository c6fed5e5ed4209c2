"""Reads a school file of Explore education statistics: a row a school and breakdown.

The Department's name for what was the performance tables, from 2022-23 on. Several of
its files share the header of a school; only the performance file holds headlines.
Source of the columns: its files of 2022/23 and 2023/24 (`avg_att8`) and of 2024/25
(`attainment8_average`).
"""

from collections.abc import Mapping

from results.imports.figures import Figures, Group, Values
from results.imports.layouts import NO_TABLES, TIDY_COLUMNS
from results.imports.markers import Cell, Rule, count, figure
from results.models.choices import Population, ReleaseStatus
from schools.imports import cells
from schools.imports.cells import CellError, Read
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.naming import counted

TITLE = "Explore education statistics, performance tables by school"
NEEDED = ("time_period", "school_urn")
COHORTS = ("t_pupils", "pupil_count")
HEADLINES = {
    "avg_att8": "A8",
    "attainment8_average": "A8",
    "att8scr": "A8",
    "avg_p8score": "P8",
    "progress8_average": "P8",
    "p8mea": "P8",
    "pt_l2basics_94": "94EM",
    "engmath_94_percent": "94EM",
    "ptl2basics_94": "94EM",
    "pt_l2basics_95": "95EM",
    "engmath_95_percent": "95EM",
    "ptl2basics_95": "95EM",
}
BREAKDOWNS = ("breakdown", "breakdown_topic", "sex", "disadvantage_status")
WHOLE = frozenset({"", "total", "all pupils", "all"})
RELEASES = {release.label: release.value for release in ReleaseStatus}
POPULATION = Population.END_OF_KS4.value


def is_statistics(header: list[str]) -> bool:
    """Return whether `header` is that of a school file of the statistics."""
    return set(NEEDED) <= set(header)


def read_statistics(
    file: TableFile,
    rules: Mapping[str, Rule],
    *,
    latest: int,
    release: ReleaseStatus | None,
) -> Figures:
    """Return the figures of all pupils of each school; `latest` is the last summer.

    `release` is what a person said, for a file without a version. Raises
    FileRefusedError for a file without headlines by school.
    """
    columns = {
        column: HEADLINES[column] for column in file.header if column in HEADLINES
    }
    _refuse_years(file, latest)
    if not columns:
        raise FileRefusedError(_NO_HEADLINE)
    if "version" not in file.header and release is None:
        raise FileRefusedError(
            "The file does not say whether its figures are provisional, revised or "
            "final. Say it with --release."
        )
    return _Reader(file, columns, rules, release).read()


def _refuse_years(file: TableFile, latest: int) -> None:
    """Refuse a file with a year that is to come, or without tables of schools."""
    at = file.index_of("time_period")
    periods = {row[at].strip() for _, row in file.rows(NEEDED)}
    for period in sorted(periods):
        year = _summer(period)
        if year is not None and year > latest:
            raise FileRefusedError(
                f"{period} is later than the current academic year; its results "
                "cannot be out. Correct time_period."
            )
        if year in NO_TABLES:
            raise FileRefusedError(
                f"No results of schools were published for {year}: exams were "
                "cancelled and grades came from teachers. Correct time_period."
            )
    file.refused.clear()
    file.notes.clear()


def _summer(period: str) -> int | None:
    """Return the summer of a year like 202324, None for anything else."""
    if len(period) != 6 or not period.isdecimal():  # noqa: PLR2004 -- 202324
        return None
    start, end = int(period[:4]), int(period[4:])
    return start + 1 if end == (start + 1) % 100 else None


class _Reader:
    """Reads row by row; each wording of a cell is parsed once."""

    def __init__(
        self,
        file: TableFile,
        columns: Mapping[str, str],
        rules: Mapping[str, Rule],
        release: ReleaseStatus | None,
    ) -> None:
        self.file = file
        self.rules = rules
        self.release = release
        self.columns = {file.index_of(name): (name, columns[name]) for name in columns}
        self.at = {name: at for at, name in enumerate(file.header)}
        self.parts = [self.at[name] for name in BREAKDOWNS if name in self.at]
        self.pupils = [self.at[name] for name in COHORTS if name in self.at]
        self.readers: dict[tuple[int, int], Read[Cell]] = {}
        self.found = Figures(TITLE, refused=file.refused, notes=file.notes)
        self.rows: dict[tuple[int, int, int], tuple[int, list[Values]]] = {}
        self.conflicts: dict[int, list[int]] = {}
        self.set_aside = self.duplicates = 0

    def read(self) -> Figures:
        """Return the figures of every row that is of all pupils of a school."""
        names = [name for name, _ in self.columns.values()]
        for line, row in self.file.rows([*NEEDED, *names]):
            if self._is_part(row):
                self.set_aside += 1
                continue
            try:
                key, values = self._row(row)
            except CellError as error:
                column = "school_urn" if error.column == "URN" else error.column
                self.file.refused.append(
                    Refusal(line, column, error.value, error.reason, error.advice)
                )
                continue
            first, held = self.rows.setdefault(key, (line, values))
            if held != values:
                self.conflicts.setdefault(key[0], [first]).append(line)
            self.duplicates += first != line and held == values
        return self._figures()

    def _is_part(self, row: list[str]) -> bool:
        """Return whether a row is of some pupils only, or of no school."""
        level = self._cell(row, "geographic_level")
        return level not in {"", "School"} or any(
            row[at].strip().casefold() not in WHOLE for at in self.parts
        )

    def _cell(self, row: list[str], name: str) -> str:
        at = self.at.get(name)
        return "" if at is None else row[at].strip()

    def _row(self, row: list[str]) -> tuple[tuple[int, int, int], list[Values]]:
        """Return URN, year and release of a row, and a value for each headline."""
        period, version = self._cell(row, "time_period"), self._cell(row, "version")
        year = _summer(period)
        if year is None:
            what = "not an academic year like 202324"
            raise CellError(what, "Put the publisher's.", period[:60], "time_period")
        urn, _ = cells.urn(row[self.at["school_urn"]])
        release = RELEASES.get(version.casefold(), self.release)
        if release is None:
            what = "neither provisional, revised nor final"
            raise CellError(what, "Put one of them.", version[:60], "version")
        pupils = count(year)(row[self.pupils[0]]) if self.pupils else None
        values: list[Values] = []
        for at, (name, code) in self.columns.items():
            read = self.readers.get((at, year))
            if read is None:
                parse = figure(self.rules[code], year)
                read = self.readers[at, year] = Read(name, parse)
            value, reason, marker = read[row[at]]
            values.append((value, None, pupils, reason, marker, ""))
        return (urn, year, int(release)), values

    def _figures(self) -> Figures:
        if not (self.rows or self.file.refused):
            raise FileRefusedError(
                "The file has a header and 0 rows of schools. Nothing was imported: an "
                "empty set of results is never published. Fetch the file again."
            )
        found = self.found
        for (urn, year, release), (line, values) in self.rows.items():
            found.lines.setdefault(urn, []).append(line)
            for (_, code), each in zip(self.columns.values(), values, strict=True):
                group = Group(code, year, POPULATION, release)
                found.groups.setdefault(group, {})[urn] = each
        found.refuse_differing(self.conflicts)
        for number, one, several in (
            (
                self.set_aside,
                "row of a group of pupils or of an area was set aside.",
                "rows of groups of pupils or of areas were set aside.",
            ),
            (
                self.duplicates,
                "duplicate row was ignored.",
                "duplicate rows were ignored.",
            ),
        ):
            if number:
                found.notes.append(counted(number, one, several))
        return found


_NO_HEADLINE = (
    "This is a file of Explore education statistics about schools, but it holds none "
    "of the headline figures: at most differences between groups of pupils and bands. "
    "The performance tables by school have them (avg_att8 or attainment8_average). "
    f"Choose that file, or use the layout {','.join(TIDY_COLUMNS)}."
)
