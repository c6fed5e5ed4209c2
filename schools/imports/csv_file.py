"""Opens a publisher's CSV file, and finds what spoils a table, with its line.

Encodings, line numbers and broken rows are treated alike in every import. Lines are
numbered as a text editor numbers them. `opening.open_file` also takes workbooks.
"""

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from schools.imports.table_file import EMPTY, FileRefusedError, TableFile

CHUNK = 1 << 20
LARGEST_FILE = 512 * CHUNK  # unpacked: eight times the whole register of England
KEPT = 8 * CHUNK  # a file up to this size is unpacked once and kept in memory
LONG_LINE = 5_000


class CsvFile(TableFile):
    """A CSV file, plain or gzipped, in UTF-8, UTF-16 with its mark, or Windows-1252.

    `header` is trimmed. `refused` and `notes` fill while `rows` is read.
    Raises FileRefusedError for what is no table at all.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        if not path.is_file():
            raise FileRefusedError(f"There is no file {path}. Check its name.")
        with path.open("rb") as stream:
            self._is_packed = stream.read(2) == b"\x1f\x8b"
            stream.seek(0)
            self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        self._kept = b""
        self._needs_watching = False
        self.encoding = self._scan()
        self.read_header()

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
            raise FileRefusedError(EMPTY)
        self._kept = b"".join(chunks)
        return encoding


def _by_its_mark(first: bytes) -> str:
    """Return the encoding that the first bytes name, or utf-8 to be tried."""
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


_NOT_TEXT = (
    "The file is neither UTF-8, UTF-16 with its mark, nor Windows-1252. Save it as "
    "CSV in UTF-8 and import that."
)
