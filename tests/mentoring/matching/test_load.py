import pytest

from mentoring.matching.load import Load, Overload


@pytest.mark.parametrize(
    ("offered", "planned", "halves", "overload"),
    [
        (None, 500, 0, Overload.UNKNOWN),
        (40, 0, 0, Overload.ROOM),
        (40, 31, 0, Overload.ROOM),
        (40, 32, 0, Overload.NEARLY),
        (40, 39, 0, Overload.NEARLY),
        (40, 40, 0, Overload.OVER),
        (40, 60, 0, Overload.OVER),
        (40, 0, 64, Overload.NEARLY),
        (40, 0, 79, Overload.NEARLY),
        (40, 0, 80, Overload.OVER),
        (0, 0, 0, Overload.ROOM),
        (0, 1, 0, Overload.OVER),
        (0, 0, 1, Overload.OVER),
    ],
)
def test_a_mentor_is_nearly_full_at_80_and_overloaded_at_100(
    offered: int | None, planned: int, halves: int, overload: Overload
) -> None:
    assert Load(offered, planned, halves).overload == overload


def test_what_is_left_counts_half_days() -> None:
    load = Load(offered=10, planned=8, given_halves=5)
    assert (load.given, load.left, load.per_cent) == (2.5, 7.5, 80.0)


def test_more_than_was_offered_is_below_nothing() -> None:
    assert Load(offered=2, planned=0, given_halves=5).left == -0.5


def test_nothing_is_left_of_what_was_not_said() -> None:
    load = Load(offered=None, planned=4, given_halves=0)
    assert (load.left, load.per_cent) == (None, None)
