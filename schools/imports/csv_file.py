"""Opens a publisher's CSV file, and finds what spoils a table, with its line.

Every reader in the project goes through here, so that encodings, line numbers and
broken rows are treated alike. Lines are numbered as a text editor numbers them.
"""

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

CHUNK = 1 << 20
LARGEST_FILE = 512 * CHUNK  # unpacked: eight times the whole register of England
KEPT = 8 * CHUNK  # a file up to this size is unpacked once and kept in memory
LONG_LINE = 5_000
LONGEST_CELL = 1_000  # characters; the longest published cell has some hundreds
REFUSED_COLUMNS = ("refused_row", "refused_column", "refused_reason")


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


class CsvFile:
    """A CSV file, plain or gzipped, in UTF-8, UTF-16 with its mark, or Windows-1252.

    `header` is trimmed. `refused` and `notes` fill while `rows` is read.
    Raises FileRefusedError for what is no table at all.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        if not path.is_file():
            raise FileRefusedError(f"There is no file {path}. Check its name.")
        with path.open("rb") as stream:
            self._is_packed = stream.read(2) == b"\x1f\x8b"
            stream.seek(0)
            self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        self._kept = b""
        self._needs_watching = False
        self.encoding = self._scan()
        self.refused: list[Refusal] = []
        self.notes: list[str] = []
        self._odd_lines: set[int] = set()
        with closing(self.records()) as records:
            first = next(records, None)
        if first is None:
            raise FileRefusedError(_EMPTY)
        self.header_line = first[0]
        self.header = [cell.strip() for cell in first[1]]

    @property
    def stem(self) -> str:
        """Return the file's name without .csv and .gz."""
        return self.name.removesuffix(".gz").removesuffix(".csv")

    def index_of(self, column: str) -> int:
        """Return where `column` stands; a header that has it twice is refused."""
        if self.header.count(column) > 1:
            raise FileRefusedError(
                f"The column {column} stands twice in the header. Delete one of them."
            )
        return self.header.index(column)

    def records(self) -> Generator[tuple[int, list[str]], None, None]:
        """Yield every filled line, the header too: its number and cells as they are."""
        with io.TextIOWrapper(
            self._open(), encoding=self.encoding, newline=""
        ) as stream:
            lines = self._watched(stream) if self._needs_watching else stream
            reader = csv.reader(lines, strict=True)
            ended = 0
            try:
                for cells in reader:
                    line = ended + 1
                    ended = reader.line_num
                    if cells:
                        yield line, cells
            except csv.Error as error:
                raise FileRefusedError(_quote_sentence(error, ended + 1)) from error
            except UnicodeError as error:
                raise FileRefusedError(_NOT_TEXT) from error

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
                f"{tolerated} rows are shorter or longer than the header by cells that "
                "are empty or not read; they were taken."
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

    def _watched(self, stream: io.TextIOWrapper) -> Iterator[str]:
        """Yield the lines of `stream`, noting those that need a second look."""
        for number, line in enumerate(stream, start=1):
            if len(line) > LONG_LINE or "\0" in line:
                self._odd_lines.add(number)
            yield line

    def _open(self) -> BinaryIO:
        if self._kept:
            return io.BytesIO(self._kept)
        if self._is_packed:
            return cast("BinaryIO", gzip.open(self.path, "rb"))
        return self.path.open("rb")

    def _scan(self) -> str:
        """Return the encoding, after one pass that refuses what is no CSV file."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        size, encoding = 0, ""
        chunks: list[bytes] = []
        try:
            with self._open() as stream:
                for chunk in iter(partial(stream.read, CHUNK), b""):
                    encoding = encoding or _by_its_mark(chunk)
                    size += len(chunk)
                    chunks = [*chunks, chunk] if size <= KEPT else []
                    self._needs_watching |= _is_odd(chunk, encoding)
                    _check_size(size, chunk)
                    if encoding == "utf-8":
                        encoding = _tried(decoder, chunk)
            if encoding == "utf-8":
                encoding = _tried(decoder, b"", final=True)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise FileRefusedError(
                "The file is not a whole gzip file. Fetch it again."
            ) from error
        if not size:
            raise FileRefusedError(_EMPTY)
        self._kept = b"".join(chunks)
        return encoding


def _by_its_mark(first: bytes) -> str:
    """Return the encoding that the first bytes name, or utf-8 to be tried."""
    if first.startswith(b"PK\x03\x04"):
        raise FileRefusedError(
            "This is an Excel workbook (or another zip archive), whatever its name. "
            "Open it, save the sheet as CSV, and import that."
        )
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if b"\0" in first[:8]:
        raise FileRefusedError(
            "The file is not text, or is UTF-16 without its mark. Save it as CSV in "
            "UTF-8 and import that."
        )
    return "utf-8"


def _tried(
    decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False
) -> str:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_odd(chunk: bytes, encoding: str) -> bool:
    """Return whether `chunk` may hold a NUL or a long line, to be found by line."""
    return (
        encoding == "utf-16"
        or b"\0" in chunk
        or max(map(len, chunk.splitlines())) > LONG_LINE
    )


def _check_size(size: int, chunk: bytes) -> None:
    if size > LARGEST_FILE:
        raise FileRefusedError(
            f"The file unpacks to more than {LARGEST_FILE // CHUNK} MB, more than any "
            "that is published. Check that it is the right one."
        )
    if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
        raise FileRefusedError(
            "The file has a line of more than a million characters. Check that it is "
            "a CSV file."
        )


def _quote_sentence(error: csv.Error, line: int) -> str:
    text = str(error)
    if "unexpected end" in text:
        what = f"The quote opened on line {line} is never closed."
    elif "field larger" in text:
        what = f"A cell that starts on line {line} is longer than 131,072 characters."
    else:
        what = f"A quote on line {line} does not enclose its whole cell."
    return f"{what} Correct that line and import the file again; nothing was read."


_EMPTY = "The file is empty. Fetch it again from the publisher."
_NOT_TEXT = (
    "The file is neither UTF-8, UTF-16 with its mark, nor Windows-1252. Save it as "
    "CSV in UTF-8 and import that."
)
_RAGGED = "Give the row as many cells as the header has; quote a cell with a comma."
_FETCH = "Fetch the file again from the publisher."
