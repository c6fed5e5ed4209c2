"""Totals of support days as people read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.day_totals import BY, AddedUp, TotalRow, headings
from mentoring.pages.pairing import days_number, days_words


@dataclass(frozen=True, slots=True)
class Way:
    """A way to add days up, and the address that does."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One row as it is written; `planned` is empty where nothing is."""

    label: str
    url: str
    given: str
    back: str
    planned: str


@dataclass(frozen=True, slots=True)
class TotalsPage:
    """The rows of a page with their headings, and what all pages add up to."""

    title: str
    what: str
    given: str
    back: str
    has_plan: bool
    lines: Sequence[TotalLine]
    sum: TotalLine | None


def totals_page(
    every: AddedUp, shown: Sequence[TotalRow], by: str, when: str
) -> TotalsPage:
    """Return the page of the rows `shown`, of `every` row there is, by one of BY.

    `when` is of which time they are, empty for all of it.
    """
    heads = headings(by)
    given, back, planned = every.given, every.back, every.planned
    both = "" if by == "school" else f", {days_words(back)} back"
    time = f" {when}" if when else ""
    return TotalsPage(
        title=f"{days_words(given)} of support given{both}{time}",
        what=BY[by],
        given=heads["given"],
        back=heads["back"],
        has_plan=bool(planned),
        lines=[_line(row) for row in shown],
        sum=(_line(TotalRow("All", "", given, back, planned)) if every.rows else None),
    )


def _line(row: TotalRow) -> TotalLine:
    return TotalLine(
        label=row.label,
        url=row.url,
        given=days_number(row.given),
        back=days_number(row.back),
        planned="" if row.planned is None else f"{row.planned:,}",
    )
