"""Reads single cells: URNs, whole numbers, dates and text, each once per wording."""

import re
from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value")

SPACES = " \t\u00a0\u202f\u2007"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_URN = re.compile(r"(0*)([1-9][0-9]{5})(?:\.0+)?", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,9}(?:\.0+)?", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,15})?", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DATE = re.compile(r"([0-9]{2})[-/]([0-9]{2})[-/]([0-9]{4})", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read: why, what to do, and its column once known."""

    def __init__(self, reason: str, advice: str, value: str, column: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice
        self.value = value
        self.column = column


MOST_WORDINGS = 4_000
"""Wordings of a column that are kept: a column of names or postcodes repeats few."""


class Read(dict[str, Value], Generic[Value]):
    """The cells of one column as `parse` reads them; each wording is parsed once."""

    def __init__(self, column: str, parse: Callable[[str], Value]) -> None:
        super().__init__()
        self.column = column
        self.parse = parse

    def __missing__(self, text: str) -> Value:
        try:
            value = self.parse(text)
        except CellError as error:
            error.column = self.column
            raise
        if len(self) < MOST_WORDINGS:
            self[text] = value
        return value


def urn(text: str) -> tuple[int, bool]:
    """Return the URN that `text` gives, and whether it had to be interpreted.

    Outer spaces, no-break ones too, and a spreadsheet's `.0` or quotes say nothing;
    leading zeros and spaces between the figures are dropped and reported.
    """
    if len(text) == 8 and text.endswith(".0"):  # noqa: PLR2004 -- as a spreadsheet has it
        text = text[:6]
    if len(text) == 6 and text.isascii() and text.isdigit() and text[0] != "0":  # noqa: PLR2004 -- a URN has six figures
        return int(text), False
    trimmed = text.strip(SPACES + "'\"")
    joined = trimmed.translate(dict.fromkeys(map(ord, SPACES)))
    match = _URN.fullmatch(joined)
    if match is None:
        raise CellError(
            "not a URN, which has six figures",
            "Correct the URN; Get Information About Schools lists them.",
            text,
            "URN",
        )
    return int(match[2]), bool(match[1]) or joined != trimmed


def whole(text: str) -> int | None:
    """Return a whole number, also written `1.00`; None where the cell is empty."""
    trimmed = text.strip(SPACES)
    if not trimmed:
        return None
    if _WHOLE.fullmatch(trimmed) is None:
        raise CellError(
            "not a whole number", "Put the publisher's figure, or nothing.", text
        )
    return int(trimmed.partition(".")[0])


def percentage(text: str) -> float | None:
    """Return a percentage of 0 to 100; None where the cell is empty."""
    trimmed = text.strip(SPACES)
    if not trimmed:
        return None
    if _DECIMAL.fullmatch(trimmed) is None or float(trimmed) > 100:  # noqa: PLR2004 -- per cent
        raise CellError(
            "not a percentage, which lies between 0 and 100",
            "Put the publisher's figure, or nothing.",
            text,
        )
    return float(trimmed)


def day(text: str) -> date | None:
    """Return a date written DD-MM-YYYY or YYYY-MM-DD; None where the cell is empty.

    Publishers write the first; workbooks, and the lists of trusts, give the second.
    """
    trimmed = text.strip(SPACES)
    if not trimmed:
        return None
    match = _DATE.fullmatch(trimmed)
    try:
        if match is not None:
            return date(int(match[3]), int(match[2]), int(match[1]))
        if _ISO_DATE.fullmatch(trimmed):
            return date.fromisoformat(trimmed)
    except ValueError:
        pass
    raise CellError("not a date", "Write the date as DD-MM-YYYY.", text)


def words(longest: int) -> Callable[[str], str]:
    """Return a reader of text of at most `longest` characters, trimmed."""

    def parse(text: str) -> str:
        trimmed = text.strip(SPACES)
        if trimmed[:1] == "'" and trimmed[1:2] in FORMULA_STARTS:
            trimmed = trimmed[1:]  # a file of refused rows keeps formulas from running
        if len(trimmed) > longest:
            raise CellError(
                f"longer than {longest} characters", "Shorten the text.", text[:80]
            )
        return trimmed

    return parse
