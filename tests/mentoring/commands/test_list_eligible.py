"""The command that says who is in the bottom quarter."""

import io

import pytest
from django.core.management import CommandError, call_command

from mentoring.models import EligibilityList
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db


def run(*args: str, measure: str = "P8", year: int = world.YEAR) -> str:
    out = io.StringIO()
    call_command(
        *("list_eligible", f"--measure={measure}", f"--year={year}"),
        *("--today=2019-03-01", *args),
        stdout=out,
    )
    return out.getvalue()


def numbers(text: str) -> dict[str, str]:
    """Return the last word of each line by the rest of it."""
    lines = (line.rpartition(" ") for line in text.splitlines())
    return {label.strip(): value for label, _, value in lines}


def test_every_count_is_printed() -> None:
    world.build()
    said = numbers(run())
    assert said["URNs in the results held"] == "17"
    assert said["with a score"] == "15"
    assert said["without one"] == "2"
    assert said["Counted"] == "11"
    assert said["A quarter of them, rounded up"] == "3"
    assert said["The cut: the score of that school"] == "-0.50"
    assert said["schools with exactly this score"] == "2"
    assert said["Eligible: the cut or less, ties included"] == "4"
    assert said["share of those counted"] == "36.4%"
    assert said["Near misses"] == "7"


def test_the_reasons_for_leaving_out_have_their_counts() -> None:
    world.build()
    lines = [" ".join(line.split()) for line in run().splitlines()]
    assert "Not counted: 6 URNs with a score" in lines
    assert "Only mainstream state-funded schools are counted. 1 1" in lines
    assert "No value-added figure was published. 1 0" in lines
    assert "The school had results under two URNs and is counted once. 1 0" in lines


def test_it_says_what_it_read() -> None:
    world.build()
    said = run()
    assert "Progress 8, summer 2017, pupils at the end of key stage 4; revised" in said
    assert "From england_ks4final.csv: 0 figures added" in said


def test_nothing_is_frozen_unless_it_is_asked_for() -> None:
    world.build()
    assert "Nothing is frozen" in run()
    assert not EligibilityList.objects.exists()


def test_save_freezes_the_list_once() -> None:
    world.build()
    first, again = run("--save"), run("--save")
    frozen = EligibilityList.objects.get()
    assert f"Frozen as list {frozen.pk} on 1 March 2019: 4 schools may join" in first
    assert f"frozen already: list {frozen.pk}" in again


def test_the_schools_are_printed_from_the_lowest() -> None:
    world.build()
    lines = [" ".join(line.split()) for line in run("--schools").splitlines()]
    start = lines.index("Rank URN Score School")
    assert lines[start + 1 : start + 5] == [
        "1 100001 -1.20 Ash School",
        "2 100002 -0.80 Birch School",
        "3 100003 -0.50 Cedar School",
        "3 100004 -0.50 Damson School",
    ]


def test_where_every_school_counts_nothing_is_said_of_the_others() -> None:
    world.a_school("Ash School", 100001)
    world.a_result(100001, 0.5, 100, run=world.an_import())
    said = run()
    assert "Not counted" not in said
    assert numbers(said)["The cut: the score of that school"] == "+0.50"


def test_an_unknown_measure_names_those_there_are() -> None:
    with pytest.raises(CommandError, match="Choose from B8VA, CVA, P8, VA"):
        run(measure="XYZ")


def test_a_year_without_scores_says_so() -> None:
    world.build()
    with pytest.raises(CommandError, match="No school has a Progress 8 score in 2016"):
        run(year=2016)


def test_a_measure_that_is_no_value_added_is_refused() -> None:
    with pytest.raises(CommandError, match="not a value-added measure"):
        run(measure="95EM")
