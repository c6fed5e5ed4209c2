"""Memberships in a browser: ticked by keyboard alone, without script; and steps."""

import pytest
from playwright.sync_api import Browser, Page, expect

from mentoring.models import Membership
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site
from tests.mentoring.steps_world import start

pytestmark = pytest.mark.browser


def tick_by_keys(tab: Page, name: str) -> None:
    """Go by the tabulator to a school's box in the list, and tick it."""
    box = tab.get_by_role("checkbox", name=name)
    for _ in range(80):
        if box.evaluate("node => node === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    expect(box).to_be_focused()
    tab.keyboard.press("Space")
    expect(box).to_be_checked()


def test_schools_are_enrolled_by_ticking_by_keyboard_alone(
    site: Site, browser: Browser
) -> None:
    site.renew()
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/?role=none")
    tick_by_keys(tab, "Cedar Park Academy")
    tick_by_keys(tab, "Dunmore College")
    tab.keyboard.press("Home")
    tab.locator("#main").focus()
    by_keys(tab, "Invite or enrol the ticked schools")
    expect(tab.locator("h1")).to_have_text("Invite or enrol 2 schools")
    go_to(tab, "role")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_label("Mentor", exact=True)).to_be_checked()
    go_to(tab, "start")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_label("Enrol at once", exact=False)).to_be_checked()
    by_keys(tab, "See what each school gets")
    expect(tab.locator("h1")).to_have_text("2 schools will be enrolled")
    by_keys(tab, "Confirm")
    expect(tab.locator("h1")).to_have_text(
        "2 schools of 2 invited or enrolled together"
    )
    assert Membership.objects.filter(role="mentor", state="active").count() == 3
    by_keys(tab, "Undo all of these", "link")
    expect(tab.locator("h1")).to_have_text("Take back 2 schools?")
    go_to(tab, "reason")
    tab.keyboard.type("A slip")
    by_keys(tab, "Take them back")
    expect(tab.get_by_text("2 schools taken back", exact=False)).to_be_visible()
    assert Membership.objects.joined_ever().filter(role="mentor").count() == 1
    by_keys(tab, "Back to the list", "link")
    expect(tab.locator("h1")).to_contain_text("schools")
    assert tab.url.endswith("/schools/?role=none")
    context.close()


def test_schools_are_invited_by_ticking_without_script(
    site: Site, browser: Browser
) -> None:
    site.renew()
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/?role=none&q=park")
    tab.get_by_role("link", name="Tick all on this page").click()
    expect(tab.get_by_role("checkbox", name="Cedar Park Academy")).to_be_checked()
    tab.get_by_role("button", name="Invite or enrol the ticked schools").last.click()
    tab.get_by_label("Mentor", exact=True).check()
    expect(tab.get_by_label("Invite", exact=False)).to_be_checked()
    tab.get_by_role("button", name="See what each school gets").click()
    tab.get_by_role("button", name="Confirm").click()
    expect(tab.locator("h1")).to_have_text("1 school of 1 invited or enrolled together")
    assert Membership.objects.get(school=site.scene.stranger).state == "invited"
    tab.get_by_role("link", name="Back to the list").click()
    assert tab.url.endswith("/schools/?role=none&q=park")
    context.close()


def test_boxes_are_large_enough_to_hit(site: Site, browser: Browser) -> None:
    site.renew()
    context = browser.new_context(viewport={"width": 360, "height": 800})
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/schools/")
    size = tab.locator("label.tick").first.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 24
    context.close()


def test_from_an_invitation_to_a_pause_and_back(site: Site, browser: Browser) -> None:
    site.renew()
    membership = start(site.scene.mentee, "invite")
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "mentee_head")
    tab.goto(f"{site.address}/")
    tab.get_by_role("link", name="Accept the invitation to join as a mentor").click()
    tab.get_by_label("First day", exact=False).fill("2006-09-01")
    tab.get_by_role("button", name="Accept").click()
    expect(tab.locator("h1")).to_have_text(
        "Alder Grove School is in the programme as a mentor"
    )
    expect(tab.get_by_role("link", name="Pause")).to_have_count(0)
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}{membership.get_absolute_url()}")
    tab.get_by_role("link", name="Pause", exact=True).click()
    tab.get_by_label("From which day?").fill("2006-10-02")
    tab.get_by_label("Why?").fill("An inspection")
    tab.get_by_role("button", name="Pause").click()
    expect(tab.locator("h1")).to_contain_text("is paused as a mentor")
    tab.get_by_role("link", name="Resume").click()
    tab.get_by_role("button", name="Resume").click()
    expect(tab.locator("h1")).to_contain_text("is in the programme as a mentor")
    tab.get_by_role("link", name="Undo the last step").click()
    expect(tab.get_by_text("makes it paused again", exact=False)).to_be_visible()
    tab.get_by_label("Why?").fill("The inspection goes on")
    tab.get_by_role("button", name="Undo the last step").click()
    expect(tab.locator("h1")).to_contain_text("is paused as a mentor")
    expect(tab.get_by_text("Why: An inspection", exact=False)).to_be_visible()
    membership.refresh_from_db()
    assert (membership.state, membership.reason) == ("paused", "An inspection")
    context.close()
