"""The layouts of result files: by which columns each is known, and what they hold.

Columns are mapped by layout and year together: publishers reuse names for measures
that are not the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from results.models.choices import ReleaseStatus
from schools.imports.table_file import REFUSED_COLUMNS

KEY_COLUMNS = ("URN", "TPUP")
TIDY_COLUMNS = (
    *("urn", "year", "measure", "population"),
    *("release", "value", "number", "cohort"),
)
SINCE_2018 = frozenset({"EBACCAPS", "P8_BANDING", "P8MEA_ORIG"})
NO_TABLES = (2020, 2021)
"""Summers for which no results of schools were published."""


@dataclass(frozen=True, slots=True)
class Family:
    """Files whose columns mean the same in each of `years`.

    A file is of it when it has all of `marks` and none of `without`; the other
    columns of `measures` (column: code) are taken where they are there. `usual_year`
    is taken where nothing says otherwise; None where several years share the columns
    and a person must say which. `earlier` gives the year of columns that repeat an
    earlier year. `shown` are the columns a message names.
    """

    title: str
    marks: frozenset[str]
    measures: Mapping[str, str]
    years: range
    shown: tuple[str, ...]
    usual_year: int | None = None
    without: frozenset[str] = frozenset()
    earlier: Mapping[str, int] = field(default_factory=dict)

    def fits(self, header: frozenset[str]) -> bool:
        """Return whether a file with `header` is of this family."""
        return (
            header.issuperset((*KEY_COLUMNS, *self.marks)) and not header & self.without
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """A file whose whole header is known, and with it its year and release."""

    title: str
    columns: frozenset[str]
    year: int
    release: ReleaseStatus


# Source of the columns: the Department's dictionaries of 2013-14 and 2018-19, the
# header of 2022-23, and for the other years the list in the notes to the tables.
_GRADED = {
    "ATT8SCR": "A8",
    "P8MEA": "P8",
    "PTL2BASICS_95": "95EM",
    "PTL2BASICS_94": "94EM",
}
_GRADED_SHOWN = ("ATT8SCR", "P8MEA", "PTL2BASICS_95")
_FIRST_ENTRY = "PTAC5EM_PTQ_EE"
FAMILIES = (
    Family(
        "key stage 4 of 2016-17",
        frozenset(_GRADED_SHOWN),
        _GRADED,
        range(2017, 2101),
        _GRADED_SHOWN,
        without=SINCE_2018,
    ),
    Family(
        "key stage 4 of 2017-18 or later",
        frozenset(_GRADED_SHOWN),
        _GRADED,
        range(2018, 2101),
        _GRADED_SHOWN,
    ),
    Family(
        "key stage 4 of 2016-17 or later",
        frozenset({"PTL2BASICS_94"}),
        _GRADED,
        range(2017, 2101),
        ("PTL2BASICS_94",),
    ),
    Family(
        "key stage 4 of 2015-16",
        frozenset({"PTL2BASICS_LL_PTQ_EE"}),
        {
            "ATT8SCR": "A8",
            "P8MEA": "P8",
            "PTL2BASICS_LL_PTQ_EE": "ACEM",
            _FIRST_ENTRY: "5ACEM",
        },
        range(2016, 2017),
        ("ATT8SCR", "P8MEA", "PTL2BASICS_LL_PTQ_EE"),
        2016,
    ),
    Family(
        "key stage 4 of 2014-15",
        frozenset({_FIRST_ENTRY, "PTL2BASICS_PTQ_EE"}),
        {_FIRST_ENTRY: "5ACEM", "PTL2BASICS_PTQ_EE": "ACEM"},
        range(2015, 2016),
        (_FIRST_ENTRY, "PTL2BASICS_PTQ_EE"),
        2015,
    ),
    Family(
        "key stage 4 of 2014-15 or 2015-16",
        frozenset({_FIRST_ENTRY}),
        {_FIRST_ENTRY: "5ACEM"},
        range(2015, 2017),
        (_FIRST_ENTRY,),
    ),
    Family(
        "key stage 4 of 2013-14",
        frozenset({"PTAC5EM_PTQ"}),
        {
            "PTAC5EM_PTQ": "5ACEM",
            "PTAC5_PTQ": "5AC",
            "PTL2BASICS_PTQ": "ACEM",
            "B8VAMEA_PTQ": "B8VA",
        },
        range(2014, 2015),
        ("PTAC5EM_PTQ", "B8VAMEA_PTQ"),
        2014,
    ),
    Family(
        "key stage 4 of 2010-11 to 2012-13",
        frozenset({"PTAC5EM"}),
        {"PTAC5EM": "5ACEM"},
        range(2011, 2014),
        ("PTAC5EM",),
    ),
    Family(
        "key stage 4 of 2009-10",
        frozenset({"AC5EM10"}),
        {"AC5EM10": "5ACEM", "AC5EM09": "5ACEM", "AC5EM08": "5ACEM"},
        range(2010, 2011),
        ("AC5EM10",),
        2010,
        earlier={"AC5EM09": 2009, "AC5EM08": 2008},
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
