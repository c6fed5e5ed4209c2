"""Writes the refused rows of a file as a file, to be mended and imported again."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from schools.imports.cells import FORMULA_STARTS
from schools.imports.table_file import REFUSED_COLUMNS, Refusal, TableFile

_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?", re.ASCII)


def write_refused(file: TableFile, refusals: Iterable[Refusal], folder: Path) -> Path:
    """Write the rows of `refusals` with their own cells, and return the path.

    The header is the file's own; three columns at the end say which line it was,
    which column, and why. Readers ignore them, so the mended file is imported as it
    is. The file is read again: no import keeps its rows in memory.
    """
    by_line: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_line[refusal.row].append(refusal)
    kept = [at for at, name in enumerate(file.header) if name not in REFUSED_COLUMNS]
    rows = [
        (line, [*(cells[at] for at in kept if at < len(cells))], cells)
        for line, cells in file.records()
        if line in by_line
    ]
    beyond = max((len(cells) - len(file.header) for _, _, cells in rows), default=0)
    width = len(kept) + max(beyond, 0)
    path = folder / f"{file.stem}-refused.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        header = [file.header[at] for at in kept]
        writer.writerow([*_padded(header, width), *REFUSED_COLUMNS])
        for line, own, cells in rows:
            whole = _padded([*own, *cells[len(file.header) :]], width)
            writer.writerow([*map(harmless, whole), *_why(by_line[line])])
    return path


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it as a formula."""
    clean = cell.replace("\0", "\ufffd")
    if clean[:1] in FORMULA_STARTS and not _NUMBER.fullmatch(clean):
        return f"'{clean}"
    return clean


def _why(refusals: list[Refusal]) -> tuple[str, str, str]:
    return (
        str(refusals[0].row),
        harmless("; ".join(refusal.column for refusal in refusals)),
        "; ".join(f"{refusal.reason}. {refusal.advice}" for refusal in refusals),
    )


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
