"""Made-up performance tables in each year's layout, with every marker.

`expected` says what must be stored for each cell, by the publisher's notes on its
markers, and knows nothing of the importer.
"""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

URNS = range(100001, 100019)
CELLS = (
    *("57%", "0%", "100%", "12.5"),
    *("SUPP", "SUPPMAT", "NE", "NA", "NP", "LOWCOV", "NEW"),
    *("x", "z", "c", "low", "u", "", " "),
)
NUMBERS = {
    "A8": ("57.1", "0", "80", "12.5"),
    "P8": ("-0.65", "0", "1.2", "0.07"),
    "B8VA": ("987.3", "1000", "1012.6", "955"),
}
REASONS = {
    "SUPP": "suppressed",
    "SUPPMAT": "suppressed",
    "NE": "no_entries",
    "NA": "not_applicable",
    "NP": "not_published",
    "LOWCOV": "low_coverage",
    "NEW": "new_school",
    "z": "not_applicable",
    "c": "suppressed",
    "low": "rounds_to_zero",
    "u": "unreliable",
    "": "blank",
    " ": "blank",
}
LATEST_X_THAT_SUPPRESSES = 2018


@dataclass(frozen=True)
class Made:
    """A layout: its file's name, its columns, and which hold what of which year."""

    name: str
    columns: tuple[str, ...]
    measures: dict[str, tuple[str, int]]
    cohort: str = "TPUP"
    urn: str = "URN"

    def write(self, folder: Path) -> Path:
        """Write the file and return its path."""
        path = folder / self.name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.columns, restval="")
            writer.writeheader()
            for at, urn in enumerate(URNS):
                writer.writerow(self.row(at, urn))
        return path

    def row(self, at: int, urn: int) -> dict[str, str]:
        """Return the cells of the school in line `at`."""
        known = {
            "RECTYPE": "1",
            "breakdown": "Total",
            "geographic_level": "School",
            "version": "Revised",
            self.urn: str(urn),
            self.cohort: str(100 + at),
        }
        if "time_period" in self.columns:
            year = next(iter(self.measures.values()))[1]
            known["time_period"] = f"{year - 1}{year % 100:02d}"
        cells = {
            column: self.cell(at, shift, measure)
            for shift, (column, (measure, _)) in enumerate(self.measures.items())
        }
        return {
            **{name: known[name] for name in known if name in self.columns},
            **cells,
        }

    @staticmethod
    def cell(at: int, shift: int, measure: str) -> str:
        """Return a cell; only shares of pupils have a per cent sign."""
        place = (at + shift) % len(CELLS)
        numbers = NUMBERS.get(measure, ())
        return numbers[place] if place < len(numbers) else CELLS[place]

    def expected(self) -> dict[tuple[int, str, int], tuple[float | None, str]]:
        """Return value and reason by URN, measure and year."""
        found: dict[tuple[int, str, int], tuple[float | None, str]] = {}
        for at, urn in enumerate(URNS):
            row = self.row(at, urn)
            for column, (measure, year) in self.measures.items():
                text = row[column]
                if text == "x":
                    old = year <= LATEST_X_THAT_SUPPRESSES
                    why = "suppressed" if old else "not_available"
                    found[urn, measure, year] = (None, why)
                elif text in REASONS:
                    found[urn, measure, year] = (None, REASONS[text])
                else:
                    found[urn, measure, year] = (float(text.rstrip("%")), "")
        return found


def _cut(*columns: str) -> tuple[str, ...]:
    return ("RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TPUP", *columns)


def _of(year: int, **measures: str) -> dict[str, tuple[str, int]]:
    return {column: (measure, year) for column, measure in measures.items()}


def dictionary(path: Path) -> tuple[str, ...]:
    """Return the columns that a publisher's dictionary names."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return tuple(row["Metafile heading"] for row in csv.DictReader(file))


GRADED = {
    "ATT8SCR": "A8",
    "P8MEA": "P8",
    "PTL2BASICS_94": "94EM",
    "PTL2BASICS_95": "95EM",
}


def layouts(ks4: Path) -> dict[str, Made]:
    """Return a layout for each year that has tables; `ks4` has the headers."""
    header = (ks4 / "england_ks4final_2022-23_header.txt").read_text().split()
    of_2014 = dictionary(ks4 / "ks4_meta_2013-14.csv.gz")
    of_2019 = dictionary(ks4 / "ks4-final_meta_2018-19.csv.gz")
    statistics = (
        *("time_period", "geographic_level", "school_urn", "school_name", "version"),
        *("breakdown", "t_pupils", "avg_att8", "avg_p8score"),
        *("pt_l2basics_94", "pt_l2basics_95"),
    )
    return {
        "2010": Made(
            "england_ks4_2009-10.csv",
            _cut("AC5EM08", "AC5EM09", "AC5EM10"),
            {
                "AC5EM08": ("5ACEM", 2008),
                "AC5EM09": ("5ACEM", 2009),
                "AC5EM10": ("5ACEM", 2010),
            },
        ),
        **{
            str(year): Made(
                f"england_ks4_{year - 1}-{year % 100}.csv",
                _cut("PTAC5EM"),
                _of(year, PTAC5EM="5ACEM"),
            )
            for year in (2011, 2012, 2013)
        },
        "2014": Made(
            "england_ks4final.csv",  # the trend columns give the year
            of_2014,
            _of(
                2014,
                PTAC5EM_PTQ="5ACEM",
                PTAC5_PTQ="5AC",
                PTL2BASICS_PTQ="ACEM",
                B8VAMEA_PTQ="B8VA",
            ),
        ),
        "2015": Made(
            "england_ks4final_2014-15.csv",
            _cut("PTAC5EM_PTQ_EE", "PTL2BASICS_PTQ_EE"),
            _of(2015, PTAC5EM_PTQ_EE="5ACEM", PTL2BASICS_PTQ_EE="ACEM"),
        ),
        "2016": Made(
            "england_ks4final_2015-16.csv",
            _cut("ATT8SCR", "P8MEA", "PTAC5EM_PTQ_EE", "PTL2BASICS_LL_PTQ_EE"),
            _of(
                2016,
                ATT8SCR="A8",
                P8MEA="P8",
                PTAC5EM_PTQ_EE="5ACEM",
                PTL2BASICS_LL_PTQ_EE="ACEM",
            ),
        ),
        **{
            str(year): Made(
                f"england_ks4final_{year - 1}-{year % 100}.csv",
                _cut("PT5EM_94", *GRADED),
                _of(year, **GRADED),
            )
            for year in (2017, 2018, 2022)
        },
        "2019": Made("england_ks4final.csv", of_2019, _of(2019, **GRADED)),
        "2023": Made("england_ks4final.csv", tuple(header), _of(2023, **GRADED)),
        "2024": Made(
            "202324_performance_tables_schools.csv",
            statistics,
            _of(
                2024,
                avg_att8="A8",
                avg_p8score="P8",
                pt_l2basics_94="94EM",
                pt_l2basics_95="95EM",
            ),
            cohort="t_pupils",
            urn="school_urn",
        ),
    }
