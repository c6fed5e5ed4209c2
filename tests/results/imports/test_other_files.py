"""A file of another kind is refused with what it is."""

from datetime import date

import pytest

from results.imports.recognise import recognise
from schools.imports.table_file import FileRefusedError


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("URN,LA,ESTAB,SCHOOLTYPE,NOR,NORG,NORB,PNORG,PNORB", "the school census"),
        ("TRUST_UID,TRUST_NAME,TPUP,P8MEA,ATT8SCR", "results by trust"),
        ("LA,ESTAB,URN,PERCTOT,PPERSABS10", "absence by school"),
        ("RECTYPE,LEA,ESTAB,URN,SCHNAME,TELIG,PTRWM_EXP", "key stage 2 results"),
        (
            "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName",
            "the register of schools",
        ),
        ("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate", "the links between"),
        ("Group UID,Group ID,Group Name,Companies House Number", "the list of trusts"),
        ("URN,Group UID,Group ID,Group Name", "the trusts and their schools"),
        (
            "time_period,time_identifier,geographic_level,country_name,avg_att8",
            "figures of England or of areas",
        ),
        ("la_code,gss,name,exam_year,pupils,pct_5ac,pct_5acem,source", "averages"),
        ("Column,Metafile heading,Metafile description", "a dictionary of columns"),
        ("urn,role,joined", "memberships"),
    ],
)
def test_each_kind_is_named(header: str, what: str) -> None:
    with pytest.raises(FileRefusedError, match=f"This is {what}"):
        recognise(
            header.split(","), "file.csv", year=None, release=None, on=date(2024, 1, 1)
        )
