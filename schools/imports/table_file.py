"""A table in a file: its header, its rows, and what spoils a row.

Every reader in the project goes through here, whatever kind of file the table is in.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from schools.naming import counted

LONGEST_CELL = 1_000  # characters; the longest published cell has some hundreds
REFUSED_COLUMNS = ("refused_row", "refused_column", "refused_reason")
EMPTY = "The file is empty. Fetch it again from the publisher."


class FileRefusedError(Exception):
    """A file that cannot be used; its sentences say why and what to do."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: its line in the file, the cell, why, what to do.

    `figures` names what is lost with it, such as "B8VA 2014", where that is known.
    """

    row: int
    column: str
    value: str
    reason: str
    advice: str
    figures: tuple[str, ...] = ()


class TableFile(ABC):
    """A table in a file. `header` is trimmed; `refused` and `notes` fill on reading.

    Rows are numbered as the program that people open the file with numbers them.
    """

    path: Path
    name: str
    sha256: str
    header: list[str]
    header_line: int

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.refused: list[Refusal] = []
        self.notes: list[str] = []
        self._odd_lines: set[int] = set()

    @property
    def stem(self) -> str:
        """Return the file's name without its endings."""
        return self.name.removesuffix(".gz").rpartition(".")[0] or self.name

    @abstractmethod
    def records(self) -> Generator[tuple[int, list[str]], None, None]:
        """Yield every filled line, the header too: its number and cells as they are."""

    def read_header(self) -> None:
        """Find the header: the first filled line. Raises FileRefusedError for none."""
        with closing(self.records()) as records:
            first = next(records, None)
        if first is None:
            raise FileRefusedError(EMPTY)
        self.header_line = first[0]
        # No database takes a NUL, and sentences name columns.
        self.header = [cell.strip().replace("\0", "\ufffd") for cell in first[1]]

    def index_of(self, column: str) -> int:
        """Return where `column` stands; a header that has it twice is refused."""
        if self.header.count(column) > 1:
            raise FileRefusedError(
                f"The column {column} stands twice in the header. Delete one of them."
            )
        return self.header.index(column)

    def rows(self, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and cells of each usable row after the header.

        A row is refused when it has data beyond the header, or ends before the last
        of the columns `needed`, or holds a NUL or a cell of absurd length.
        """
        width = len(self.header)
        shortest = max(self.index_of(column) for column in needed) + 1
        nameless = [at for at, name in enumerate(self.header) if not name]
        tolerated = 0
        odd_lines = self._odd_lines
        with closing(self.records()) as records:
            next(records)
            for line, cells in records:
                if len(cells) != width or nameless or (odd_lines and line in odd_lines):
                    fault = self._fault(line, cells, shortest, nameless)
                    if fault is not None:
                        self.refused.append(fault)
                        continue
                    tolerated += len(cells) != width
                yield line, cells
        if tolerated:
            self.notes.append(
                counted(
                    tolerated,
                    "row is shorter or longer than the header by cells that are empty "
                    "or not read; it was taken.",
                    "rows are shorter or longer than the header by cells that are "
                    "empty or not read; they were taken.",
                )
            )

    def _fault(
        self, line: int, cells: list[str], shortest: int, nameless: list[int]
    ) -> Refusal | None:
        width = len(self.header)
        beyond = [
            *(cells[at] for at in nameless if at < len(cells)),
            *cells[width:],
        ]
        stray = next((cell for cell in beyond if cell.strip()), None)
        if stray is not None:
            reason = f"the row has {len(cells)} cells, the header {width}"
            return Refusal(line, "", stray[:80], reason, _RAGGED)
        if len(cells) < shortest:
            reason = f"the row has {len(cells)} cells, the header {width}"
            return Refusal(line, self.header[len(cells)], "", reason, _RAGGED)
        for column, cell in zip(self.header, cells, strict=False):
            if "\0" in cell:
                reason = "the cell holds a NUL character"
                return Refusal(line, column, cell.replace("\0", "\\0"), reason, _FETCH)
            if len(cell) > LONGEST_CELL:
                reason = f"the cell has {len(cell):,} characters"
                advice = f"Shorten it to {LONGEST_CELL:,} at most."
                return Refusal(line, column, cell[:40] + "…", reason, advice)
        return None


_RAGGED = "Give the row as many cells as the header has; quote a cell with a comma."
_FETCH = "Fetch the file again from the publisher."
