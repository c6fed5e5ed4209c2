"""URNs, numbers, dates and text as people and spreadsheets write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.imports import cells
from schools.imports.cells import CellError


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("100053", (100053, False)),
        (" 100053 ", (100053, False)),
        ("\u00a0100053", (100053, False)),
        ("100053.0", (100053, False)),
        ('"100053"', (100053, False)),
        ("0100053", (100053, True)),
        ("100 053", (100053, True)),
    ],
)
def test_a_urn_is_trimmed_and_what_was_interpreted_is_said(
    text: str, read: tuple[int, bool]
) -> None:
    assert cells.urn(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NAT",
        "10005",
        "1000533",
        "100053.5",
        "1.00053E+05",
        "\uff11\uff10\uff10\uff10\uff15\uff13",
    ],
)
def test_what_is_no_urn_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="six figures"):
        cells.urn(text)


@given(st.integers(100_000, 999_999), st.sampled_from(["{}", " {}", "{}.0", "00{}"]))
def test_a_urn_is_read_back_however_it_is_dressed(urn: int, dress: str) -> None:
    assert cells.urn(dress.format(urn))[0] == urn


@given(st.text(max_size=12))
def test_any_text_is_a_urn_of_six_figures_or_refused(text: str) -> None:
    try:
        urn, _ = cells.urn(text)
    except CellError:
        return
    assert 100_000 <= urn <= 999_999


def test_whole_numbers() -> None:
    assert cells.whole("1050") == 1050
    assert cells.whole("7.00") == 7
    assert cells.whole(" ") is None
    for text in ("-1", "1.5", "1e3", "many"):
        with pytest.raises(CellError, match="whole number"):
            cells.whole(text)


def test_percentages() -> None:
    assert cells.percentage("9.0") == 9
    assert cells.percentage("") is None
    for text in ("101", "-1", "9%"):
        with pytest.raises(CellError, match="between 0 and 100"):
            cells.percentage(text)


def test_dates() -> None:
    assert cells.day("01-09-2009") == date(2009, 9, 1)
    assert cells.day("") is None
    assert cells.day("2009-09-01") == date(2009, 9, 1)
    for text in ("31-02-2009", "2009-02-31", "soon"):
        with pytest.raises(CellError, match="not a date"):
            cells.day(text)


def test_text_is_trimmed_and_measured() -> None:
    read = cells.words(5)
    assert read(" abcde ") == "abcde"
    assert read("'=1+1") == "=1+1"
    with pytest.raises(CellError, match="longer than 5"):
        read("abcdef")


def test_each_wording_is_parsed_once_and_an_error_names_its_column() -> None:
    column = cells.Read("Pupils", cells.whole)
    assert column["12"] == 12
    assert dict(column) == {"12": 12}
    with pytest.raises(CellError) as refused:
        column["x"]
    assert refused.value.column == "Pupils"
