"""Files of other kinds, by the columns that only they have, to be refused by name.

A publisher's download holds many files side by side, and the wrong one is soon taken.
"""

from collections.abc import Iterable

# Each kind with columns that together mark it, whatever their case.
KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("the register of schools (GIAS)", frozenset({"urn", "establishmentname"})),
    ("the links between schools (GIAS)", frozenset({"urn", "linkurn"})),
    ("the trusts and their schools (GIAS)", frozenset({"group uid", "urn"})),
    ("the list of trusts (GIAS)", frozenset({"group uid", "group name"})),
    ("results by trust", frozenset({"trust_uid"})),
    ("results by trust", frozenset({"trust_id"})),
    ("the school census", frozenset({"urn", "nor", "pnorg"})),
    ("absence by school", frozenset({"urn", "perctot"})),
    ("key stage 2 results", frozenset({"telig"})),
    ("key stage 2 results", frozenset({"ptrwm_exp"})),
    ("16 to 18 results", frozenset({"tallppe_alev_1618"})),
    ("16 to 18 results", frozenset({"tpup1618"})),
    ("the list of schools of the tables", frozenset({"urn", "minorgroup"})),
    ("the school workforce", frozenset({"urn", "pupil:     teacher ratio"})),
    ("school finance", frozenset({"urn", "grantfunding"})),
    ("destinations of pupils", frozenset({"tot_overallper"})),
    ("a dictionary of columns", frozenset({"metafile heading"})),
    ("averages of local authorities", frozenset({"la_code", "exam_year"})),
    (
        "national figures",
        frozenset({"measure", "year", "population", "coverage", "status"}),
    ),
    ("memberships", frozenset({"urn", "role", "joined"})),
    (
        "figures of England or of areas from Explore education statistics",
        frozenset({"time_period", "geographic_level"}),
    ),
)


def kind_of_file(header: Iterable[str]) -> str:
    """Return in words what kind of file has `header`, empty where none is known."""
    columns = {column.casefold() for column in header}
    return next((what for what, marks in KINDS if marks <= columns), "")
