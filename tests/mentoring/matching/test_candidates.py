from mentoring.matching.candidates import Candidate, Order, fitting

NEAR = Candidate(1, "Ash", strength=2, free=1, far=3.0)
FAR = Candidate(2, "Birch", strength=1, free=4, far=40.0)
FULL = Candidate(3, "Cedar", strength=1, free=0, far=1.0)
LOST = Candidate(4, "Elm", strength=1, free=2, far=None)
ALL = [LOST, FAR, FULL, NEAR]


def names(
    *, needs_room: bool = False, within: float | None = None, order: str = "nearest"
) -> list[str]:
    found = fitting(ALL, needs_room=needs_room, within=within, order=Order(order))
    return [each.name for each in found.fitting]


def test_the_nearest_come_first_and_those_without_a_place_last() -> None:
    assert names() == ["Cedar", "Ash", "Birch", "Elm"]


def test_the_strongest_come_first_the_nearer_of_equals() -> None:
    assert names(order="strongest") == ["Cedar", "Birch", "Elm", "Ash"]


def test_the_roomiest_come_first() -> None:
    assert names(order="room") == ["Birch", "Elm", "Ash", "Cedar"]


def test_room_is_asked_for() -> None:
    assert names(needs_room=True) == ["Ash", "Birch", "Elm"]


def test_a_mentor_of_the_mentee_needs_no_further_room() -> None:
    again = Candidate(5, "Fir", strength=1, free=0, far=2.0, helps=True)
    found = fitting([again], needs_room=True, within=None, order=Order.NEAREST)
    assert found.fitting == [again]


def test_a_distance_leaves_out_and_counts_who_has_none() -> None:
    found = fitting(ALL, needs_room=False, within=3.0, order=Order.NEAREST)
    assert [each.name for each in found.fitting] == ["Cedar", "Ash"]
    assert found.unplaced == 1


def test_the_end_of_a_distance_is_within_it() -> None:
    assert names(within=40.0) == ["Cedar", "Ash", "Birch"]
    assert names(within=39.9) == ["Cedar", "Ash"]


def test_equals_go_by_name() -> None:
    twins = [
        Candidate(7, "Yew", strength=None, free=1, far=None),
        Candidate(6, "Oak", strength=None, free=1, far=None),
    ]
    found = fitting(twins, needs_room=True, within=None, order=Order.STRONGEST)
    assert [each.name for each in found.fitting] == ["Oak", "Yew"]
    assert found.unplaced == 0
