"""Files of any size in the publishers' own layouts, from the tests' excerpts."""

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.fixtures import REGISTER, TIDY_HEADER

FIRST_URN = 100001
YEARS = range(2001, 2007)
MEASURES = ("5AC", "5ACEM")


def register(path: Path, rows: int) -> Path:
    """Write a register of `rows` establishments, each of a URN and name of its own."""
    with REGISTER.open(encoding="cp1252", newline="") as file:
        header, *excerpt = csv.reader(file)
    urn, name, number = (
        header.index(each)
        for each in ("URN", "EstablishmentName", "EstablishmentNumber")
    )
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for place in range(rows):
            row = list(excerpt[place % len(excerpt)])
            row[urn] = str(FIRST_URN + place)
            row[name] = f"{row[name]} {place}"
            row[number] = f"{place % 9000 + 1000}"
            writer.writerow(row)
    return path


def results(path: Path, schools: int) -> Path:
    """Write six years of two measures of `schools` of that register."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{TIDY_HEADER}\n")
        file.writelines(_lines(schools))
    return path


def _lines(schools: int) -> Iterator[str]:
    for place in range(schools):
        for year in YEARS:
            for at, measure in enumerate(MEASURES):
                value = (place * 7 + year * 3 + at * 11) % 101
                yield (
                    f"{FIRST_URN + place},{year},{measure},15-year-olds,final,"
                    f"{value},,{30 + place % 300}\n"
                )
