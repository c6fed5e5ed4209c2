import pytest

from results.figures.breaks import (
    Break,
    caution_sentences,
    first_refusal,
    touching,
)
from tests.results.figures.builders import broken


@pytest.mark.parametrize(
    ("base", "last", "is_met"),
    [(2012, 2013, False), (2013, 2014, True), (2013, 2015, True), (2014, 2015, False)],
)
def test_a_span_crosses_a_break_when_it_starts_before_and_ends_in_or_after(
    base: int, last: int, *, is_met: bool
) -> None:
    assert bool(touching([broken(2014)], "5ACEM", base, last)) is is_met


@pytest.mark.parametrize(
    ("base", "last", "is_met"),
    [(2019, 2022, True), (2022, 2023, True), (2019, 2023, False), (2018, 2019, False)],
)
def test_an_endpoint_break_is_met_only_in_its_own_year(
    base: int, last: int, *, is_met: bool
) -> None:
    breaks = [broken(2022, applies="endpoint")]
    assert bool(touching(breaks, "94EM", base, last)) is is_met


def test_a_break_of_one_measure_leaves_the_others_alone() -> None:
    of_p8 = Break(2018, "cap", frozenset({"P8"}), "caution", "crossing", "Cap.")
    assert touching([of_p8], "P8", 2017, 2018) == (of_p8,)
    assert touching([of_p8], "A8", 2017, 2018) == ()


def test_breaks_come_earliest_first_and_the_first_refusal_is_named() -> None:
    late, early = broken(2017), broken(2014)
    soft = broken(2012, kind="caution")
    assert touching([late, early, soft], "A8", 2010, 2018) == (soft, early, late)
    assert first_refusal([late, soft, early], "A8", 2010, 2018) is early
    assert first_refusal([soft], "A8", 2010, 2018) is None


def test_a_change_by_stages_is_said_once() -> None:
    stages = [
        Break(year, "IGCSE", frozenset(), "caution", "crossing", "By stages.")
        for year in (2010, 2011, 2012)
    ]
    assert caution_sentences([*stages, broken(2014)]) == ("By stages.",)
