"""The rows of the list of schools are safe, whatever the register calls a school."""

from dataclasses import replace

from django.test.html import parse_html

from mentoring.forms.school_view import COLUMNS
from mentoring.pages.ticks import Ticks
from mentoring.tables.school_rows import CELLS, Cell, SchoolRow, written

HOSTILE = '<script>alert("1")</script> & \'s'
ALL = [name for name, _ in COLUMNS]
ROW = SchoolRow(
    pk=7,
    url="/schools/7/",
    name="Ash",
    urn=100007,
    authority="Leeds",
    roles=["Mentee", "Mentor"],
    trend="<svg></svg>",
    result=Cell("46.3%", "", "5+ A*-C 2006"),
    change=Cell("", "One result", ""),
    town="Leeds",
)


def test_no_word_of_a_row_is_taken_for_markup() -> None:
    """Every field that holds words comes out as the words it holds."""
    bad = Cell(HOSTILE, "", HOSTILE)
    row = replace(
        ROW,
        name=HOSTILE,
        authority=HOSTILE,
        town=HOSTILE,
        region=HOSTILE,
        phase=HOSTILE,
        kind=HOSTILE,
        status=HOSTILE,
        roles=[HOSTILE],
        result=bad,
        change=Cell("", HOSTILE, HOSTILE),
    )
    html = written([row], ALL, Ticks("", is_all=False))
    assert "<script" not in html
    # The name twice, six cells of words, a role, and two words in each of two figures.
    assert html.count("&lt;script&gt;") == 2 + 6 + 1 + 4


def test_a_row_says_what_its_columns_are() -> None:
    """The columns stand in the order of their heads, the school's own first."""
    html = written([ROW], ["change", "role", "result"], None)
    assert parse_html(f"<table>{html}</table>") == parse_html(
        """<table><tr>
        <th scope="row"><a href="/schools/7/">Ash</a><small>URN 100007</small></th>
        <td class="wide-only"><span class="tag">Mentee</span><span
        class="tag">Mentor</span></td>
        <td class="num">46.3%<small>5+ A*-C 2006</small></td>
        <td class="num"><span class="reason">One result</span><small></small>
        </td></tr></table>"""
    )
    assert list(CELLS) == ALL


def test_a_page_is_ticked_where_it_was_asked_for() -> None:
    """A box stands in each row that can be ticked, named by its school."""
    without = written([ROW], [], None)
    offered = written([ROW], [], Ticks("", is_all=False))
    ticked = written([ROW], [], Ticks("", is_all=True))
    assert [html.count("checkbox") for html in (without, offered, ticked)] == [0, 1, 1]
    assert [html.count(" checked") for html in (without, offered, ticked)] == [0, 0, 1]
    assert '<span class="unseen">Ash</span>' in offered


def test_no_rows_are_no_text() -> None:
    """The table then says why, in a row of its own."""
    assert written([], ALL, None) == ""
