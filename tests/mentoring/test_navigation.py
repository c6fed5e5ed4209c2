"""The main navigation: what fits into a line, and the rest under one word."""

import re

from django.test import Client
from django.urls import reverse

from tests.harness.cast import Scene


def test_where_much_is_open_the_rarer_is_folded(scene: Scene) -> None:
    page = scene.client("officer").get("/trusts/")
    items = page.context["navigation"]
    folded = [item.label for item in items if item.is_folded]
    assert folded == [
        *("Trusts", "Eligibility", "Successions", "Imports", "People", "Programme"),
    ]
    more = re.search(
        r'<details class="more">.*?</details>', page.content.decode(), re.DOTALL
    )
    assert more
    assert [label in more[0] for label in folded] == [True] * 6
    assert 'aria-current="page">Trusts' in " ".join(more[0].split())


def test_who_has_no_first_page_is_not_led_to_one(scene: Scene) -> None:
    def labels(who: str) -> set[str]:
        page = scene.client(who).get("/trusts/")
        return {item.label for item in page.context["navigation"]}

    assert "Today" in labels("officer") & labels("delegate") & labels("director")
    assert "Today" not in labels("finance") | labels("evaluator")


def test_from_the_bare_address_people_come_to_their_first_page(db: None) -> None:
    sign_in = reverse("account_login")
    assert Client().get("/").headers["Location"] == sign_in
    assert Client().get("/schools/").headers["Location"] == f"{sign_in}?next=/schools/"


def test_what_fits_is_not_folded(scene: Scene) -> None:
    page = scene.client("delegate").get("/trusts/")
    assert not any(item.is_folded for item in page.context["navigation"])
    assert b'<details class="more">' not in page.content
