"""Opens a file as a table by what it is, whatever its name says."""

from pathlib import Path

from schools.imports.csv_file import CsvFile
from schools.imports.table_file import FileRefusedError, TableFile
from schools.imports.workbook import WorkbookFile

LONGEST_SIGNATURE = 16


def open_file(path: Path) -> TableFile:
    """Return the table in `path`: CSV, gzipped or not, or an Excel workbook.

    Raises FileRefusedError, with what to do, for anything else.
    """
    if not path.is_file():
        raise FileRefusedError(f"There is no file {path}. Check its name.")
    with path.open("rb") as stream:
        start = stream.read(LONGEST_SIGNATURE)
    if start.startswith(b"PK\x03\x04"):
        return WorkbookFile(path)
    what = next((what for sign, what in _OTHERS if start.startswith(sign)), "")
    if not what and start.lstrip().lower().startswith(
        (b"<!doctype", b"<html", b"<?xml")
    ):
        what = "a web page, not the file itself"
    if what:
        raise FileRefusedError(
            f"This is {what}. Save the table as .xlsx or as CSV and import that."
        )
    return CsvFile(path)


_MARKUP = (b"<!doctype", b"<html", b"<?xml")
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
