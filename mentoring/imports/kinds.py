"""Tells by its header what a file is for, and which files go together."""

from collections.abc import Sequence

from mentoring.imports.memberships import NEEDED
from mentoring.imports.taking import READERS, Order, Work, one_after_another
from schools.imports.links import COLUMNS as LINK_COLUMNS
from schools.imports.table_file import FileRefusedError, TableFile
from schools.imports.trusts import MEMBERS, is_members
from schools.models import ImportRun

Kind = ImportRun.Kind

MARKS: Sequence[tuple[Kind, frozenset[str]]] = (
    (Kind.REGISTER, frozenset({"URN", "EstablishmentName", "EstablishmentNumber"})),
    (Kind.LINKS, frozenset(LINK_COLUMNS[:2])),
    # The file of schools in trusts has the columns of both.
    (
        Kind.TRUSTS,
        frozenset({"Group UID", "Group Type", "Incorporated on (open date)"}),
    ),
    (Kind.TRUSTS, frozenset(MEMBERS)),
    (Kind.MEMBERSHIPS, frozenset(NEEDED)),
    (Kind.AVERAGES, frozenset({"la_code", "exam_year", "pct_5ac"})),
    (Kind.NATIONAL, frozenset({"measure", "coverage", "basis", "source"})),
    (Kind.NATIONAL, frozenset({"measure", "coverage", "status", "source"})),
)
"""Columns that only a file of this kind has. Files sent at once are applied in this
order; a kind of two different files, or of two layouts, stands here twice."""

TOGETHER: Sequence[tuple[Kind, ...]] = (
    (Kind.REGISTER, Kind.LINKS),
    (Kind.TRUSTS, Kind.TRUSTS),
)
"""The files that may be sent at once, by their kinds in the order of MARKS."""

MOST_FILES = 2


def _place(file: TableFile) -> int:
    """Return which of MARKS `file` carries; one more than there are for none."""
    header = set(file.header)
    if is_members(file):
        return next(at for at, (_, marks) in enumerate(MARKS) if marks == {*MEMBERS})
    found = (at for at, (_, marks) in enumerate(MARKS) if marks <= header)
    return next(found, len(MARKS))


def kind_of(file: TableFile) -> Kind:
    """Return what `file` is for by its header.

    Anything unknown is taken for results, whose reader says what it lacks.
    """
    at = _place(file)
    return MARKS[at][0] if at < len(MARKS) else Kind.RESULTS


def sorted_by_kind(
    files: Sequence[TableFile], said: str = ""
) -> list[tuple[Kind, TableFile]]:
    """Return each file with its kind, in the order in which they are applied.

    `said` is the kind a person gave a single file. Raises FileRefusedError for files
    that do not go together.
    """
    if len(files) == 1:
        return [(Kind(said) if said else kind_of(files[0]), files[0])]
    found = [(kind_of(file), file) for file in sorted(files, key=_place)]
    is_pair = len({_place(file) for file in files}) == len(files)
    if is_pair and tuple(kind for kind, _ in found) in TOGETHER:
        return found
    names = " and ".join(f"{file.name} ({kind.label.lower()})" for kind, file in found)
    raise FileRefusedError(
        f"These files do not go together: {names}. Send them one after the other."
    )


def work_for(found: Sequence[tuple[Kind, TableFile]], order: Order) -> Work:
    """Read the files, and return what will apply them in one transaction."""
    return one_after_another([READERS[kind](file, order) for kind, file in found])
