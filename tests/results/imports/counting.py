"""Counts what published files hold, by other means than the importer's.

Nothing of the program is used here: only the files, the standard library, and what
the publisher says of its columns and rows.
"""

import csv
import gzip
from pathlib import Path

HEADLINES = {
    "england_ks4final_2013-14": "PTAC5EM_PTQ PTAC5_PTQ PTL2BASICS_PTQ B8VAMEA_PTQ",
    "england_ks4final_2015-16": "ATT8SCR P8MEA PTL2BASICS_LL_PTQ_EE PTAC5EM_PTQ_EE",
    "england_ks4final_2016-17": "ATT8SCR P8MEA PTL2BASICS_94 PTL2BASICS_95",
    "815_ks4final_2016-17": "ATT8SCR P8MEA PTL2BASICS_94 PTL2BASICS_95",
    "england_ks4final_2017-18": "ATT8SCR P8MEA PTL2BASICS_94 PTL2BASICS_95",
    "815_ks4final_2017-18": "ATT8SCR P8MEA PTL2BASICS_94 PTL2BASICS_95",
}
SCHOOLS = {"1", "2", "SCH"}
FIRST_STATE_FUNDED = 2010
OTHERWISE_CALLED = {"East": "East of England"}


def table(path: Path) -> list[list[str]]:
    """Return the rows of a file, the header first."""
    packed = path.read_bytes()
    plain = gzip.decompress(packed) if path.suffix == ".gz" else packed
    try:
        text = plain.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = plain.decode("cp1252")
    return [row for row in csv.reader(text.splitlines()) if row]


def column(rows: list[list[str]], name: str) -> list[str]:
    """Return the cells of a column of a table with its header."""
    at = rows[0].index(name)
    return [row[at] for row in rows[1:]]


def register(shared: Path) -> list[list[str]]:
    return table(shared / "gias" / "edubasealldata_secondary_2018.csv.gz")


def links(shared: Path) -> list[list[str]]:
    return table(shared / "gias" / "links_edubasealldata_2025.csv.gz")[1:]


def successions(shared: Path) -> int:
    """Return how many pairs succeed one another, each counted from one side."""
    directed, other = set(), set()
    for urn, to, _, kind, _ in links(shared):
        if kind.startswith("Successor"):
            directed.add((urn, to))
        elif kind.startswith("Predecessor"):
            directed.add((to, urn))
        elif kind == "Result of Amalgamation":
            other.add(frozenset((urn, to)))
    return len(directed) + len(other - {frozenset(pair) for pair in directed})


def figures(shared: Path, name: str) -> tuple[int, int]:
    """Return the figures of a KS4 file and its rows that cannot be taken.

    A school's every headline cell is a figure, be it a number or a marker. A row of
    a URN that neither the register nor its links hold is refused if it says anything,
    and one that ends before the last headline always.
    """
    known = {*column(register(shared), "URN")}
    known.update(urn for row in links(shared) for urn in row[:2])
    rows = table(shared / "ks4" / f"{name}.csv.gz")
    header = rows[0]
    wanted = [header.index(each) for each in HEADLINES[name].split() if each in header]
    urn_at, kind_at = header.index("URN"), header.index("RECTYPE")
    schools, strangers, short = set(), set(), 0
    for row in rows[1:]:
        if row[kind_at] not in SCHOOLS:
            continue
        if len(row) <= max(wanted):
            short += 1
            continue
        urn = row[urn_at].removesuffix(".0")
        if urn in known:
            schools.add(urn)
        elif any(row[at].strip() for at in wanted):
            strangers.add(urn)
    return len(schools) * len(wanted), len(strangers) + short


def averages(shared: Path) -> int:
    """Return the averages of areas of the register since they are of state schools."""
    held = register(shared)
    areas = {*column(held, "LA (code)"), *column(held, "GOR (name)")} - {""}
    found: set[tuple[str, str, int]] = set()
    for code, _, name, year, _, *shares, _ in table(
        shared / "national" / "la_averages.csv"
    )[1:]:
        area = code or OTHERWISE_CALLED.get(name, name)
        if area in areas and int(year) >= FIRST_STATE_FUNDED:
            found.update((area, year, at) for at, cell in enumerate(shares) if cell)
    return len(found)
