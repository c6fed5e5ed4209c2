"""What pages about imports say."""

import pytest

from mentoring.pages.imports import counted, in_browser, preview_title


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
    assert counted(1, "rows") == "1 row"
    assert counted(5399, "rows") == "5,399 rows"


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
