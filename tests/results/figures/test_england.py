from itertools import product

import pytest

from results.figures.england import (
    EnglandGain,
    ReleasePair,
    Window,
    england_gain,
    like_for_like,
    rest_from_counts,
    rest_of_england,
    window_of,
)
from results.figures.figure import Basis, Missing, NationalFigure, Release
from results.figures.gains import Gain, NoGain, gain
from results.figures.reasons import Reason
from tests.results.figures.builders import broken, figure

PROVISIONAL, REVISED, FINAL = Release


def england(
    year: int,
    value: float,
    release: Release = FINAL,
    basis: Basis = Basis.PUBLISHED,
    coverage: str = "all schools",
) -> NationalFigure:
    return NationalFigure(year, "5AC", "15-year-olds", coverage, release, basis, value)


def made(found: EnglandGain | NoGain) -> EnglandGain:
    assert isinstance(found, EnglandGain), found
    return found


ENGLAND = [
    england(2003, 52.9),
    england(2004, 53.7),
    england(2005, 55.7, PROVISIONAL),
    england(2005, 56.3),
]


def test_england_stands_in_the_same_release_as_the_schools() -> None:
    provisional = made(england_gain(ENGLAND, [Window(2003, 2005, FINAL, PROVISIONAL)]))
    final = made(england_gain(ENGLAND, [Window(2003, 2005, FINAL, FINAL)]))
    assert provisional.per_year == pytest.approx(1.4)
    assert final.per_year == pytest.approx(1.7)
    assert (provisional.label, final.label) == (PROVISIONAL, FINAL)
    assert provisional.mismatches == final.mismatches == ()


def test_without_such_a_pair_both_are_named_and_the_weaker_is_the_label() -> None:
    only_provisional = ENGLAND[:3]
    window = Window(2003, 2005, FINAL, FINAL)
    found = made(england_gain(only_provisional, [window]))
    assert found.per_year == pytest.approx(1.4)
    assert found.mismatches == (ReleasePair(2005, FINAL, PROVISIONAL),)
    assert found.label is PROVISIONAL


def test_schools_weaker_than_england_label_the_whole() -> None:
    window = Window(2003, 2004, REVISED, FINAL)
    found = made(england_gain(ENGLAND, [window]))
    assert (found.release, found.label) == (FINAL, REVISED)


def test_each_school_brings_its_own_window() -> None:
    # Three schools from 2003: 1.7 a year. One from 2004: 2.6 a year.
    windows = [Window(2003, 2005, FINAL, FINAL)] * 3
    windows.append(Window(2004, 2005, FINAL, FINAL))
    found = made(england_gain(ENGLAND, windows))
    assert found.per_year == pytest.approx((3 * 1.7 + 2.6) / 4)
    assert (found.n_windows, found.first_base, found.last) == (4, 2003, 2005)


def test_the_window_is_that_of_the_school() -> None:
    ends = {2003: figure(2003, 30, release=REVISED), 2005: figure(2005, 44)}
    found = gain(ends, 2003, 2005)
    assert isinstance(found, Gain)
    assert window_of(found) == Window(2003, 2005, REVISED, FINAL)


def test_an_unknown_year_leaves_no_gain_for_england() -> None:
    windows = [Window(2003, 2005, FINAL, FINAL), Window(2003, 2007, FINAL, FINAL)]
    assert england_gain(ENGLAND, windows) == NoGain(Reason.NATIONAL_UNKNOWN)
    assert england_gain([], windows) == NoGain(Reason.NATIONAL_UNKNOWN)
    early = [Window(2001, 2005, FINAL, FINAL)]
    assert england_gain(ENGLAND, early) == NoGain(Reason.NATIONAL_UNKNOWN)


def test_no_schools_have_no_windows() -> None:
    assert england_gain(ENGLAND, []) == NoGain(Reason.TOO_FEW_SCHOOLS)


def test_breaks_bind_england_too() -> None:
    window = [Window(2003, 2005, FINAL, FINAL)]
    refused = england_gain(ENGLAND, window, [broken(2004)])
    assert refused == NoGain(Reason.DEFINITION_BREAK, broken(2004))
    careful = england_gain(ENGLAND, window, [broken(2004, kind="caution")])
    assert made(careful).cautions == ("Of 2004.",)


def test_all_schools_are_never_mixed_with_state_funded_ones() -> None:
    mixed = [*ENGLAND, england(2005, 53.6, coverage="state-funded")]
    with pytest.raises(ValueError, match="one measure and population"):
        england_gain(mixed, [Window(2003, 2005, FINAL, FINAL)])


def test_a_shadow_is_only_the_base_of_the_following_year() -> None:
    figures = [
        england(2015, 47.4, REVISED),
        england(2016, 48.5, REVISED),
        england(2016, 43.6, REVISED, Basis.SHADOW),
        england(2017, 44.6, REVISED),
        england(2018, 44.5, REVISED),
    ]

    def over(base: int, last: int) -> EnglandGain | NoGain:
        window = Window(base, last, REVISED, REVISED)
        return england_gain(figures, [window], [broken(2017)])

    assert made(over(2016, 2017)).per_year == pytest.approx(1.0)
    assert made(over(2016, 2017)).has_derived
    assert made(over(2015, 2016)).per_year == pytest.approx(1.1)
    assert over(2016, 2018) == NoGain(Reason.DEFINITION_BREAK, broken(2017))


def test_a_shadow_base_does_not_open_a_year_that_is_closed() -> None:
    figures = [england(2019, 1.0, FINAL, Basis.SHADOW), england(2020, 2.0)]
    closed = broken(2020, applies="endpoint")
    found = england_gain(figures, [Window(2019, 2020, FINAL, FINAL)], [closed])
    assert found == NoGain(Reason.DEFINITION_BREAK, closed)


def test_a_published_figure_comes_before_a_derived_one() -> None:
    figures = [
        england(2003, 52.0, basis=Basis.DERIVED),
        *ENGLAND,
        england(2003, 51.0, basis=Basis.DERIVED),
    ]
    found = made(england_gain(figures, [Window(2003, 2005, FINAL, FINAL)]))
    assert found.per_year == pytest.approx(1.7)
    assert not found.has_derived


@pytest.mark.parametrize(
    ("held", "theirs", "chosen"),
    [
        ((PROVISIONAL, FINAL), (PROVISIONAL, FINAL), FINAL),
        ((PROVISIONAL, FINAL), (PROVISIONAL,), PROVISIONAL),
        ((PROVISIONAL, REVISED), (FINAL,), REVISED),
        ((FINAL,), (), FINAL),
    ],
)
def test_the_strongest_release_that_both_have_is_compared(
    held: tuple[Release, ...], theirs: tuple[Release, ...], chosen: Release
) -> None:
    ours = {each: figure(2005, 40, release=each) for each in held}
    assert like_for_like(ours, theirs).release is chosen


def test_a_figure_withdrawn_later_is_never_brought_back() -> None:
    ours = {
        PROVISIONAL: figure(2005, 40, release=PROVISIONAL),
        FINAL: figure(2005, None, reason=Missing.SUPPRESSED, release=FINAL),
    }
    assert like_for_like(ours, [PROVISIONAL]).reason is Missing.SUPPRESSED


def test_a_missing_older_figure_does_not_take_the_place_of_a_newer_one() -> None:
    ours = {
        PROVISIONAL: figure(2005, None, release=PROVISIONAL),
        FINAL: figure(2005, 40, release=FINAL),
    }
    assert like_for_like(ours, [PROVISIONAL]).release is FINAL


def test_nothing_held_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="empty"):
        like_for_like({}, [FINAL])


def test_the_rest_of_england_is_what_the_programme_did_not_add() -> None:
    # A tenth of pupils gaining 7 make 0.7 of 1.4; the other nine tenths 0.7 / 0.9.
    assert rest_of_england(1.4, 7.0, 0.1) == pytest.approx(0.7 / 0.9)
    assert rest_of_england(1.4, 7.0, 0.0) == 1.4


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_the_programme_is_not_all_of_england(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 up to 1"):
        rest_of_england(1.4, 7.0, share)


def test_the_rest_of_england_from_counts_agrees_with_the_formula() -> None:
    inside, outside = {2003: 30.0, 2005: 44.0}, {2003: 60.0, 2005: 61.0}
    base = [figure(2003, outside[2003], cohort=900)]
    last = [figure(2005, outside[2005], cohort=900)]
    all_of_it = {
        year: (inside[year] * 100 + outside[year] * 900) / 1000 for year in inside
    }
    national = (all_of_it[2005] - all_of_it[2003]) / 2
    assert rest_from_counts(base, last, 2) == pytest.approx(0.5)
    assert rest_of_england(national, 7.0, 0.1) == pytest.approx(0.5)


def test_no_schools_outside_have_no_gain() -> None:
    some = [figure(2003, 60.0)]
    for base, last in product(([], some), repeat=2):
        found = rest_from_counts(base, last, 2)
        assert (found is None) is not (bool(base) and bool(last))
