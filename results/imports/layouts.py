"""The layouts of result files: by which columns each is known, and what they hold.

Columns are mapped by layout and year together: publishers reuse names for measures
that are not the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from results.models.choices import ReleaseStatus
from schools.imports.csv_file import REFUSED_COLUMNS, FileRefusedError

KEY_COLUMNS = ("URN", "TPUP")
TIDY_COLUMNS = (
    *("urn", "year", "measure", "population"),
    *("release", "value", "number", "cohort"),
)
SINCE_2018 = frozenset({"EBACCAPS", "P8_BANDING", "P8MEA_ORIG"})


@dataclass(frozen=True, slots=True)
class Family:
    """Files whose columns mean the same: `measures` by column, in `years`.

    `usual_year` is taken where nothing says otherwise; None where several years
    share the columns and a person must say which.
    """

    title: str
    measures: Mapping[str, str]
    years: range
    usual_year: int | None
    optional: Mapping[str, str]
    marks: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def fits(self, header: frozenset[str]) -> bool:
        """Return whether a file with `header` is of this family."""
        return (
            header.issuperset((*KEY_COLUMNS, *self.measures))
            and (not self.marks or bool(header & self.marks))
            and not header & self.without
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """A file whose whole header is known, and with it its year and release."""

    title: str
    columns: frozenset[str]
    year: int
    release: ReleaseStatus


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file was taken for, with how its year and release were found."""

    title: str
    measures: Mapping[str, str]
    year: int
    release: ReleaseStatus
    said: tuple[str, ...]


_GRADED = {"ATT8SCR": "A8", "P8MEA": "P8", "PTL2BASICS_95": "95EM"}
_STANDARD = {"PTL2BASICS_94": "94EM"}
FAMILIES = (
    Family(
        "key stage 4 of 2016-17",
        _GRADED,
        range(2017, 2101),
        2017,
        _STANDARD,
        without=SINCE_2018,
    ),
    Family(
        "key stage 4 of 2017-18 or later",
        _GRADED,
        range(2018, 2101),
        None,
        _STANDARD,
        marks=SINCE_2018,
    ),
    Family(
        "key stage 4 of 2015-16",
        {"ATT8SCR": "A8", "P8MEA": "P8", "PTL2BASICS_LL_PTQ_EE": "ACEM"},
        range(2016, 2017),
        2016,
        {},
    ),
    Family(
        "key stage 4 of 2013-14",
        {"PTAC5EM_PTQ": "5ACEM", "B8VAMEA_PTQ": "B8VA"},
        range(2014, 2015),
        2014,
        {},
    ),
)


def _edition(
    title: str, columns: str, year: int, release: ReleaseStatus, *spaced: str
) -> Edition:
    return Edition(title, frozenset((*columns.split(), *spaced)), year, release)


_FIRST = "RECTYPE LEA ESTAB URN SCHNAME PCODE TPUP ATT8SCR P8MEA"
_LOCAL = "RECTYPE LEA ESTAB URN SCHNAME ICLOSE NFTYPE TPUP ATT8SCR P8MEA P8CILOW"
EDITIONS = (
    _edition(
        "England 2013-14",
        "RECTYPE LEA URN SCHNAME PCODE TPUP KS2APS PTFSMCLA PTAC5EM_PTQ "
        "PTAC5EMFSM_PTQ PTEBACC_PTQ B8VAMEA_PTQ PT24ENGPRG_PTQ PT24MATHPRG_PTQ "
        "LEA_NAME REGION EstablishmentGroup",
        2014,
        ReleaseStatus.REVISED,
        "TrustSchoolFlag (name)",
        "Trusts (name)",
        "TypeOfEstablishment (name)",
    ),
    _edition(
        "England 2015-16", f"{_FIRST} PTL2BASICS_LL_PTQ_EE", 2016, ReleaseStatus.REVISED
    ),
    _edition("England 2016-17", f"{_FIRST} PTL2BASICS_95", 2017, ReleaseStatus.REVISED),
    _edition(
        "England 2017-18",
        f"{_FIRST} P8_BANDING PTL2BASICS_95 PTEBACC_E_PTQ_EE EBACCAPS",
        2018,
        ReleaseStatus.REVISED,
    ),
    _edition(
        "local authority 2016-17",
        f"{_LOCAL} P8CIUPP PTEBACC_E_PTQ_EE PTEBACC_95 PTL2BASICS_95 PTEBACC_94 "
        "PTL2BASICS_94 PT5EM_94",
        2017,
        ReleaseStatus.PROVISIONAL,
    ),
    _edition(
        "local authority 2017-18",
        f"{_LOCAL} P8CIUPP P8PUP TP8ADJ P8MEA_ORIG P8CILOW_ORIG P8CIUPP_ORIG "
        "PTL2BASICS_94 PTL2BASICS_95 EBACCAPS PTEBACC_E_PTQ_EE PTEBACC_94 PTEBACC_95 "
        "PT5EM_94 P8_BANDING",
        2018,
        ReleaseStatus.PROVISIONAL,
    ),
)
KNOWN_COLUMNS = frozenset[str]().union(
    TIDY_COLUMNS,
    REFUSED_COLUMNS,
    *(edition.columns for edition in EDITIONS),
    *(family.measures for family in FAMILIES),
)


def is_tidy(header: list[str]) -> bool:
    """Return whether `header` is that of the project's own layout."""
    return set(TIDY_COLUMNS) <= set(header)


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
    taken_year, year_said = _year(family, edition, name, year)
    if taken_year > on.year:
        raise FileRefusedError(
            f"{taken_year} is later than the current academic year; its results "
            "cannot be out. Correct the year."
        )
    taken_release, release_said = _release(edition, name, release)
    optional = {
        column: code for column, code in family.optional.items() if column in columns
    }
    return Layout(
        f"{title}{family.title}",
        {**family.measures, **optional},
        taken_year,
        taken_release,
        (year_said, release_said),
    )


def year_of_name(name: str) -> int | None:
    """Return the summer of the academic year that a file's name holds: 2016-17."""
    for start, end in re.findall(r"(?<!\d)(20\d\d)[-_](\d\d)(?!\d)", name):
        if int(end) == (int(start) + 1) % 100:
            return int(start) + 1
    return None


def _year(
    family: Family, edition: Edition | None, name: str, said: int | None
) -> tuple[int, str]:
    in_name = year_of_name(name)
    if said is not None:
        if said not in family.years:
            raise FileRefusedError(
                f"--year {said} cannot be: the columns {', '.join(family.measures)} "
                f"belong to {family.title}. Leave --year out, or choose another file."
            )
        return said, f"Year {said}, as --year says."
    usual = edition.year if edition else family.usual_year
    if in_name is not None and in_name in family.years and usual in (in_name, None):
        return in_name, f"Year {in_name}, by its columns and its name."
    if usual is not None and in_name is None:
        return usual, f"Year {usual}, by its columns; --year says otherwise."
    clash = f"its name says {in_name}" if in_name else "its name does not say"
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
    nearest = max(
        FAMILIES, key=lambda each: len(columns & {*KEY_COLUMNS, *each.measures})
    )
    needed = (*KEY_COLUMNS, *nearest.measures)
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
