"""Rows as CSV or as an Excel workbook, safe to open in a spreadsheet.

Dates are ISO 8601, numbers stay numbers, what is missing is empty, and text that a
spreadsheet would run as a formula is made harmless.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from schools.imports.refused_file import harmless

Cell = str | int | float | date | None
KINDS = ("csv", "xlsx")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 500


def as_file(
    kind: str,
    name: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str,
) -> HttpResponseBase:
    """Return `rows` under `headers` as a file of `kind` (one of KINDS) to be kept.

    `name` is the file's name without its ending; `sheet` says what a workbook holds.
    """
    if kind == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            as_csv(headers, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = FileResponse(as_workbook(headers, rows, sheet), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a CSV file in parts, with a mark so that Excel reads UTF-8."""
    writer = csv.writer(_Echo())
    part = ["\ufeff", writer.writerow(headers)]
    for row in rows:
        part.append(writer.writerow([_as_text(cell) for cell in row]))
        if len(part) >= BATCH:
            yield "".join(part)
            part = []
    yield "".join(part)


def _as_text(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell


def as_workbook(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], title: str
) -> IO[bytes]:
    """Return a workbook of one sheet, written row by row to a file of its own.

    `title` is the sheet's name: at most 31 letters, as Excel has it.
    """
    import xlsxwriter  # noqa: PLC0415 -- only for those who ask for a workbook

    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(title)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headers, book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif cell is not None:
                sheet.write_number(number, place, cell)
    book.close()
    file.seek(0)
    return file
