"""Reads a published number, or the publisher's marker for why there is none.

Source of the markers: the Department's notes to its performance tables, and those of
Explore education statistics.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from results.models.choices import MissingReason
from schools.imports.cells import SPACES, CellError

Cell = tuple[float | None, str, str]
"""A value, or None with the reason and the publisher's own marker."""

MARKERS: Final = {
    "SUPP": MissingReason.SUPPRESSED,
    "SUPPMAT": MissingReason.SUPPRESSED,
    "NE": MissingReason.NO_ENTRIES,
    "NA": MissingReason.NOT_APPLICABLE,
    "NP": MissingReason.NOT_PUBLISHED,
    "LOWCOV": MissingReason.LOW_COVERAGE,
    "NEW": MissingReason.NEW_SCHOOL,
    "z": MissingReason.NOT_APPLICABLE,
    "c": MissingReason.SUPPRESSED,
    "low": MissingReason.ROUNDS_TO_ZERO,
    "u": MissingReason.UNRELIABLE,
}
X_MEANS_NOT_AVAILABLE_FROM = 2019

_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,17})?", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}(?:\.0+)?", re.ASCII)
_EXPONENT = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+", re.ASCII)
_COMMA = re.compile(r"-?[0-9]+(?:,[0-9]+)+%?", re.ASCII)
_DATE = re.compile(
    r"[0-9]{1,2}[-/ ][A-Za-z]{3}(?:[-/ ][0-9]{2,4})?|[A-Za-z]{3}-[0-9]{2,4}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: .*)?",
    re.ASCII,
)
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """What a measure's cells may hold: a span, and a per cent sign or none."""

    minimum: float
    maximum: float
    is_percentage: bool


def marked(text: str, year: int) -> tuple[MissingReason, str] | None:
    """Return reason and marker if `text` is a marker of `year`, else None."""
    trimmed = text.strip(SPACES)
    if not trimmed:
        return MissingReason.BLANK, text[:1]
    if trimmed == "x":
        is_later = year >= X_MEANS_NOT_AVAILABLE_FROM
        return (
            MissingReason.NOT_AVAILABLE if is_later else MissingReason.SUPPRESSED,
            trimmed,
        )
    reason = MARKERS.get(trimmed)
    return None if reason is None else (reason, trimmed)


def figure(rule: Rule, year: int) -> Callable[[str], Cell]:
    """Return a reader of the cells of one measure in one year.

    It raises CellError for what is neither a number in the published forms
    (`13`, `13.0`, `13%`, `-0.65`) nor one of the markers.
    """

    def parse(text: str) -> Cell:
        marker = marked(text, year)
        if marker is not None:
            return None, marker[0].value, marker[1]
        trimmed = text.strip(SPACES)
        digits = trimmed.removesuffix("%") if rule.is_percentage else trimmed
        if _NUMBER.fullmatch(digits) is None:
            raise not_a_number(text)
        value = float(digits)
        if not rule.minimum <= value <= rule.maximum:
            what = "a percentage" if rule.is_percentage else "this measure"
            raise CellError(
                f"{what} lies between {rule.minimum:g} and {rule.maximum:g}",
                "Put the publisher's figure.",
                text,
            )
        return value + 0.0, "", ""  # -0 becomes 0

    return parse


def count(year: int) -> Callable[[str], int | None]:
    """Return a reader of numbers of pupils; a marker of `year` gives None."""

    def parse(text: str) -> int | None:
        if marked(text, year) is not None:
            return None
        trimmed = text.strip(SPACES)
        if _COUNT.fullmatch(trimmed) is None:
            raise not_a_number(text)
        return int(trimmed.partition(".")[0])

    return parse


def not_a_number(text: str) -> CellError:
    """Return the error that says what `text` looks like and what to do about it."""
    trimmed = text.strip(SPACES)
    shown = text[:LONGEST_SHOWN]
    if _DATE.fullmatch(trimmed):
        return CellError(
            "a spreadsheet has turned the number into a date",
            "Fetch the publisher's file again; do not save it from a spreadsheet.",
            shown,
        )
    if _EXPONENT.fullmatch(trimmed):
        return CellError(
            "exponent form, which nobody publishes; a spreadsheet writes it",
            "Put the number in full, as the publisher has it.",
            shown,
        )
    if _COMMA.fullmatch(trimmed):
        return CellError(
            "a comma in a number", "Write the decimals after a point.", shown
        )
    return CellError(
        "neither a number nor a marker of the publisher",
        "Put the figure, or one of " + ", ".join((*MARKERS, "x")) + ", or nothing.",
        shown,
    )
