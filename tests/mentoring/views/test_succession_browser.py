"""Deciding a succession in a real browser: by keyboard alone, and without script."""

import pytest
from playwright.sync_api import Browser, expect

from schools.models import Succession
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser


def test_a_succession_is_accepted_and_undone_by_keyboard_alone(
    site: Site, browser: Browser
) -> None:
    site.renew()
    succession = Succession.objects.get(pk=site.scene.succession.pk)
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/successions/")
    by_keys(tab, "became", "link", exact=False)
    expect(tab.get_by_role("heading", name="What the register says")).to_be_visible()
    by_keys(tab, "Accept:", exact=False)
    expect(tab.locator("h1")).to_have_text("This case is decided")
    succession.refresh_from_db()
    assert succession.state == "accepted"
    by_keys(tab, "Undo", "link", exact=False)
    expect(tab.locator("h1")).to_have_text("Take this decision back?")
    go_to(tab, "reason")
    tab.keyboard.type("The wrong school")
    by_keys(tab, "Take it back", exact=False)
    expect(tab.get_by_role("heading", name="What the links say")).to_be_visible()
    succession.refresh_from_db()
    assert succession.state == "waiting"
    context.close()


def test_a_succession_is_decided_without_script(site: Site, browser: Browser) -> None:
    site.renew()
    succession = Succession.objects.get(pk=site.scene.succession.pk)
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/successions/{succession.case}/")
    tab.get_by_label("Different schools", exact=False).check()
    tab.get_by_label("Why?", exact=False).fill("They are in two towns")
    tab.get_by_role("button", name="Decide").click()
    expect(tab.locator("h1")).to_have_text("This case is decided")
    succession.refresh_from_db()
    assert (succession.state, succession.reason) == ("apart", "They are in two towns")
    context.close()


def test_schools_stand_side_by_side_or_on_cards_for_a_phone(
    site: Site, browser: Browser
) -> None:
    site.renew()
    case = site.scene.succession.case
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/successions/{case}/")
    table, cards = tab.locator("table.sides"), tab.locator(".side-cards")
    expect(table).to_be_visible()
    expect(cards).to_be_hidden()
    tab.set_viewport_size({"width": 360, "height": 740})
    expect(table).to_be_hidden()
    expect(cards.locator("> li")).to_have_count(2)
    town = cards.get_by_text("Town and postcode").first
    expect(town).to_be_hidden()
    cards.locator("summary").first.click()
    expect(town).to_be_visible()
    context.close()
