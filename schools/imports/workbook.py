"""Opens an Excel workbook as a table, without unpacking what is too large.

Cells become the text that people see: a whole number without `.0`, a percentage with
its sign, a date as YYYY-MM-DD. Rows are numbered as the spreadsheet numbers them.
"""

import hashlib
import html
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from schools.imports.table_file import EMPTY, FileRefusedError, TableFile

MB = 1 << 20
LARGEST = 100 * MB  # unpacked, all parts together
RATIO = 200  # times the packed size, for what unpacks to more than SMALL
SMALL = 10 * MB
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
PERCENT_FORMATS = {"9", "10"}  # Excel's own: 0% and 0.00%


class WorkbookFile(TableFile):
    """The first filled sheet of an Excel workbook (.xlsx).

    Raises FileRefusedError for what is no workbook, or unpacks to too much.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with path.open("rb") as stream:
            self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        self._check_parts()
        self.sheet = self._choose_sheet()
        self.read_header()

    def _check_parts(self) -> None:
        """Refuse from the declared sizes, then from what is really unpacked."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                parts = archive.infolist()
                _check_declared(parts, self.path.stat().st_size)
                names = {part.filename for part in parts}
                if WORKBOOK not in names:
                    raise FileRefusedError(_what_archive(names))
                for part in parts:
                    _check_real(archive, part)
                self._percentages = _percent_cells(archive, names)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise FileRefusedError(
                "The workbook is damaged. Fetch it again, or save it anew."
            ) from error

    def _choose_sheet(self) -> str:
        """Return the name of the first sheet with a header, noting the others."""
        book = _opened(self.path)
        filled = [name for name in book.sheet_names if _has_header(book, name)]
        if not filled:
            raise FileRefusedError(EMPTY)
        if len(filled) > 1:
            others = ", ".join(filled[1:])
            self.notes.append(f"Sheet {filled[0]} was read; not read: {others}.")
        return str(filled[0])

    def records(self) -> Generator[tuple[int, list[str]], None, None]:
        """Yield every filled row, the header too: its number and cells as text."""
        book = _opened(self.path)
        percent = self._percentages.get(self.sheet, set())
        for number, row in enumerate(_cells(book, self.sheet), start=1):
            texts = [
                _text(cell, is_percent=(number, at) in percent)
                for at, cell in enumerate(row, start=1)
            ]
            if any(texts):
                yield number, texts


def _opened(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- only for workbooks

    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise FileRefusedError(
            "The workbook cannot be read. Save it anew as .xlsx, or as CSV."
        ) from error


def _cells(book: Any, name: str) -> Iterator[list[Any]]:
    """Yield the rows of a sheet from A1 on, whatever is empty there."""
    sheet = book.get_sheet_by_name(name)
    if sheet.start is not None:
        before = [""] * sheet.start[1]
        yield from ([*before, *row] for row in sheet.iter_rows())


def _has_header(book: Any, name: str) -> bool:
    """Return whether a sheet has a row of several filled cells."""
    return any(
        sum(bool(str(cell).strip()) for cell in row) > 1 for row in _cells(book, name)
    )


def _text(cell: Any, *, is_percent: bool) -> str:
    """Return a cell as people see it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        if is_percent:
            return f"{_number(round(cell * 100, 10))}%"
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _check_declared(parts: list[zipfile.ZipInfo], packed: int) -> None:
    size = sum(part.file_size for part in parts)
    if size > LARGEST or (size > SMALL and size > RATIO * packed):
        raise FileRefusedError(_TOO_LARGE)


def _check_real(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that unpacks to more than it declares: nothing honest does."""
    if part.flag_bits & 1:
        raise FileRefusedError(
            "The workbook is protected by a password. Save it without one."
        )
    with archive.open(part) as stream:
        while stream.read(MB):
            pass


def _what_archive(names: set[str]) -> str:
    tables = sorted(
        name for name in names if name.casefold().endswith((".csv", ".xlsx"))
    )
    if tables:
        return (
            f"This is a zip archive that holds {', '.join(tables[:5])}. Unpack it and "
            "import the file you mean."
        )
    return (
        "This is a zip archive, but no Excel workbook (.xlsx). Save the table as .xlsx "
        "or as CSV and import that."
    )


def _percent_cells(
    archive: zipfile.ZipFile, names: set[str]
) -> dict[str, set[tuple[int, int]]]:
    """Return by sheet the row and column, from 1, of cells shown as percentages.

    A spreadsheet keeps 13% as 0.13, and only the cell's format tells.
    """
    styles = _percent_styles(archive.read(STYLES)) if STYLES in names else set()
    if not styles:
        return {}
    return {
        sheet: {
            (int(row), _column(letters.decode()))
            for letters, row, style in _CELL.findall(archive.read(part))
            if style in styles
        }
        for sheet, part in _sheet_parts(archive, names)
    }


def _sheet_parts(
    archive: zipfile.ZipFile, names: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name with the part of the archive that holds it."""
    if RELATIONS not in names:
        return
    targets = {}
    for tag in re.findall(r"<Relationship [^>]*>", archive.read(RELATIONS).decode()):
        targets[_attribute(tag, "Id")] = _attribute(tag, "Target")
    for tag in re.findall(r"<sheet [^>]*>", archive.read(WORKBOOK).decode()):
        target = targets.get(_attribute(tag, "r:id"), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            yield html.unescape(_attribute(tag, "name")), part


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf' {name}="([^"]*)"', tag)
    return match[1] if match else ""


_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? s="(\d+)"')


def _percent_styles(xml: bytes) -> set[bytes]:
    """Return the numbers of the cell styles whose format is a percentage."""
    own = {
        number.decode()
        for number, code in re.findall(
            rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', xml
        )
        if b"%" in code
    }
    cells = re.search(rb"<cellXfs.*?</cellXfs>", xml, re.DOTALL)
    formats = re.findall(rb'<xf [^>]*?numFmtId="(\d+)"', cells[0] if cells else b"")
    return {
        str(at).encode()
        for at, number in enumerate(formats)
        if number.decode() in PERCENT_FORMATS | own
    }


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


_TOO_LARGE = (
    f"The workbook unpacks to more than {LARGEST // MB} MB, or to more than {RATIO} "
    "times its size, and was not unpacked. Save the sheet as CSV and import that."
)
