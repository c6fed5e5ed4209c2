from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from results.charts.labels import rows, spread, wrapped


def test_labels_with_room_stay_where_their_lines_end() -> None:
    assert spread([20, 80], [18, 18], top=0, bottom=100) == [20, 80]


def test_labels_that_would_collide_are_moved_apart() -> None:
    assert spread([50, 52], [20, 20], top=0, bottom=100) == [50, 70]


def test_labels_at_the_bottom_are_pushed_up_in_order() -> None:
    assert spread([98, 97, 96], [20, 20, 20], top=0, bottom=100) == [90, 70, 50]


def test_no_labels_need_no_places() -> None:
    assert spread([], [], top=0, bottom=100) == []


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(10, 60)), min_size=1, max_size=8)
)
def test_no_two_labels_overlap(labels: list[tuple[float, float]]) -> None:
    heights = [height for _, height in labels]
    centres = spread([at for at, _ in labels], heights, top=0, bottom=300)
    boxes = sorted(
        (centre - height / 2, centre + height / 2)
        for centre, height in zip(centres, heights, strict=True)
    )
    assert boxes[0][0] >= -1e-6
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(boxes))


def test_flags_that_meet_take_different_rows() -> None:
    assert rows([(0, 50), (40, 90), (60, 100)]) == [0, 1, 0]


def test_long_names_are_wrapped_to_their_room() -> None:
    # Ten letters of 10 * 0.58 each.
    assert wrapped("Holy Trinity College", 58, 10) == ["Holy", "Trinity", "College"]
    assert wrapped("", 58, 10) == [""]
