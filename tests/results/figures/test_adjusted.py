"""The adjusted estimate, against hand-made data and statsmodels."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from results.figures.adjusted import Adjusted, Compared, adjusted_difference
from results.figures.reasons import Reason
from results.figures.spans import NoGain


def wave(
    year: int = 2003, ours: int = 20, others: int = 40, seed: int = 1
) -> list[Compared]:
    """Return a wave whose low schools rise by themselves and whose mentees rise 4."""
    chance, rows = np.random.default_rng([seed, year]), []
    for number in range(ours + others):
        is_ours = number < ours
        base = float(chance.normal(30 if is_ours else 40, 8))
        score = float(chance.normal(975, 8))
        rows.append(
            Compared(
                school=f"{year} {number}" if is_ours else number,
                wave=year,
                is_programme=is_ours,
                gain=12 - 0.2 * base + 4 * is_ours + float(chance.normal(0, 3)),
                base=base,
                value_added=score,
                percent_fsm=float(chance.uniform(2, 60)),
            )
        )
    return rows


def estimate(rows: Sequence[Compared], fewest: int = 30) -> Adjusted:
    found = adjusted_difference(rows, fewest=fewest)
    assert isinstance(found, Adjusted)
    return found


def design(rows: Sequence[Compared]) -> np.ndarray:
    """Return the model's matrix by plain means: programme, waves, three covariates."""
    waves = sorted({each.wave for each in rows})
    table = [[float(each.is_programme)] for each in rows]
    for year in waves:
        for line, each in zip(table, rows, strict=True):
            line.append(float(each.wave == year))
    for name in ("base", "value_added", "percent_fsm"):
        for line, each in zip(table, rows, strict=True):
            own = [getattr(row, name) for row in rows if row.wave == each.wave]
            line.append(getattr(each, name) - sum(own) / len(own))
    return np.array(table)


def six_schools() -> list[Compared]:
    """Return schools whose last result is 5 + 0.9 x base, 4 more in the programme."""
    return [
        Compared(number, 2004, number > 2, 5 - 0.1 * base + 4 * (number > 2), base)
        for number, base in enumerate([30, 50, 70, 20, 30, 40])
    ]


def test_what_comes_from_the_start_is_taken_away() -> None:
    # Gains 2, 0, -2 outside and 7, 6, 5 inside: 6 apart, 2 of it by the low start.
    found = estimate(six_schools(), fewest=3)
    assert found.difference == pytest.approx(4.0)
    assert found.programme == pytest.approx(6)
    assert found.comparison == pytest.approx(0)
    assert found.by_start == pytest.approx(2.0)
    assert found.slopes == {"base": pytest.approx(-0.1)}
    assert found.dropped == ("value_added", "percent_fsm")


def test_one_wave_agrees_with_statsmodels_hc2() -> None:
    rows = wave()
    theirs = sm.OLS([each.gain for each in rows], design(rows)).fit(
        cov_type="HC2", use_t=True
    )
    found = estimate(rows)
    low, high = theirs.conf_int()[0]
    assert found.difference == pytest.approx(theirs.params[0])
    assert found.likely.standard_error == pytest.approx(theirs.bse[0])
    assert (found.likely.low, found.likely.high) == pytest.approx((low, high))
    assert found.likely == found.plain
    assert found.slopes["base"] == pytest.approx(theirs.params[2])


def test_stacked_waves_agree_with_statsmodels_by_school() -> None:
    rows = [*wave(2003), *wave(2004, ours=12)]
    model = sm.OLS([each.gain for each in rows], design(rows))
    names = {each.school: place for place, each in enumerate(rows)}
    theirs = model.fit(
        cov_type="cluster",
        cov_kwds={"groups": [names[each.school] for each in rows]},
        use_t=True,
    )
    found = estimate(rows)
    low, high = theirs.conf_int()[0]
    assert found.difference == pytest.approx(theirs.params[0])
    assert found.likely.standard_error == pytest.approx(theirs.bse[0])
    assert (found.likely.low, found.likely.high) == pytest.approx((low, high))
    plain = model.fit(cov_type="HC2", use_t=True)
    assert found.plain.standard_error == pytest.approx(plain.bse[0])
    assert (found.n_programme, found.n_comparison, found.n_waves) == (32, 48, 2)


def test_the_others_of_a_wave_weigh_as_many_as_its_programme_schools() -> None:
    first = [replace(each, gain=1.0) for each in wave(2003, ours=30)]
    second = [replace(each, gain=4.0) for each in wave(2004, ours=10)]
    assert estimate([*first, *second]).comparison == pytest.approx(1.75)


def test_a_wave_that_nobody_joined_is_left_alone() -> None:
    rows = [*wave(2003), *wave(2005, ours=0)]
    assert estimate(rows) == estimate(wave(2003))


def test_thirty_others_are_enough_and_twenty_nine_are_not() -> None:
    assert isinstance(adjusted_difference(wave(others=30)), Adjusted)
    found = adjusted_difference(wave(others=29))
    assert found == NoGain(Reason.COMPARISON_TOO_SMALL)


def test_every_wave_needs_its_own_others() -> None:
    rows = [*wave(2003, others=300), *wave(2004, others=29)]
    assert adjusted_difference(rows) == NoGain(Reason.COMPARISON_TOO_SMALL)


def test_two_schools_are_no_programme() -> None:
    assert adjusted_difference(wave(ours=2)) == NoGain(Reason.TOO_FEW_SCHOOLS)
    assert adjusted_difference([]) == NoGain(Reason.TOO_FEW_SCHOOLS)


def test_a_covariate_that_a_tenth_lack_is_dropped_for_all() -> None:
    rows = wave()
    few = [replace(each, percent_fsm=None) for each in rows[:7]] + rows[7:]
    without = [replace(each, percent_fsm=None) for each in rows]
    found = estimate(few)
    assert found.dropped == ("percent_fsm",)
    assert found.likely == estimate(without).likely


def test_a_few_gaps_are_filled_and_no_school_is_lost() -> None:
    rows = wave()
    few = [replace(each, percent_fsm=None) for each in rows[18:24]]
    found = estimate([*rows[:18], *few, *rows[24:]])
    assert found.dropped == ()
    assert (found.n_programme, found.n_comparison) == (20, 40)
    # The same by hand: gaps at the mean of the known, and a column that marks them.
    known = [each.percent_fsm or 0 for each in [*rows[:18], *rows[24:]]]
    table = design(rows)
    table[:, -1] = [each.percent_fsm for each in rows]
    table[:, -1] -= sum(known) / len(known)
    table[18:24, -1] = 0
    marks = np.array([18 <= place < 24 for place in range(60)], dtype=float)
    theirs = sm.OLS([r.gain for r in rows], np.column_stack([table, marks])).fit()
    assert found.difference == pytest.approx(theirs.params[0])


def test_a_covariate_alike_in_all_schools_changes_nothing() -> None:
    rows = [replace(each, percent_fsm=None) for each in wave()]
    alike = [replace(each, percent_fsm=20.0) for each in rows]
    found = estimate(alike)
    assert found.difference == pytest.approx(estimate(rows).difference)
    assert "percent_fsm" not in found.slopes


def test_more_schools_than_columns_are_needed() -> None:
    rows = wave(ours=3, others=1)
    assert adjusted_difference(rows, fewest=1) == NoGain(Reason.COMPARISON_TOO_SMALL)


def test_the_range_holds_the_estimate_and_more_schools_narrow_it() -> None:
    small, large = estimate(wave()), estimate(wave(ours=200, others=400))
    for found in (small, large):
        assert found.likely.low < found.difference < found.likely.high
    assert large.likely.high - large.likely.low < small.likely.high - small.likely.low


def test_it_is_told_apart_only_when_the_range_leaves_out_nothing() -> None:
    rows = wave()
    found = estimate(rows)
    assert found.is_told_apart
    flat = [replace(r, gain=r.gain - found.difference * r.is_programme) for r in rows]
    assert estimate(flat).difference == pytest.approx(0, abs=1e-9)
    assert not estimate(flat).is_told_apart
    worse = [replace(each, gain=each.gain - 8 * each.is_programme) for each in rows]
    assert estimate(worse).likely.high < 0
    assert estimate(worse).is_told_apart


def led(rows: Sequence[Compared], mentors: int) -> list[Compared]:
    """Return the rows with their programme schools shared out among `mentors`."""
    return [
        replace(each, mentor=place % mentors if each.is_programme else None)
        for place, each in enumerate(rows)
    ]


def by_mentor(rows: Sequence[Compared], mentors: int) -> tuple[float, float, float]:
    """Return statsmodels' error by mentor, and its limits by t of the mentors."""
    names: dict[object, int] = {}
    who = [each.mentor if each.is_programme else str(each.school) for each in rows]
    theirs = sm.OLS([each.gain for each in rows], design(rows)).fit(
        cov_type="cluster",
        cov_kwds={"groups": [names.setdefault(each, len(names)) for each in who]},
    )
    arm = stats.t.ppf(0.975, mentors - 1) * theirs.bse[0]
    return theirs.bse[0], theirs.params[0] - arm, theirs.params[0] + arm


def test_schools_of_one_lead_mentor_agree_with_statsmodels_by_mentor() -> None:
    rows = led([*wave(2003, ours=60), *wave(2004, ours=40)], 25)
    found = estimate(rows)
    error, low, high = by_mentor(rows, 25)
    assert found.likely.standard_error == pytest.approx(error)
    assert (found.likely.low, found.likely.high) == pytest.approx((low, high))
    assert (found.likely.df, found.n_mentors) == (24, 25)
    without = estimate([replace(each, mentor=None) for each in rows])
    assert found.plain == without.plain
    assert without.n_mentors == 0


def test_of_few_mentors_the_wider_range_stands() -> None:
    rows = led(wave(ours=38), 19)
    # Each mentor's two schools alike, then as far apart as they can be.
    alike = [
        replace(each, gain=each.gain + 9 * (int(str(each.mentor)) % 2))
        if each.is_programme
        else each
        for each in rows
    ]
    apart = [
        replace(each, gain=each.gain + (9 if place < 19 else -9))
        if each.is_programme
        else each
        for place, each in enumerate(rows)
    ]
    together = estimate(alike)
    assert together.likely.standard_error == pytest.approx(by_mentor(alike, 19)[0])
    assert together.likely.df == 18
    found = estimate(apart)
    error, *_ = by_mentor(apart, 19)
    assert found.plain.standard_error is not None
    assert error < found.plain.standard_error
    assert found.likely == found.plain
    # Of twenty and more it is by mentor whichever is wider.
    many = [*apart, *(replace(e, mentor=20, school=f"{e.school} b") for e in apart[:1])]
    assert estimate(many).likely.df == 19


def test_one_mentor_of_all_tells_nothing_of_how_they_move_together() -> None:
    found = estimate(led(wave(), 1))
    assert found.likely == found.plain == estimate(wave()).plain
    assert found.n_mentors == 0


def test_a_school_without_a_lead_is_by_itself_whatever_it_is_called() -> None:
    rows = [
        replace(each, school=place, mentor=place if 0 < place < 20 else None)
        for place, each in enumerate(wave())
    ]
    # Its own name is a mentor's too; so every programme school is by itself.
    first, *others = rows
    found = estimate(
        [replace(first, school=1), replace(others[0], school=0), *others[1:]]
    )
    assert found.likely.df == 19
