"""What pages about imports say."""

import pytest
from django.template.loader import render_to_string

from mentoring.pages.imports import (
    ONE,
    UNITS,
    Part,
    Refused,
    in_browser,
    preview_title,
    rows_words,
    units_words,
)


@pytest.mark.parametrize(
    ("shell", "page"),
    [
        (
            "Year 2017, by its columns; --year says otherwise.",
            "Year 2017, by its columns.",
        ),
        ("Year 2018, as --year says.", "Year 2018, as somebody said."),
        (
            "Release taken as revised, as usual; --release says otherwise.",
            "Release taken as revised, as usual.",
        ),
        (
            "The year is not certain. Say it with --year, the summer of the exams.",
            "The year is not certain. Say it below, the summer of the exams.",
        ),
        (
            "--year 2012 cannot be: the columns belong to another year. "
            "Leave --year out, or choose another file.",
            "The year 2012 cannot be: the columns belong to another year. "
            "Leave the year empty, or choose another file.",
        ),
        (
            "This layout says both. Leave --year and --release out.",
            "This layout says both. Leave the year and the release empty.",
        ),
        (
            "Freeze a list that has it, or give the reason with --exception.",
            "Freeze a list that has it, or say why when you send it.",
        ),
    ],
)
def test_a_page_knows_no_options_of_commands(shell: str, page: str) -> None:
    assert in_browser(shell) == page


def test_one_thing_is_not_many() -> None:
    assert rows_words(1) == "1 row"
    assert rows_words(5399) == "5,399 rows"
    assert units_words(1, "schools in trusts") == "1 school in a trust"
    assert units_words(1, "trusts and schools in them") == "1 trust or school in one"
    assert (
        units_words(2, "trusts and schools in them") == "2 trusts and schools in them"
    )


def test_whatever_an_import_counts_there_is_a_word_for_one_of_it() -> None:
    assert set(UNITS.values()) <= set(ONE)
    assert not [one for many, one in ONE.items() if one == many]


@pytest.mark.parametrize(
    ("more", "words"),
    [(1, "… and 1 more row."), (1204, "… and 1,204 more rows."), (0, None)],
)
def test_refused_rows_that_are_not_shown_are_counted(
    more: int, words: str | None
) -> None:
    part = Part(
        title="links.csv: links",
        lede="3 rows",
        counts=(),
        added=(),
        changed=(),
        refused=[Refused(2, "urn", "x", "not a URN", "Write six figures.")],
        notes=(),
        left_out={"added": 0, "refused": more},
    )
    said = render_to_string("mentoring/_upload_part.html", {"part": part})
    assert words in said if words else "more row" not in said


@pytest.mark.parametrize(
    ("added", "changed", "refused", "title"),
    [
        (2, 1, 0, "2 figures would be added and 1 changed"),
        (5399, 0, 2, "5,399 figures would be added; 2 rows refused"),
        (0, 1, 1, "1 figure would change; 1 row refused"),
        (0, 0, 0, "No figures would change"),
    ],
)
def test_the_title_is_what_would_be_done(
    added: int, changed: int, refused: int, title: str
) -> None:
    counts = {"added": added, "changed": changed, "unchanged": 7, "refused": refused}
    assert preview_title([{"counts": counts, "unit": "figures"}]) == title
