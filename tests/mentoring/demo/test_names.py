"""No name of the demonstration is anybody's."""

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentoring.demo.names import (
    FIRST_URN,
    OTHER_TRUSTS,
    TRUST_NAME,
    TRUST_UID,
    authorities,
    identities,
    place_names,
)
from mentoring.demo.people import PEOPLE
from mentoring.demo.register import FIRST_ACADEMY_URN

GENERAL_WORDS = {"schools", "trust", "north", "city", "of", "and"}


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    path = folder / name
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def real_words(shared_data: Path) -> set[str]:
    """Every word of a register: names, towns, wards, streets, trusts, authorities."""
    words: set[str] = set()
    for name in (
        "gias/edubasealldata_secondary_2018.csv.gz",
        "gias/groups_2022.csv.gz",
        "gias/links_edubasealldata_2025.csv.gz",
        "national/la_averages.csv",
    ):
        for row in rows(shared_data, name):
            for cell in row.values():
                words.update(re.findall(r"[a-z]+", (cell or "").casefold()))
    return words


def test_no_place_of_ours_is_a_word_of_the_real_registers(
    real_words: set[str],
) -> None:
    assert "hackney" in real_words
    assert real_words.isdisjoint(name.casefold() for name in place_names())


def test_no_authority_or_trust_of_ours_is_a_real_one(real_words: set[str]) -> None:
    names = [each.name for each in authorities(place_names())] + [
        TRUST_NAME,
        *OTHER_TRUSTS,
    ]
    ours = {word for name in names for word in name.casefold().split()}
    assert real_words.isdisjoint(ours - GENERAL_WORDS)


def test_no_surname_of_ours_is_in_the_real_registers(real_words: set[str]) -> None:
    surnames = {person.name.split()[-1].casefold() for person in PEOPLE}
    assert real_words.isdisjoint(surnames)


def test_no_urn_of_ours_is_in_the_real_registers(shared_data: Path) -> None:
    urns = {
        int(row[column])
        for row in rows(shared_data, "gias/links_edubasealldata_2025.csv.gz")
        for column in ("URN", "LinkURN")
        if row[column].isdecimal()
    }
    urns |= {
        int(row["URN"])
        for row in rows(shared_data, "gias/edubasealldata_secondary_2018.csv.gz")
    }
    assert max(urns) < FIRST_URN < FIRST_ACADEMY_URN


def test_no_authority_code_or_trust_number_of_ours_is_real(shared_data: Path) -> None:
    register = rows(shared_data, "gias/edubasealldata_secondary_2018.csv.gz")
    codes = {row["LA (code)"] for row in register}
    assert codes.isdisjoint(each.code for each in authorities(place_names()))
    numbers = {
        int(row["Group UID"]) for row in rows(shared_data, "gias/groups_2022.csv.gz")
    }
    assert max(numbers) < TRUST_UID


def test_every_school_has_a_name_and_urn_of_its_own() -> None:
    found = identities(3095)
    assert len({each.name for each in found}) == 3095
    assert len({each.urn for each in found}) == 3095
    assert len({(each.authority.code, each.number) for each in found}) == 3095


def test_the_authorities_are_spread_over_the_nine_regions() -> None:
    every = authorities(place_names())
    assert len(every) == 150
    assert len({each.region for each in every}) == 9
    assert {each.authority.code for each in identities(3095)} == {
        each.code for each in every
    }


def test_no_postcode_can_be_real() -> None:
    pattern = re.compile(r"Q[A-Z]\d{1,2} \d[A-Z]{2}")
    assert all(pattern.fullmatch(each.postcode) for each in identities(200))


def test_names_do_not_depend_on_how_many_schools_there_are() -> None:
    assert identities(50) == identities(200)[:50]


def test_there_are_names_for_more_schools_than_england_has() -> None:
    assert len(identities(4400)) == 4400
