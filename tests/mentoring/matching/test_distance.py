import pytest

from mentoring.matching.distance import Place, distance_words, kilometres, place

HACKNEY = Place(534_000, 185_000)


@pytest.mark.parametrize(
    ("east", "north", "expected"),
    [(0, 0, 0.0), (3_000, 4_000, 5.0), (-3_000, -4_000, 5.0), (0, 250, 0.25)],
)
def test_the_straight_line_is_by_pythagoras(
    east: int, north: int, expected: float
) -> None:
    other = Place(HACKNEY.easting + east, HACKNEY.northing + north)
    assert kilometres(HACKNEY, other) == expected
    assert kilometres(other, HACKNEY) == expected


def test_without_a_place_there_is_no_distance() -> None:
    assert kilometres(HACKNEY, None) is None
    assert kilometres(None, HACKNEY) is None


def test_a_place_needs_both_numbers() -> None:
    assert place(534_000, 185_000) == HACKNEY
    assert place(None, 185_000) is None
    assert place(534_000, None) is None
    assert place(0, 0) == Place(0, 0)


@pytest.mark.parametrize(
    ("far", "words"),
    [(None, ""), (0.0, "0.0 km"), (0.44, "0.4 km"), (9.94, "9.9 km"), (37.4, "37 km")],
)
def test_a_distance_in_words(far: float | None, words: str) -> None:
    assert distance_words(far) == words
