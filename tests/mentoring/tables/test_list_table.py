"""Lists write their rows at once, with every word escaped."""

from typing import Any

import django_tables2 as tables
import pytest
from django.test.html import parse_html
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.tables.list_table import ListTable


class Plain(ListTable):
    """A list of one column of words, one of numbers and one of markup."""

    name = tables.Column()
    number = tables.Column(attrs={"td": {"class": "num"}}, empty_values=())
    link = tables.Column(empty_values=())

    def render_link(self, record: dict[str, Any]) -> SafeString:
        """Return markup round a word."""
        return format_html("<b>{}</b>", record["name"])


def rows(*names: str, page: int = 1) -> str:
    """Return the rows of two to a page."""
    data = [{"name": name, "number": place} for place, name in enumerate(names, 1)]
    table = Plain(data)
    table.paginate(page=page, per_page=2)
    return table.written_rows()


def test_the_first_cell_names_its_row_and_each_keeps_its_class() -> None:
    """Columns come in their order, a number's with what sets it to the right."""
    assert parse_html(f"<table>{rows('Ash')}</table>") == parse_html(
        '<table><tr><th scope="row">Ash</th><td class="num">1</td><td><b>Ash</b></td>'
        "</tr></table>"
    )


@pytest.mark.parametrize("word", ["<script>", "\"&'", "</td><td>"])
def test_no_word_is_taken_for_markup(word: str) -> None:
    """What a column does not call HTML is escaped, and what it formats too."""
    html = rows(word)
    assert word not in html
    assert html.count("<td") == 2


def test_a_page_has_its_own_rows_and_none_is_no_text() -> None:
    """The rows are those of the page that is asked for."""
    assert "Cedar" in rows("Ash", "Birch", "Cedar", page=2)
    assert "Birch" not in rows("Ash", "Birch", "Cedar", page=2)
    assert rows() == ""
