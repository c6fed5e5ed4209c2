"""Where the gain comes from, in words that a world without effect cannot misread."""

from typing import Any

import pytest

from mentoring.pages.origin import origin_chart


def facts(
    difference: float, low: float, high: float, *, gain: float = 7.0
) -> dict[str, Any]:
    """Return a dashboard's facts with England at 1.4 points a year."""
    return {
        "measure_name": "Five or more grades A* to C",
        "is_share": True,
        "gain": {
            "per_year": gain,
            "n_schools": 350,
            "first_base": 2003,
            "last": 2006,
        },
        "england": {"per_year": 1.4, "label": 1},
        "similar": {
            "difference": difference,
            "low": low,
            "high": high,
            "n_comparison": 656,
        },
    }


def test_the_parts_stand_in_the_table_with_the_likely_range() -> None:
    shown = origin_chart(facts(4.3, 3.8, 4.8))
    assert shown is not None
    # 7.0 - 4.3 = 2.7 from the same start, 1.3 more than England's 1.4.
    assert [row[1:] for row in shown.rows] == [
        ["+1.4", ""],
        ["+1.3", ""],
        ["+4.3", "+3.8 to +4.8"],
        ["+7.0", ""],
    ]
    assert "4.3 points a year are beyond what similar schools gained" in shown.title
    assert "does not reach zero" in shown.summary
    assert "chart-hollow" not in shown.wide + shown.narrow
    assert "provisional" in shown.source
    assert "656 entitled schools" in shown.source
    assert "rounded" not in shown.source


def test_what_cannot_be_told_apart_reads_as_no_success() -> None:
    shown = origin_chart(facts(0.4, -0.2, 1.0, gain=3.1))
    assert shown is not None
    assert "may be all of it" in shown.title
    assert "0.4" not in shown.title
    assert "beyond those: we cannot tell this part apart" in shown.rows[2][0]
    assert "We cannot tell this part apart from no difference" in shown.summary
    for picture in (shown.wide, shown.narrow):
        assert picture.count("chart-hollow") == 1


def test_less_than_similar_schools_is_said_plainly() -> None:
    shown = origin_chart(facts(-1.0, -1.6, -0.4, gain=1.0))
    assert shown is not None
    assert shown.title.endswith("1.0 points a year less than similar schools gained")
    assert shown.rows[2][0] == "Programme schools gained less than those"
    # 1.0 + 1.0 = 2.0 from the same start, 0.6 more than England.
    assert [row[1] for row in shown.rows] == ["+1.4", "+0.6", "\u22121.0", "+1.0"]


def test_a_loss_is_not_called_a_gain() -> None:
    shown = origin_chart(facts(-1.0, -1.6, -0.4, gain=-2.0))
    assert shown is not None
    assert shown.title.startswith("Where the loss comes from")
    assert "programme schools lost" in shown.wide
    assert shown.rows[1][0].endswith("gained less than England")


def test_parts_that_do_not_add_up_once_rounded_are_said_to_be_rounded() -> None:
    # 7.12 - 4.36 = 2.76, 1.36 more than England: 1.4, 1.4 and 4.4 of 7.1.
    shown = origin_chart(facts(4.36, 3.8, 4.8, gain=7.12))
    assert shown is not None
    assert [row[1] for row in shown.rows] == ["+1.4", "+1.4", "+4.4", "+7.1"]
    assert "rounded and do not quite add up" in shown.source


@pytest.mark.parametrize("missing", ["england", "similar"])
def test_there_is_no_picture_where_a_part_is_not_known(missing: str) -> None:
    known = facts(4.3, 3.8, 4.8)
    known[missing] = {"reason": "not_known", "sentence": "Not known."}
    assert origin_chart(known) is None
