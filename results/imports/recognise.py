"""Tells which layout a result file has, and of which year and release it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from results.imports.layouts import (
    EDITIONS,
    FAMILIES,
    KEY_COLUMNS,
    KNOWN_COLUMNS,
    NO_TABLES,
    TIDY_COLUMNS,
    Edition,
    Family,
)
from results.imports.other_files import kind_of_file
from results.models.choices import ReleaseStatus
from schools.imports.table_file import REFUSED_COLUMNS, FileRefusedError


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file was taken for, with how its year and release were found.

    `measures` gives the measure of each column that is read, `earlier` the year of
    those that are not of `year`.
    """

    title: str
    measures: Mapping[str, str]
    year: int
    release: ReleaseStatus
    said: tuple[str, ...]
    earlier: Mapping[str, int] = field(default_factory=dict)


def recognise(
    header: list[str],
    name: str,
    *,
    year: int | None,
    release: ReleaseStatus | None,
    on: date,
) -> Layout:
    """Return what a file `name` with `header` holds.

    `year` and `release` are what a person said, None where nothing; `on` is the day
    after which no results can be out. Raises FileRefusedError where the file is none
    of the layouts, or does not say its year or release.
    """
    columns = frozenset(header) - set(REFUSED_COLUMNS) - {""}
    family = next((each for each in FAMILIES if each.fits(columns)), None)
    if family is None:
        raise FileRefusedError(_lacking(header, columns))
    edition = next((each for each in EDITIONS if each.columns == columns), None)
    title = f"{edition.title}, " if edition else ""
    taken_year, year_said = _year(family, edition, columns, name, year)
    _check_year(taken_year, on)
    taken_release, release_said = _release(edition, name, release)
    measures = {
        column: code for column, code in family.measures.items() if column in columns
    }
    return Layout(
        f"{title}{family.title}",
        measures,
        taken_year,
        taken_release,
        (year_said, release_said),
        {each: of for each, of in family.earlier.items() if each in measures},
    )


def _check_year(year: int, on: date) -> None:
    """Refuse a summer that is to come, and those without results of schools."""
    if year > on.year:
        raise FileRefusedError(
            f"{year} is later than the current academic year; its results "
            "cannot be out. Correct the year."
        )
    if year in NO_TABLES:
        raise FileRefusedError(
            f"No results of schools were published for {year}: exams were cancelled "
            "and grades came from teachers. Correct the year, or choose another file."
        )


def year_of_name(name: str) -> int | None:
    """Return the summer of the academic year in a file's name: 2016-17, 2016-2017."""
    for start, end in re.findall(r"(?<!\d)(20\d\d)[-_]((?:20)?\d\d)(?!\d)", name):
        if int(end) % 100 == (int(start) + 1) % 100:
            return int(start) + 1
    return None


def year_of_columns(columns: Iterable[str]) -> int | None:
    """Return the year that a file's trend columns give it, None where there are none.

    `AC5EM14_PTQ` holds the year itself. Others repeat earlier years, such as
    `ATT8SCR_18`: the file is of the next summer that has tables.
    """
    found = [_own_year(column) for column in columns]
    return max((year for year in found if year), default=None)


def _own_year(column: str) -> int | None:
    own = re.fullmatch(r"AC5EM(\d\d)(?:_PTQ)?", column)
    if own:
        return 2000 + int(own[1])
    before = re.fullmatch(r"[A-Z0-9_]+_([12]\d)", column)
    if before is None:
        return None
    after = 2001 + int(before[1])
    return max(NO_TABLES) + 1 if after in NO_TABLES else after


def _year(
    family: Family,
    edition: Edition | None,
    columns: frozenset[str],
    name: str,
    said: int | None,
) -> tuple[int, str]:
    in_name = year_of_name(name)
    if said is not None:
        if said not in family.years:
            raise FileRefusedError(
                f"--year {said} cannot be: the columns {', '.join(family.shown)} "
                f"belong to {family.title}. Leave --year out, or choose another file."
            )
        return said, f"Year {said}, as --year says."
    trend = year_of_columns(columns)
    usual = edition.year if edition else (family.usual_year or trend)
    if in_name is not None and in_name in family.years and usual in (in_name, None):
        return in_name, f"Year {in_name}, by its columns and its name."
    if usual is not None and usual in family.years and in_name is None:
        return usual, f"Year {usual}, by its columns; --year says otherwise."
    clash = f"its name says {in_name}" if in_name else "its name does not say"
    if trend and trend != in_name:
        clash += f", and its columns end in {trend}"
    raise FileRefusedError(
        f"The columns are those of {family.title}, but the year is not certain: "
        f"{clash}. Say it with --year, the summer of the exams."
    )


def _release(
    edition: Edition | None, name: str, said: ReleaseStatus | None
) -> tuple[ReleaseStatus, str]:
    if said is not None:
        return said, f"Release {said.label}, as --release says."
    if edition is not None:
        found, why = edition.release, f"as the file of {edition.title} is"
    elif word := re.search(r"provisional|revised", name.casefold()):
        found, why = ReleaseStatus[word[0].upper()], "as its name says"
    elif re.match(r"\d{3}_", name):
        found, why = ReleaseStatus.PROVISIONAL, "as a local authority's file is"
    elif name.startswith("england_"):
        found, why = ReleaseStatus.REVISED, "as a national file is"
    else:
        raise FileRefusedError(
            "The file does not say whether its figures are provisional, revised or "
            "final. Say it with --release."
        )
    return found, f"Release taken as {found.label}, {why}; --release says otherwise."


def _lacking(header: list[str], columns: frozenset[str]) -> str:
    """Return the sentence that says what the nearest layout has and `header` not."""
    other = kind_of_file(header)
    if other:
        return (
            f"This is {other}, not a file of key stage 4 results by school. Choose "
            "the right file."
        )
    nearest = max(
        FAMILIES, key=lambda each: len(columns & {*KEY_COLUMNS, *each.measures})
    )
    needed = (*KEY_COLUMNS, *nearest.shown)
    missing = [column for column in needed if column not in columns]
    unknown = [column for column in header if column and column not in KNOWN_COLUMNS]
    found = ", ".join(header[:20]) + (" ..." if len(header) > 20 else "")  # noqa: PLR2004 -- enough to recognise a file by
    sentence = (
        f"This is none of the result files that can be read. The nearest, "
        f"{nearest.title}, also has {', '.join(missing) or 'other columns'}. "
        f"The file has {found}."
    )
    if unknown:
        sentence += f" Unknown: {', '.join(unknown[:20])}."
    return (
        f"{sentence} Choose the right file, or use the layout {','.join(TIDY_COLUMNS)}."
    )
