"""Reads a file of averages of local authorities and regions: a row an area and year.

Columns: la_code, name, exam_year, pupils, pct_5ac, pct_5acem, source. Rows without a
code are of regions, where the register has a region of that name.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from results.imports.figures import Area, Group
from results.imports.markers import Rule, count, figure
from results.models.choices import Coverage, Population, ReleaseStatus
from schools.imports.cells import CellError
from schools.imports.table_file import FileRefusedError, Refusal, TableFile
from schools.naming import counted

COLUMNS = ("la_code", "name", "exam_year", "pupils", "pct_5ac", "pct_5acem", "source")
MEASURES = {"pct_5ac": "5AC", "pct_5acem": "5ACEM"}
SHARE = Rule(0, 100, is_percentage=True)
FIRST_STATE_FUNDED = 2010
"""The first summer whose tables of authorities are of state-funded schools. Earlier
rows are answers in Parliament that do not say which schools they count."""
REGIONS = {"East": "East of England"}
"""What publishers call a region, where the register has another name."""


@dataclass(slots=True)
class Averages:
    """The figures of a file, with what was refused and what there is to say."""

    rows: list[Area] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_averages(file: TableFile, regions: Collection[str]) -> Averages:
    """Return the averages of `file`; `regions` are those of the register.

    Raises FileRefusedError for another file, or one without rows.
    """
    missing = [column for column in COLUMNS if column not in file.header]
    if missing:
        raise FileRefusedError(
            f"The columns {', '.join(missing)} are missing. A file of averages has "
            f"{','.join(COLUMNS)}."
        )
    at = {column: file.index_of(column) for column in COLUMNS}
    found = Averages(refused=file.refused, notes=file.notes)
    early, elsewhere, rows = 0, set(), 0
    for line, row in file.rows(COLUMNS):
        rows += 1
        cells = {column: row[at[column]].strip() for column in COLUMNS}
        region = REGIONS.get(cells["name"], cells["name"])
        if not cells["la_code"] and region not in regions:
            elsewhere.add(cells["name"])
            continue
        try:
            areas = _areas(line, cells, region)
        except CellError as error:
            found.refused.append(
                Refusal(line, error.column, error.value, error.reason, error.advice)
            )
            continue
        early += not areas
        found.rows += areas
    if not rows:
        raise FileRefusedError("The file has 0 rows of figures. Put them in.")
    if early:
        found.notes.append(
            counted(
                early,
                f"row before {FIRST_STATE_FUNDED} does not say which schools it counts "
                "and was set aside.",
                f"rows before {FIRST_STATE_FUNDED} do not say which schools they count "
                "and were set aside.",
            )
        )
    if elsewhere:
        found.notes.append(
            "Set aside, as the register has no such area: "
            f"{', '.join(sorted(elsewhere))}."
        )
    return found


def _areas(line: int, cells: dict[str, str], region: str) -> list[Area]:
    """Return a figure for each measure a row has; none for a row that is too early."""
    year_text = cells["exam_year"]
    if not (year_text.isdecimal() and len(year_text) == 4):  # noqa: PLR2004 -- a year
        raise CellError(
            "not a year", "Put the summer of the exams.", year_text[:60], "exam_year"
        )
    year = int(year_text)
    if not cells["source"]:
        raise CellError("no source", "Say where the figure is from.", "", "source")
    if year < FIRST_STATE_FUNDED:
        return []
    areas = []
    for column, code in MEASURES.items():
        try:
            value, _, _ = figure(SHARE, year)(cells[column])
            pupils = count(year)(cells["pupils"])
        except CellError as error:
            error.column = column
            raise
        if value is not None:
            group = Group(
                code,
                year,
                Population.END_OF_KS4.value,
                ReleaseStatus.REVISED.value,
            )
            areas.append(
                Area(
                    group,
                    cells["la_code"],
                    "" if cells["la_code"] else region,
                    Coverage.STATE,
                    value,
                    pupils,
                    cells["source"],
                    line,
                )
            )
    return areas
