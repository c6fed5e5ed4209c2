"""Figures as CSV: one record a line, stable headers, no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from schools.imports.refused_file import harmless


def csv_file(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Return `rows` as a file to keep; None becomes an empty cell, dates are ISO."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if cell is None else harmless(str(cell)) for cell in row])
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
