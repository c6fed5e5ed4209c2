"""Recognises a results file by its header and reads it. Pure: files in, figures out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from results.imports.figures import Figures
from results.imports.layouts import TIDY_COLUMNS, is_tidy, recognise
from results.imports.markers import Rule
from results.imports.performance_tables import read_performance_tables
from results.imports.tidy import Years, read_tidy
from results.models.choices import ReleaseStatus
from schools.imports.csv_file import CsvFile, FileRefusedError


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of a file, None where nothing, and the day it is."""

    year: int | None
    release: ReleaseStatus | None
    on: date


def read_results(
    file: CsvFile, rules: Mapping[str, Rule], years: Mapping[str, Years], asked: Asked
) -> Figures:
    """Return the figures of `file`, with a note of what it was taken for.

    `rules` and `years` are of every measure by code. Raises FileRefusedError.
    """
    if is_tidy(file.header):
        if asked.year is not None or asked.release is not None:
            raise FileRefusedError(
                "This layout says year and release in every row. Leave --year and "
                "--release out."
            )
        found = read_tidy(file, rules, years, latest=asked.on.year)
        said: tuple[str, ...] = ()
    else:
        _refuse_statistics(file, asked.on)
        layout = recognise(
            file.header, file.name, year=asked.year, release=asked.release, on=asked.on
        )
        missing = sorted(set(layout.measures.values()) - rules.keys())
        if missing:
            raise FileRefusedError(
                f"The measures {', '.join(missing)} are not loaded. Run migrate first."
            )
        found = read_performance_tables(file, layout, rules)
        said = layout.said
    found.notes[:0] = [f"Taken for {found.title}.", *said]
    return found


def _refuse_statistics(file: CsvFile, on: date) -> None:
    """Refuse a file of Explore education statistics, whose years are like 202324."""
    if not {"time_period", "school_urn"} <= set(file.header):
        return
    at = file.index_of("time_period")
    for _, row in file.rows(["time_period"]):
        period = row[at].strip()
        if period.isdecimal() and len(period) == 6 and int(period[:4]) >= on.year:  # noqa: PLR2004 -- 202324
            raise FileRefusedError(
                f"{period} is later than the current academic year; its results "
                "cannot be out. Correct time_period."
            )
    raise FileRefusedError(
        "This is a file of Explore education statistics, which is not read: its "
        "headline measures are not there by school. Put the figures into the layout "
        f"{','.join(TIDY_COLUMNS)}."
    )
