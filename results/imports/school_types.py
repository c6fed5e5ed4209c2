"""What kind of school a row of the performance tables says it is."""

from collections.abc import Callable
from functools import cache

from schools.imports.table_file import TableFile
from schools.imports.type_groups import type_group
from schools.models import Establishment

Group = Establishment.TypeGroup

SPECIAL_ROW = "2"
"""The type of row (RECTYPE) of special schools, in every year's tables."""

_CODES = {
    Group.MAINTAINED: "CY VA VC FD",
    Group.ACADEMY: "AC ACC F FSS UTC",
    Group.CTC: "CTC",
    Group.SPECIAL: "CYS FDS ACS ACCS FS INDSPEC INDSS NMSS",
    Group.INDEPENDENT: "IND",
}
_BY_CODE = {
    code: group.value for group, codes in _CODES.items() for code in codes.split()
}


@cache
def by_code(rectype: str, code: str) -> str:
    """Return the kind that the tables' code NFTYPE means; "" for an unknown one."""
    if rectype.strip() == SPECIAL_ROW:
        return Group.SPECIAL.value
    return _BY_CODE.get(code.strip(), "")


@cache
def by_name(type_name: str, group: str) -> str:
    """Return the kind that a type of establishment in words means; "" for none."""
    return type_group(group.strip(), type_name.strip())


def kind_reader(file: TableFile) -> Callable[[list[str]], str]:
    """Return what reads a row's kind of school; "" where the row does not say.

    The register is asked where the row does not say.
    """
    header = set(file.header)
    if {"TypeOfEstablishment (name)", "EstablishmentGroup"} <= header:
        name = file.index_of("TypeOfEstablishment (name)")
        group = file.index_of("EstablishmentGroup")
        return lambda row: by_name(row[name], row[group])
    if "RECTYPE" not in header:
        return lambda _row: ""
    rectype = file.index_of("RECTYPE")
    if "NFTYPE" in header:
        code = file.index_of("NFTYPE")
        return lambda row: by_code(row[rectype], row[code])
    return lambda row: by_code(row[rectype], "")
