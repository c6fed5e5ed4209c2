"""A case on a phone: what tells the schools apart stands first, the rest is folded."""

from mentoring.pages.case_parts import Card, Side, Stated, cards, groups

LABELS = ("School here", "Type", "Phase", "Status", "Closed", "Town", "Pupils")
UNKNOWN = {"Phase": "Not known", "Closed": "Not known", "Pupils": "Not known"}


def side(urn: int, *facts: str) -> Side:
    return Side(urn, f"School {urn}", f"/schools/{urn}/", facts)


def words(card: Card) -> tuple[list[str], list[str]]:
    return (
        [f"{label}: {fact}" for label, fact in card.shown],
        [f"{label}: {fact}" for label, fact in card.folded],
    )


def test_what_differs_stands_first_and_nothing_is_lost() -> None:
    one = side(1, "School 1 (1)", "Academy", "Secondary", "Open", "x", "Ash", "900")
    two = side(2, "School 1 (1)", "Academy", "Secondary", "Closed", "y", "Oak", "800")
    first, second = (words(card) for card in cards([one, two], LABELS, UNKNOWN))
    assert first == (
        ["Status: Open", "Closed: x", "Town: Ash", "Pupils: 900"],
        ["School here: School 1 (1)", "Type: Academy", "Phase: Secondary"],
    )
    assert second == (
        ["Status: Closed", "Closed: y", "Town: Oak", "Pupils: 800"],
        ["School here: School 1 (1)", "Type: Academy", "Phase: Secondary"],
    )


def test_what_is_not_known_tells_nothing_apart() -> None:
    known = side(1, "School 1 (1)", "Academy", "Secondary", "Open", "x", "Ash", "900")
    blank = "Not known"
    other = side(2, "School 2 (2)", "From a link", blank, "Gone", blank, "Oak", blank)
    shown, folded = words(cards([known, other], LABELS, UNKNOWN)[1])
    assert shown == ["Type: From a link", "Status: Gone", "Town: Oak"]
    assert folded == [
        "School here: School 2 (2)",
        "Phase: Not known",
        "Closed: Not known",
        "Pupils: Not known",
    ]


def test_a_school_that_belongs_to_another_says_so_at_once() -> None:
    one = side(1, "School 1 (1)", *["same"] * 6)
    two = side(2, "School 1 (1)", *["same"] * 6)
    three = side(3, "School 3 (3)", *["same"] * 6)
    assert [words(card)[0] for card in cards([one, two, three], LABELS, {})] == [
        [],
        ["School here: School 1 (1)"],
        [],
    ]


def test_links_stand_under_the_school_they_start_from() -> None:
    links = [
        Stated(pk, start, f"{start} became {pk}", "", True, "")
        for pk, start in enumerate(["Oak", "Ash", "Oak"])
    ]
    assert [
        (group.start, [link.pk for link in group.links]) for group in groups(links)
    ] == [("Oak", [0, 2]), ("Ash", [1])]
