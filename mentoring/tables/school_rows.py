"""The rows of the list of schools: what each says, and its HTML."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mentoring.pages.parts import level
from results.charts.spark import sparkline
from results.figures.display import signed
from results.figures.figure import Missing
from results.figures.reasons import Reason
from results.models.choices import ReleaseStatus
from results.models.result import PERCENTAGES
from schools.models import Establishment
from schools.models.school import SchoolStatus

if TYPE_CHECKING:
    from mentoring.pages.ticks import Ticks

KINDS = dict(Establishment.TypeGroup.choices)
STATUSES = dict(SchoolStatus.choices)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or the reason there is none, with what it is of in small."""

    value: str
    reason: str
    small: str


NO_RESULT = Cell("", "No result held", "")
NO_CHANGE = Cell("", "", "")


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of the list; `trend` is SVG text."""

    pk: int
    url: str
    name: str
    urn: int
    authority: str
    roles: Sequence[str]
    trend: str
    result: Cell = NO_RESULT
    change: Cell = NO_CHANGE
    town: str = ""
    region: str = ""
    phase: str = ""
    kind: str = ""
    status: str = ""


Facts = dict[str, Any]
"""What a row is made of, by the names of `FACTS`."""

FACTS = (
    "pk",
    "name",
    "urn",
    "town",
    "phase",
    "type_group",
    "status",
    "authority__name",
    "authority__region",
    "summary__spark",
    "summary__latest_measure",
    "summary__latest_year",
    "summary__latest_value",
    "summary__latest_release",
    "summary__latest_reason",
    "summary__gain_a_year",
    "summary__gain_reason",
    "summary__gain_base",
    "summary__gain_last",
)
FROM_SUMMARY = tuple(
    path.removeprefix("summary__") if "summary__" in path else f"school__{path}"
    for path in FACTS
)
"""The same, as they are reached from a school's summary."""


def school_row(row: Facts, roles: Sequence[str], address: str) -> SchoolRow:
    """Return one school's row from what was fetched.

    `address` is the page of school 0: fifty addresses cost one look-up.
    """
    has_result = row["summary__latest_year"] is not None
    return SchoolRow(
        pk=row["pk"],
        url=address.replace("/0/", f"/{row['pk']}/"),
        name=row["name"],
        urn=row["urn"],
        authority=row["authority__name"] or "",
        roles=roles,
        town=row["town"],
        region=row["authority__region"] or "",
        phase=row["phase"],
        kind=KINDS.get(row["type_group"], ""),
        status=STATUSES.get(row["status"], ""),
        trend=sparkline(row["summary__spark"] or []),
        result=result_cell(row) if has_result else NO_RESULT,
        change=change_cell(row) if has_result else NO_CHANGE,
    )


def result_cell(row: Facts) -> Cell:
    """Return the latest result with its measure and year, or why there is none."""
    measure, value = row["summary__latest_measure"], row["summary__latest_value"]
    small = f"{measure} {row['summary__latest_year']}"
    if row["summary__latest_release"] != ReleaseStatus.FINAL:
        small += f", {ReleaseStatus(row['summary__latest_release']).label}"
    if value is None:
        return Cell("", Missing(row["summary__latest_reason"]).sentence, small)
    is_share = measure in PERCENTAGES
    is_whole = all(float(each).is_integer() for each in row["summary__spark"] if each)
    shown = level(value, is_share=is_share, is_whole=is_share and is_whole)
    return Cell(shown, "", small)


def change_cell(row: Facts) -> Cell:
    """Return the change a year with its years, or why there is none."""
    if row["summary__gain_a_year"] is None:
        return Cell("", Reason(row["summary__gain_reason"]).sentence, "")
    years = f"{row['summary__gain_base']}\u2013{row['summary__gain_last']}"
    return Cell(signed(row["summary__gain_a_year"]), "", years)


def written(
    lines: Iterable[SchoolRow], shown: Collection[str], ticks: "Ticks | None"
) -> SafeString:
    """Return the rows as HTML with the columns `shown`; `ticks` puts a box in each.

    Written as text, every word escaped by the cell that it stands in: fifty rows cost
    a tenth of what a template for them does.
    """
    cells = [write for name, write in CELLS.items() if name in shown]
    rows = (
        f"<tr>{name_cell(line, ticks)}{''.join(write(line) for write in cells)}</tr>"
        for line in lines
    )
    return mark_safe("\n".join(rows))  # noqa: S308 -- escaped cell by cell


def name_cell(line: SchoolRow, ticks: "Ticks | None") -> str:
    """Return the name as the way to the school, with its box where it can be ticked."""
    name, tick = escape(line.name), ""
    if ticks:
        tick = (
            '<label class="tick"><input type="checkbox" form="tick" name="school"'
            f' value="{line.pk}"{" checked" if ticks.is_all else ""}>'
            f'<span class="unseen">{name}</span></label>'
        )
    link = f'<a href="{escape(line.url)}">{name}</a><small>URN {line.urn}</small>'
    return f'<th scope="row">{tick}{link}</th>'


def words_cell(name: str) -> Callable[[SchoolRow], str]:
    """Return what writes the field `name` as a cell of plain words."""
    return lambda line: f'<td class="wide-only">{escape(getattr(line, name))}</td>'


def role_cell(line: SchoolRow) -> str:
    """Return the roles as tags."""
    tags = (f'<span class="tag">{escape(role)}</span>' for role in line.roles)
    return f'<td class="wide-only">{"".join(tags)}</td>'


def trend_cell(line: SchoolRow) -> str:
    """Return the picture, which is markup already."""
    return f'<td class="wide-only">{line.trend}</td>'


def figure_cell(name: str) -> Callable[[SchoolRow], str]:
    """Return what writes the `Cell` of field `name`: its figure, or why none."""

    def write(line: SchoolRow) -> str:
        cell: Cell = getattr(line, name)
        why = f'<span class="reason">{escape(cell.reason)}</span>'
        shown = why if cell.reason else escape(cell.value)
        return f'<td class="num">{shown}<small>{escape(cell.small)}</small></td>'

    return write


CELLS: dict[str, Callable[[SchoolRow], str]] = {
    **{
        name: words_cell(name)
        for name in ("town", "authority", "region", "phase", "kind", "status")
    },
    "role": role_cell,
    "trend": trend_cell,
    "result": figure_cell("result"),
    "change": figure_cell("change"),
}
"""What writes each column, in their order, beside the school's own."""
