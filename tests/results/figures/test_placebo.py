"""How many schools outside gained as much, counted by hand."""

from results.figures.placebo import placebo_share


def test_those_that_gained_just_as_much_count() -> None:
    found = placebo_share(8, [-6, 0, 7.9, 8, 9])
    assert (found.at_least, found.of, found.share) == (2, 5, 0.4)


def test_of_no_schools_none_gained_as_much() -> None:
    assert placebo_share(8, []).share == 0
