"""Reads the Department's performance tables: one row a school, a column a measure."""

import re
from collections import Counter
from collections.abc import Mapping, MutableSequence
from operator import getitem, itemgetter

from results.imports.figures import Area, England, Figures, Group, Values
from results.imports.markers import Rule, count, figure
from results.imports.recognise import Layout
from results.imports.school_types import kind_reader
from results.models.choices import Coverage, Population
from schools.imports import cells
from schools.imports.cells import CellError, Read
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.naming import counted

SCHOOLS = frozenset({"1", "2", "SCH"})
AUTHORITIES = frozenset({"4", "LA"})
ENGLAND = {"5": Coverage.ALL, "7": Coverage.STATE}
TOTALS = frozenset({"LA", "NAT"})
_AUTHORITY = re.compile(r"[0-9]{3}", re.ASCII)
POPULATION = Population.END_OF_KS4.value


def read_performance_tables(
    file: TableFile, layout: Layout, rules: Mapping[str, Rule]
) -> Figures:
    """Return the figures of `file`, whose measures keep to `rules` by code.

    England's rows become benchmarks, those of authorities averages of areas.
    """
    reader = _Reader(file, layout, rules)
    reader.read()
    return reader.figures()


class _Reader:
    """Reads row by row, and puts together what they say."""

    def __init__(
        self, file: TableFile, layout: Layout, rules: Mapping[str, Rule]
    ) -> None:
        self.file = file
        self.layout = layout
        self.urn_at = file.index_of("URN")
        self.needed = ["URN", "TPUP", *layout.measures]
        self.type_at = None
        if "RECTYPE" in file.header:
            self.type_at = file.index_of("RECTYPE")
            self.needed.append("RECTYPE")
        self.area_at = file.index_of("LEA") if "LEA" in file.header else None
        columns = ("TPUP", *layout.measures)
        self.pick = itemgetter(*(file.index_of(column) for column in columns))
        self.cohorts = Read("TPUP", count(layout.year))
        self.figures_of = [
            Read(column, figure(rules[code], layout.earlier.get(column, layout.year)))
            for column, code in layout.measures.items()
        ]
        self.groups = [
            Group(
                code,
                layout.earlier.get(column, layout.year),
                POPULATION,
                layout.release.value,
            )
            for column, code in layout.measures.items()
        ]
        # The cohort is that of the file's own year.
        self.has_cohort = [column not in layout.earlier for column in layout.measures]
        self.columns: list[dict[int, Values]] = [{} for _ in self.groups]
        self.lines: dict[int, MutableSequence[int]] = {}
        self.conflicts: dict[int, list[int]] = {}
        self.england: list[England] = []
        self.areas: list[Area] = []
        self.set_aside: Counter[str] = Counter()
        self.duplicates = 0

    def read(self) -> None:
        """Take in the rows of the file. This loop is where an import's time goes."""
        urn_at, type_at, pick = self.urn_at, self.type_at, self.pick
        read_urn, values_of, lines = cells.urn, self._values, self.lines
        kind_of = kind_reader(self.file)
        for line, row in self.file.rows(self.needed):
            kind = row[type_at] if type_at is not None else ""
            if kind not in SCHOOLS and self._is_no_school(line, row, kind):
                continue
            try:
                urn, was_interpreted = read_urn(row[urn_at])
                values = values_of(pick(row), kind_of(row))
            except CellError as error:
                self._refuse(line, error)
                continue
            if was_interpreted:
                self.file.notes.append(
                    f"Line {line}: URN {row[urn_at]!r} read as {urn}."
                )
            if urn in lines:
                self._met_again(urn, line, values)
                continue
            lines[urn] = [line]
            for column, each in zip(self.columns, values, strict=True):
                column[urn] = each

    def _values(self, texts: tuple[str, ...], kind: str = "") -> list[Values]:
        """Return what `texts`, the cohort and a cell for each measure, say.

        `kind` is the kind of school that the row gives.
        """
        cohort = self.cohorts[texts[0]]
        return [
            (value, None, cohort if is_own else None, reason, marker, kind)
            for (value, reason, marker), is_own in zip(
                map(getitem, self.figures_of, texts[1:]), self.has_cohort, strict=True
            )
        ]

    def _met_again(self, urn: int, line: int, values: list[Values]) -> None:
        """Deal with a further row of `urn`."""
        if [column[urn] for column in self.columns] == values:
            self.duplicates += 1
        else:
            self.conflicts.setdefault(urn, list(self.lines[urn])).append(line)

    def _is_no_school(self, line: int, row: list[str], kind: str) -> bool:
        """Deal with a row that may be a total or a footer; return whether it is."""
        kind = kind.strip()
        urn = row[self.urn_at].strip()
        if kind in ENGLAND:
            self._read_england(line, row, kind)
        elif kind in AUTHORITIES and self._read_authority(line, row):
            pass
        elif kind in AUTHORITIES or urn in TOTALS:
            what = "of local authorities" if "NAT" not in {kind, urn} else "of totals"
            self.set_aside[what] += 1
        elif sum(bool(cell.strip()) for cell in row) <= 1 and not urn:
            self.set_aside["of footers or nothing"] += 1
        elif kind and kind not in SCHOOLS:
            known = ", ".join(sorted(SCHOOLS | AUTHORITIES | ENGLAND.keys()))
            error = CellError(
                "an unknown type of row", f"Put one of {known}.", kind[:60], "RECTYPE"
            )
            self._refuse(line, error)
        else:
            return False
        return True

    def _read_england(self, line: int, row: list[str], kind: str) -> None:
        texts = self.pick(row)
        try:
            values = self._values(texts)
        except CellError as error:
            self._refuse(line, error)
            return
        source = (
            f"{self.file.name}, row of type {kind} ({ENGLAND[kind].label}), "
            f"{self.layout.release.label}"
        )
        self.england += [
            England(group, ENGLAND[kind], value, pupils, source, line)
            for group, (value, _, pupils, *_) in zip(self.groups, values, strict=True)
            if value is not None
        ]

    def _read_authority(self, line: int, row: list[str]) -> bool:
        """Take in an authority's row; return whether it says anything."""
        code = (
            row[self.area_at].strip().removesuffix(".0")
            if self.area_at is not None
            else ""
        )
        if not _AUTHORITY.fullmatch(code):
            return False
        try:
            values = self._values(self.pick(row))
        except CellError as error:
            self._refuse(line, error)
            return True
        source = f"{self.file.name}, row of the authority, {self.layout.release.label}"
        found = [
            Area(group, code, "", Coverage.STATE, value, pupils, source, line)
            for group, (value, _, pupils, *_) in zip(self.groups, values, strict=True)
            if value is not None
        ]
        self.areas += found
        return bool(found)

    def _refuse(self, line: int, error: CellError) -> None:
        self.file.refused.append(
            Refusal(line, error.column, error.value, error.reason, error.advice)
        )

    def figures(self) -> Figures:
        """Return what the file says. Raises FileRefusedError where it has no rows."""
        if not (self.lines or self.file.refused or self.england):
            raise FileRefusedError(
                "The file has a header and 0 rows of schools. Nothing was imported: an "
                "empty set of results is never published. Fetch the file again."
            )
        found = Figures(
            self.layout.title,
            groups=dict(zip(self.groups, self.columns, strict=True)),
            lines=self.lines,
            england=self.england,
            areas=self.areas,
            refused=self.file.refused,
            notes=self.file.notes,
        )
        found.refuse_differing(self.conflicts)
        if self.duplicates:
            found.notes.append(
                counted(
                    self.duplicates,
                    "duplicate row was ignored.",
                    "duplicate rows were ignored.",
                )
            )
        found.notes += [
            counted(rows, f"row {what} was set aside.", f"rows {what} were set aside.")
            for what, rows in self.set_aside.items()
        ]
        return found
