"""Numbers, markers and everything a spreadsheet makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.imports.markers import Rule, count, figure
from schools.imports.cells import CellError

PERCENT = Rule(0, 100, is_percentage=True)
SCORE = Rule(-5, 5, is_percentage=False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SUPP", "suppressed"),
        ("SUPPMAT", "suppressed"),
        ("NE", "no_entries"),
        ("NA", "not_applicable"),
        ("NP", "not_published"),
        ("LOWCOV", "low_coverage"),
        ("NEW", "new_school"),
        ("z", "not_applicable"),
        ("c", "suppressed"),
        ("low", "rounds_to_zero"),
        ("u", "unreliable"),
        ("", "blank"),
        (" ", "blank"),
    ],
)
def test_a_marker_is_no_value_with_its_reason_and_itself(
    text: str, reason: str
) -> None:
    assert figure(PERCENT, 2017)(text) == (None, reason, text)


@pytest.mark.parametrize(
    ("year", "reason"), [(2018, "suppressed"), (2019, "not_available")]
)
def test_x_changed_its_meaning_in_2019(year: int, reason: str) -> None:
    assert figure(PERCENT, year)("x") == (None, reason, "x")


@pytest.mark.parametrize(
    ("text", "value"),
    [("13%", 13), ("34.90%", 34.9), ("57.0", 57), ("1.00", 1), ("0%", 0), ("100", 100)],
)
def test_percentages_in_every_published_form(text: str, value: float) -> None:
    assert figure(PERCENT, 2017)(text) == (value, "", "")


def test_a_score_may_be_negative_and_has_no_per_cent_sign() -> None:
    assert figure(SCORE, 2017)("-0.65") == (-0.65, "", "")
    with pytest.raises(CellError, match="neither a number"):
        figure(SCORE, 2017)("0.65%")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-5%", "between 0 and 100"),
        ("101%", "between 0 and 100"),
        ("5.7e1", "exponent"),
        ("4.5E+01", "exponent"),
        ("57,3", "comma"),
        ("1,234", "comma"),
        ("16-Nov", "date"),
        ("Mar-23", "date"),
        ("45/12/1900", "date"),
        ("??", "neither a number nor a marker"),
        ("supp", "neither a number nor a marker"),
        ("nan", "neither a number nor a marker"),
        ("١٣", "neither a number nor a marker"),
        ("+5", "neither a number nor a marker"),
    ],
)
def test_anything_else_is_refused_and_said_why(text: str, said: str) -> None:
    with pytest.raises(CellError, match=said):
        figure(PERCENT, 2017)(text)


@given(st.text(max_size=20))
def test_any_text_is_a_number_in_range_or_a_reason_or_refused(text: str) -> None:
    try:
        value, reason, marker = figure(PERCENT, 2017)(text)
    except CellError:
        return
    assert (value is None) == bool(reason)
    assert value is None or 0 <= value <= 100
    assert len(marker) <= 7


@given(st.decimals(0, 100, places=2))
def test_every_published_percentage_is_read_as_itself(number: object) -> None:
    assert figure(PERCENT, 2017)(f"{number}%") == (float(str(number)), "", "")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_float_is_ever_stored_outside_the_range(number: float) -> None:
    try:
        value, _, _ = figure(SCORE, 2017)(repr(number))
    except CellError:
        return
    assert value is not None
    assert -5 <= value <= 5


def test_a_cohort_is_a_whole_number_or_a_marker() -> None:
    read = count(2017)
    assert read("176.0") == 176
    assert read("199") == 199
    assert read("SUPP") is None
    assert read("") is None
    for text in ("-1", "1.5", "1.68E+02", "589,096"):
        with pytest.raises(CellError):
            read(text)
