"""Recognises a results file by its header and reads it. Pure: files in, figures out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from results.imports.figures import Figures
from results.imports.layouts import is_tidy
from results.imports.markers import Rule
from results.imports.performance_tables import read_performance_tables
from results.imports.recognise import recognise
from results.imports.statistics_file import is_statistics, read_statistics
from results.imports.tidy import Years, read_tidy
from results.models.choices import ReleaseStatus
from schools.imports.table_file import FileRefusedError, TableFile


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of a file, None where nothing, and the day it is."""

    year: int | None
    release: ReleaseStatus | None
    on: date


def read_results(
    file: TableFile, rules: Mapping[str, Rule], years: Mapping[str, Years], asked: Asked
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
    elif is_statistics(file.header):
        if asked.year is not None:
            raise FileRefusedError(
                "This layout says the year in every row. Leave --year out."
            )
        found = read_statistics(
            file, rules, latest=asked.on.year, release=asked.release
        )
        said = ()
    else:
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
