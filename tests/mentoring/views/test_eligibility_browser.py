"""From looking at the bottom quarter to letting a school in, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, expect

from mentoring.models import EligibilityException, EligibilityList
from tests.harness.cast import LIST_YEAR
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser
FOUND = "Cedar Park Academy"
WHY = "It asked for help after a fire"


def test_eligibility_is_decided_by_keyboard_alone(site: Site, browser: Browser) -> None:
    site.renew()
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/eligibility/")
    go_to(tab, "measure")
    by_keys(tab, "Show")
    expect(tab).to_have_url(re.compile("measure=VA"))
    expect(tab.locator("h1")).to_contain_text(f"in {LIST_YEAR}")
    expect(tab.locator("svg.chart-wide")).to_be_visible()
    # Four schools: half of them is two, one more than the quarter.
    go_to(tab, "share")
    tab.keyboard.type("50")
    by_keys(tab, "Try it")
    expect(tab.locator("#trial h2")).to_contain_text("Not saved: A share of 50%")
    expect(tab.locator("#trial")).to_contain_text(FOUND)
    by_keys(tab, "Back to the programme", "link", exact=False)
    expect(tab.locator("#trial h2")).to_have_text("Try another threshold")
    by_keys(tab, "See whether freezing again would change it", "link")
    expect(tab).to_have_url(re.compile("/freeze/"))
    by_keys(tab, "Freeze the list")
    expect(tab).to_have_url(re.compile(r"/eligibility/\d+/$"))
    expect(tab.get_by_text("The list is frozen.")).to_be_visible()
    assert EligibilityList.objects.count() == 1  # the same list again
    go_to(tab, "q")
    tab.keyboard.type("cedar")
    tab.locator("#suggestions [role=option]").first.wait_for()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text(f"{FOUND}: Out: a near miss")
    by_keys(tab, "Grant it an exception", "link")
    expect(tab.locator("h1")).to_have_text(f"Let {FOUND} in by an exception?")
    go_to(tab, "why")
    tab.keyboard.type(WHY)
    by_keys(tab, "Grant the exception")
    expect(tab.locator("h1")).to_have_text(
        f"{FOUND} may join as a mentee by an exception"
    )
    assert EligibilityException.objects.filter(why=WHY).count() == 1
    context.close()


def test_eligibility_is_decided_without_script(site: Site, browser: Browser) -> None:
    site.renew()
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/eligibility/")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator("svg.chart-wide")).to_be_visible()
    tab.get_by_label("Or a score", exact=False).fill("1000")
    tab.get_by_role("button", name="Try it").click()
    expect(tab.locator("#trial h2")).to_contain_text("2 schools: 1 school more")
    tab.get_by_role("link", name="Back to the programme", exact=False).click()
    tab.get_by_role("link", name="See whether freezing again").click()
    tab.get_by_role("button", name="Freeze the list").click()
    tab.get_by_label("School: name, town or URN").fill("cedar")
    tab.get_by_role("button", name="Find out").click()
    expect(tab.locator("h1")).to_have_text(f"{FOUND}: Out: a near miss")
    tab.get_by_role("link", name="Grant it an exception").click()
    tab.get_by_label("Why is it let in?", exact=False).fill(WHY)
    tab.get_by_role("button", name="Grant the exception").click()
    expect(tab.locator("h1")).to_contain_text("may join as a mentee by an exception")
    assert EligibilityException.objects.filter(why=WHY).count() == 1
    context.close()
