"""Links that share an establishment are one case."""

from schools.actions.cases import cases
from schools.actions.successions import StatedLink


def link(pk: int, one: int, other: int) -> StatedLink:
    return StatedLink(pk, one, other, "succession", None)


def test_links_that_share_a_school_are_one_case() -> None:
    found = cases([link(7, 1, 2), link(5, 3, 2), link(9, 4, 5), link(11, 2, 6)])
    assert found == {5: 5, 7: 5, 11: 5, 9: 9}


def test_two_cases_become_one_through_a_link_between_them() -> None:
    assert cases([link(1, 1, 2), link(2, 3, 4), link(3, 2, 3)]) == {1: 1, 2: 1, 3: 1}


def test_a_long_chain_costs_no_stack() -> None:
    chain = [link(pk, pk, pk + 1) for pk in range(1, 20_001)]
    assert set(cases(chain).values()) == {1}
