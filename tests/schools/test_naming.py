"""Publishers' capitals as people read them, on names as the register has them."""

import csv
import gzip
from pathlib import Path

import pytest

from schools.naming import counted, readable


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("NORTHERN EDUCATION TRUST", "Northern Education Trust"),
        ("TKAT", "TKAT"),
        ("PRIME7 MAT", "Prime7 MAT"),
        ("CANON PYON CE ACADEMY", "Canon Pyon CE Academy"),
        ("GLF SCHOOLS", "GLF Schools"),
        ("ST MARY'S C OF E PRIMARY ACADEMY", "St Mary's C of E Primary Academy"),
        ("ST.EDWARD'S COLLEGE", "St.Edward's College"),
        ("ST JAMES THE GREAT R.C. SCHOOL", "St James the Great R.C. School"),
        ("L.E.A.D. ACADEMY TRUST", "L.E.A.D. Academy Trust"),
        ("LADY HAWKINS\u2019 SCHOOL", "Lady Hawkins\u2019 School"),
        ("THE MCAULEY CATHOLIC HIGH SCHOOL", "The McAuley Catholic High School"),
        ("O'BRIEN AND D'ARCY TRUST", "O'Brien and D'Arcy Trust"),
        ("KING EDWARD VI ASTON SCHOOL", "King Edward VI Aston School"),
        ("STRATFORD-UPON-AVON SCHOOL", "Stratford-upon-Avon School"),
        ("OSBORNE CO-OPERATIVE TRUST", "Osborne Co-operative Trust"),
        ("UTC@HARBOURSIDE", "UTC@Harbourside"),
        ("OUR CHILDREN 1ST", "Our Children 1st"),
        ("1EXCELLENCE LTD", "1Excellence Ltd"),
        ("M20 LEARNING TRUST", "M20 Learning Trust"),
        ("FIERTÉ MULTI-ACADEMY TRUST", "Fierté Multi-Academy Trust"),
        ("QUEST (A CHURCH OF ENGLAND TRUST)", "Quest (A Church of England Trust)"),
        ("STEPHENSON (MK) TRUST", "Stephenson (MK) Trust"),
        ("THE ACADEMY: THE COURTYARD", "The Academy: The Courtyard"),
        ("SCHOOL A", "School A"),
        ("", ""),
    ],
)
def test_capitals_are_read_as_a_name(published: str, shown: str) -> None:
    assert readable(published) == shown


@pytest.mark.parametrize(
    "name", ["The Kempston Education Trust (KET)", "eAct", "REAch2"]
)
def test_a_name_that_the_publisher_wrote_with_care_stays(name: str) -> None:
    assert readable(name) == name


def test_no_name_of_the_whole_register_loses_a_letter(shared_data: Path) -> None:
    path = shared_data / "gias" / "groups_2022.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        names = {row["Group Name"] for row in csv.DictReader(file)}
    capitals = [name for name in names if name.isupper()]
    assert len(capitals) > 3000
    for name in names:
        assert readable(name).upper() == name.upper()
        # What is shown is never changed again.
        assert readable(readable(name)) == readable(name)
    shouted = [name for name in capitals if readable(name) == name]
    # What stays in capitals is initials and numbers, such as HCAT and SHF0244.
    assert all(len(name) <= len("SHF0244") for name in shouted), shouted


def test_one_is_counted_as_one() -> None:
    assert counted(1, "trust closes", "trusts close") == "1 trust closes"
    assert counted(1200, "trust closes", "trusts close") == "1,200 trusts close"
    assert counted(0, "trust closes", "trusts close") == "0 trusts close"
