"""Searching as one types in a real browser, and without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.harness.keys import go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser


def test_a_school_is_found_by_keyboard_alone(site: Site, browser: Browser) -> None:
    site.renew()
    school = site.scene.mentee
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/")
    go_to(tab, "q")
    tab.keyboard.type(school.name[:6])
    field = tab.get_by_role("combobox", name="Name, town or URN")
    expect(field).to_have_attribute("aria-expanded", "true")
    option = tab.get_by_role("option").first
    tab.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    tab.keyboard.press("Escape")
    expect(option).to_be_hidden()
    tab.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    while (
        school.name
        not in (tab.locator("[aria-selected=true]").all_text_contents() or [""])[0]
    ):
        tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_contain_text(school.name)
    context.close()


def test_without_script_the_field_searches_the_list(
    site: Site, browser: Browser
) -> None:
    site.renew()
    school = site.scene.mentee
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/")
    tab.get_by_label("Name, town or URN").fill(str(school.urn))
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text("1 school")
    expect(tab.locator("tbody th")).to_contain_text(school.name)
    context.close()
