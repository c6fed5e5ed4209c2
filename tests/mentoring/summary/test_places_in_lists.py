from mentoring.models import SchoolSummary
from mentoring.summary.places_in_lists import place_in_lists


def placed(*known: tuple[int, int | None, float | None]) -> list[SchoolSummary]:
    found = [
        SchoolSummary(school_id=pk, latest_year=year, latest_value=value)
        for pk, year, value in known
    ]
    place_in_lists(found)
    return found


def in_order(summaries: list[SchoolSummary], place: str) -> list[int]:
    rows = sorted(summaries, key=lambda each: int(getattr(each, place)))
    return [each.school_id for each in rows]


def test_the_latest_year_comes_first_and_a_missing_value_last_of_its_year() -> None:
    found = placed(
        (1, 2005, 90.0),
        (2, 2006, 40.0),
        (3, 2006, None),
        (4, 2006, 0.0),
        (5, None, None),
    )
    assert in_order(found, "by_highest") == [2, 4, 3, 1, 5]
    assert in_order(found, "by_lowest") == [4, 2, 3, 1, 5]


def test_schools_alike_stand_by_their_ids_in_both_orders() -> None:
    found = placed((9, 2006, 40.0), (7, 2006, 40.0), (8, 2006, 40.0))
    assert in_order(found, "by_highest") == [7, 8, 9]
    assert in_order(found, "by_lowest") == [7, 8, 9]
    assert sorted(each.by_highest for each in found) == [1, 2, 3]
