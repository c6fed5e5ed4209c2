"""Which groups of a total may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.figures.groups import (
    Hidden,
    group_gains,
    hidden_groups,
    hidden_parts,
)

SHOWN, NONE, FEW, OTHER = (
    Hidden.NO,
    Hidden.NONE_COUNTED,
    Hidden.FEW,
    Hidden.WITH_ANOTHER,
)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        pytest.param([5, 4, 3], [SHOWN, SHOWN, SHOWN], id="all are large enough"),
        pytest.param([9, 5, 2], [SHOWN, OTHER, FEW], id="one small takes the next"),
        pytest.param([9, 2], [OTHER, FEW], id="of a pair both"),
        pytest.param(
            [9, 5, 1, 1], [SHOWN, OTHER, FEW, FEW], id="two small of two schools"
        ),
        pytest.param([9, 5, 2, 1], [SHOWN, SHOWN, FEW, FEW], id="three schools do"),
        pytest.param([5, 5, 2], [OTHER, SHOWN, FEW], id="the first of equals"),
        pytest.param([9, 5, 0], [SHOWN, SHOWN, NONE], id="none counted hides none"),
        pytest.param([9, 2, 0], [OTHER, FEW, NONE], id="and protects none"),
        pytest.param([1, 1, 0], [FEW, FEW, NONE], id="a total too small"),
        pytest.param([2], [FEW], id="a total of one group"),
    ],
)
def test_what_is_hidden(counts: list[int], hidden: list[Hidden]) -> None:
    found = hidden_groups(dict(enumerate(counts)))
    assert list(found.values()) == hidden


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_what_is_hidden_cannot_be_worked_out_from_the_total(counts: list[int]) -> None:
    found = hidden_groups(dict(enumerate(counts)))
    shown = [counts[at] for at, why in found.items() if why is SHOWN]
    hidden = [counts[at] for at, why in found.items() if why in {FEW, OTHER}]
    assert all(count >= 3 for count in shown)
    assert sum(shown) + sum(hidden) == sum(counts)
    if hidden and sum(counts) >= 3:
        assert len(hidden) > 1 or not shown
        assert sum(hidden) >= 3


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        pytest.param([3, 5, 1], [SHOWN, OTHER, FEW], id="another trust, not the rest"),
        pytest.param([2, 5, 5], [FEW, OTHER, SHOWN], id="the trusts' total is hidden"),
        pytest.param([9, 1, 1], [OTHER, FEW, FEW], id="trusts too few between them"),
        pytest.param([9, 2, 1, 4], [SHOWN, FEW, FEW, SHOWN], id="three schools do"),
        pytest.param([0, 5, 1], [NONE, OTHER, FEW], id="nobody is outside"),
    ],
)
def test_what_is_hidden_where_another_table_has_the_trusts_total(
    counts: list[int], hidden: list[Hidden]
) -> None:
    assert list(hidden_parts(dict(enumerate(counts)), 0).values()) == hidden


@given(st.lists(st.integers(0, 6), min_size=2, max_size=6))
def test_no_few_schools_are_what_shown_groups_of_both_tables_leave(
    counts: list[int],
) -> None:
    parts = hidden_parts(dict(enumerate(counts)), 0)
    halves = hidden_groups({0: counts[0], 1: sum(counts[1:])})
    everyone = range(len(counts))
    groups = [{at} for at in everyone if parts[at] is SHOWN]
    groups += [{0}] * (halves[0] is SHOWN)
    groups += [set(everyone) - {0}] * (halves[1] is SHOWN)
    groups += [set(everyone)] * (sum(counts) >= 3)
    # Whatever a reader can put together by adding and taking away disjoint groups.
    known = {frozenset(one) for one in groups}
    while True:
        more = {one - two for one in known for two in known if two < one} - known
        if not more:
            break
        known |= more
    left = [sum(counts[at] for at in one) for one in known]
    assert all(count == 0 or count >= 3 for count in left)


def test_a_mean_counts_every_school_once_with_its_range() -> None:
    found = group_gains({"North": [6.0, 7.0, 8.0], "South": [1.0, 2.0, 3.0, 6.0]})
    # North: sd 1, se 0.57735, t2 = 4.302653: 7 +- 2.48414
    north = found["North"].gain
    assert north is not None
    assert north.estimate == pytest.approx(7.0)
    assert (north.low, north.high) == pytest.approx((4.51586, 9.48414), abs=1e-4)
    assert found["South"].gain is not None
    assert found["South"].gain.estimate == pytest.approx(3.0)


def test_a_hidden_group_carries_no_number() -> None:
    found = group_gains({"North": [6.0, 7.0, 8.0], "South": [1.0]})
    assert found["South"].gain is None
    assert found["South"].hidden is FEW
    assert found["South"].n_schools == 1
    assert found["North"].gain is None
    assert found["North"].hidden is OTHER
    assert "fewer than three" in FEW.sentence
    assert "worked out" in OTHER.sentence


def test_one_school_where_one_is_enough_has_no_range() -> None:
    (found,) = group_gains({"North": [6.0]}, min_schools=1).values()
    assert found.gain is not None
    assert (found.gain.low, found.gain.high) == (6.0, 6.0)
