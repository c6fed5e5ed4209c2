import pytest

from results.figures.threshold import at_or_below, cut_at, rank_of, tally_of, total_of

# Eleven schools: -1.2, -0.8, -0.5 twice, -0.3, -0.1, 0, 0.1, 0.2, 0.4 and 0.9.
ELEVEN = [-0.5, 0.9, -1.2, -0.8, -0.5, -0.3, 0.0, -0.1, 0.1, 0.4, 0.2]
TALLY = tally_of(ELEVEN)


def test_a_tally_counts_equal_scores_together_from_the_lowest() -> None:
    assert TALLY[:3] == [(-1.2, 1), (-0.8, 1), (-0.5, 2)]
    assert total_of(TALLY) == 11


@pytest.mark.parametrize(
    ("per_cent", "cut"),
    [
        (10, -0.8),  # 1.1 schools, rounded up to 2
        (25, -0.5),  # 2.75, rounded up to 3: as the bottom quarter
        (36, -0.5),  # 3.96, rounded up to 4: the tie already holds four
        (37, -0.3),  # 4.07, rounded up to 5
        (50, -0.1),  # 5.5, rounded up to 6
        (100, 0.9),
    ],
)
def test_a_share_cuts_at_a_score_some_school_has(per_cent: int, cut: float) -> None:
    assert cut_at(TALLY, per_cent) == cut


def test_a_cut_lets_in_every_school_tied_at_it() -> None:
    assert at_or_below(TALLY, -0.5) == 4
    assert at_or_below(TALLY, -0.51) == 2
    assert at_or_below(TALLY, -9) == 0


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    assert [rank_of(TALLY, score) for score in (-0.8, -0.5, -0.3)] == [2, 3, 5]


def test_nothing_counted_has_no_cut() -> None:
    assert cut_at([], 25) is None
