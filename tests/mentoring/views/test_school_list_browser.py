"""Searching as one types and ticking in a real browser, and without script."""

import pytest
from playwright.sync_api import Browser, expect

from mentoring.actions.recompute import recompute
from tests import factories
from tests.harness.cast import TODAY
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


UNDER_THE_BAR = """() => {
  const at = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".ticked").getBoundingClientRect();
  return Math.min(at.bottom, bar.bottom) - Math.max(at.top, bar.top) > 0
    && !document.activeElement.closest(".ticked");
}"""
"""Whether what is focused is behind the bar at the foot of the window."""


def long_list(site: Site) -> None:
    """Add schools to the list until it is longer than any window."""
    site.renew()
    for _ in range(30):
        factories.EstablishmentFactory.create()
    recompute(on=TODAY)


def test_how_many_schools_are_ticked_is_said(site: Site, browser: Browser) -> None:
    site.renew()
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/")
    said = tab.locator(".ticked").get_by_role("status")
    expect(said).to_have_text("No school ticked on this page")
    boxes = tab.locator("tbody").get_by_role("checkbox")
    boxes.nth(0).check()
    expect(said).to_have_text("1 school ticked on this page")
    boxes.nth(1).check()
    expect(said).to_have_text("2 schools ticked on this page")
    boxes.nth(0).uncheck()
    tab.get_by_role("link", name="Tick all on this page").click()
    expect(said).to_have_text(f"{boxes.count()} schools ticked on this page")
    tab.get_by_role("link", name="Untick this page").click()
    expect(said).to_have_text("No school ticked on this page")
    boxes.nth(1).check()
    tab.locator(".ticked").get_by_role("button").click()
    expect(tab.locator("h1")).to_have_text("Invite or enrol 1 school")
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_bar_of_ticked_schools_is_in_view_and_hides_no_focus(
    site: Site, browser: Browser, width: int
) -> None:
    long_list(site)
    context = browser.new_context(
        viewport={"width": width, "height": 700}, reduced_motion="reduce"
    )
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/")
    bar = tab.locator(".ticked").get_by_role("button")
    first = tab.locator("tbody").get_by_role("checkbox").first
    first.focus()
    expect(bar).not_to_be_in_viewport()
    tab.keyboard.press("Space")
    expect(bar).to_be_in_viewport(ratio=1)
    for _ in range(60):
        tab.keyboard.press("Tab")
        assert not tab.evaluate(UNDER_THE_BAR)
    first.uncheck()
    first.scroll_into_view_if_needed()
    expect(bar).not_to_be_in_viewport()
    context.close()


def test_in_a_low_window_the_bar_stays_below_the_list(
    site: Site, browser: Browser
) -> None:
    long_list(site)
    context = browser.new_context(viewport={"width": 320, "height": 256})
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/")
    tab.locator("tbody").get_by_role("checkbox").first.check()
    expect(tab.locator(".ticked")).not_to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_files_and_views_are_in_one_row_at_the_head(
    site: Site, browser: Browser, width: int
) -> None:
    site.renew()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=False
    )
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/?role=mentee")
    tools = tab.locator(".page-header .tools > *")
    expect(tools).to_have_count(3)
    tops = set()
    for tool in tools.all():
        expect(tool).to_be_in_viewport(ratio=1)
        tops.add(tool.evaluate("node => node.getBoundingClientRect().top"))
    assert len(tops) == 1
    tab.get_by_text("Save this view").click()
    tab.get_by_label("Name of this view").fill("All mentees")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_role("link", name="All mentees", exact=True)).to_be_visible()
    context.close()


def test_the_files_of_memberships_are_at_the_head(site: Site, browser: Browser) -> None:
    site.renew()
    context = browser.new_context(viewport={"width": 360, "height": 800})
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/memberships/?role=mentee")
    link = tab.locator(".page-header").get_by_role("link", name="Excel")
    expect(link).to_be_in_viewport(ratio=1)
    with tab.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    context.close()
