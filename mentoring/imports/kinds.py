"""Tells by its header what a file is for, and which files go together."""

from collections.abc import Mapping, Sequence

from mentoring.imports.memberships import NEEDED
from mentoring.imports.taking import READERS, Order, Work, one_after_another
from schools.imports.links import COLUMNS as LINK_COLUMNS
from schools.imports.table_file import FileRefusedError, TableFile
from schools.models import ImportRun

Kind = ImportRun.Kind

MARKS: Mapping[Kind, frozenset[str]] = {
    Kind.REGISTER: frozenset({"URN", "EstablishmentName", "EstablishmentNumber"}),
    Kind.LINKS: frozenset(LINK_COLUMNS[:2]),
    Kind.MEMBERSHIPS: frozenset(NEEDED),
    Kind.AVERAGES: frozenset({"la_code", "exam_year", "pct_5ac"}),
    Kind.NATIONAL: frozenset({"measure", "coverage", "basis", "source"}),
}
"""Columns that only a file of this kind has."""

TOGETHER: Sequence[tuple[Kind, ...]] = ((Kind.REGISTER, Kind.LINKS),)
"""Files that may be sent at once, in the order in which they are applied."""

MOST_FILES = 2


def kind_of(file: TableFile) -> Kind:
    """Return what `file` is for by its header.

    Anything unknown is taken for results, whose reader says what it lacks.
    """
    header = set(file.header)
    return next(
        (kind for kind, marks in MARKS.items() if marks <= header), Kind.RESULTS
    )


def sorted_by_kind(
    files: Sequence[TableFile], said: str = ""
) -> list[tuple[Kind, TableFile]]:
    """Return each file with its kind, in the order in which they are applied.

    `said` is the kind a person gave a single file. Raises FileRefusedError for files
    that do not go together.
    """
    if len(files) == 1:
        return [(Kind(said) if said else kind_of(files[0]), files[0])]
    found = [(kind_of(file), file) for file in files]
    kinds = [kind for kind, _ in found]
    for together in TOGETHER:
        if set(kinds) == set(together) and len(kinds) == len(together):
            return sorted(found, key=lambda each: together.index(each[0]))
    names = " and ".join(f"{file.name} ({kind.label.lower()})" for kind, file in found)
    raise FileRefusedError(
        f"These files do not go together: {names}. Send them one after the other."
    )


def work_for(found: Sequence[tuple[Kind, TableFile]], order: Order) -> Work:
    """Read the files, and return what will apply them in one transaction."""
    return one_after_another([READERS[kind](file, order) for kind, file in found])
