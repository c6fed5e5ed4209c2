"""Inviting and coming in, in a browser: by keyboard alone, and without script."""

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from mentoring.models import Programme
from schools.models import Invitation, Role
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site
from tests.mentoring.actions.own_mail import mailed_path
from tests.mentoring.test_second_factor_browser import code_of

pytestmark = pytest.mark.browser
PASSWORD = "plum wagon lantern"


def typed(tab: Page, name: str, text: str) -> None:
    """Go by the tabulator to a field, and type."""
    go_to(tab, name)
    tab.keyboard.press("Control+A")
    tab.keyboard.type(text)


@pytest.mark.parametrize("script", [True, False])
def test_a_head_is_invited_and_comes_in_by_keyboard_alone(
    site: Site, browser: Browser, *, script: bool
) -> None:
    site.renew()
    mail.outbox.clear()
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/people/")
    by_keys(tab, "Invite someone", "link")
    expect(tab.locator("h1")).to_have_text("Who should work with the programme?")
    go_to(tab, "kind")
    tab.keyboard.press("Space")
    expect(tab.get_by_label("Head", exact=True)).to_be_checked()
    typed(tab, "name", "Nell Head")
    typed(tab, "email", "nell@example.org")
    typed(tab, "place", "Cedar Park Academy")
    by_keys(tab, "Invite")
    expect(tab.locator("h1")).to_have_text("Nell Head is invited")
    context.clear_cookies()
    tab.goto(site.address + mailed_path())
    expect(tab.locator("h1")).to_have_text("You are invited to Schools for Schools")
    typed(tab, "password", PASSWORD)
    typed(tab, "password_again", PASSWORD)
    by_keys(tab, "Accept")
    expect(tab.get_by_text("You are here as: Head, Cedar Park Academy")).to_be_visible()
    assert Role.objects.filter(kind="head", school=site.scene.stranger).count() == 2
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_finance_is_invited_and_first_signs_in_with_an_app(
    site: Site, browser: Browser, *, script: bool
) -> None:
    """By keyboard alone, on a real programme, which asks for a second factor."""
    site.renew()
    mail.outbox.clear()
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/people/invite/")
    go_to(tab, "kind")
    while not tab.get_by_label("Finance", exact=True).is_checked():
        tab.keyboard.press("ArrowDown")
    typed(tab, "name", "Fran Figures")
    typed(tab, "email", "fran@example.org")
    by_keys(tab, "Invite")
    expect(tab.locator("h1")).to_have_text("Fran Figures is invited")
    Programme.objects.update(demo_today=None)
    context.clear_cookies()
    tab.goto(site.address + mailed_path())
    typed(tab, "password", PASSWORD)
    typed(tab, "password_again", PASSWORD)
    by_keys(tab, "Accept")
    expect(tab.locator("h1")).to_have_text("Your account has no second factor yet")
    by_keys(tab, "Set up an app", "link")
    expect(tab.locator("h1")).to_have_text("Set up an authenticator app")
    secret = tab.locator("code.key").inner_text()
    typed(tab, "code", code_of(secret))
    by_keys(tab, "Set up")
    expect(tab.locator("h1")).to_have_text("10 recovery codes left of 10")
    context.clear_cookies()
    tab.goto(f"{site.address}/account/sign-in/")
    typed(tab, "login", "fran@example.org")
    typed(tab, "password", PASSWORD)
    by_keys(tab, "Sign in")
    expect(tab.locator("h1")).to_have_text("Enter the code of your app")
    cache.clear()  # a code works once; half a minute would have to pass
    typed(tab, "code", code_of(secret))
    by_keys(tab, "Sign in")
    expect(tab.get_by_role("link", name="Schools", exact=True)).to_be_visible()
    assert Role.objects.filter(kind="finance", user__name="Fran Figures").count() == 1
    context.close()


def test_a_delegate_is_invited_sent_again_and_ended_without_script(
    site: Site, browser: Browser
) -> None:
    site.renew()
    mail.outbox.clear()
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    site.sign_in(context, "mentee_head")
    tab.goto(f"{site.address}/")
    tab.get_by_text("More", exact=True).click()
    tab.get_by_role("link", name="People").click()
    tab.get_by_role("link", name="Invite someone").click()
    expect(tab.locator("h1")).to_have_text("Who may act for Alder Grove School?")
    tab.get_by_role("button", name="Invite").click()
    expect(tab.get_by_text("There is a problem")).to_be_visible()
    tab.get_by_label("Name").fill("Dee Legate")
    tab.get_by_label("E-mail address").fill("dee@example.org")
    tab.get_by_label("Log days of support, and confirm them").check()
    tab.get_by_label("Last day").fill("2007-08-31")
    tab.get_by_role("button", name="Invite").click()
    expect(tab.locator("h1")).to_have_text("Dee Legate is invited")
    first = mailed_path()
    tab.get_by_role("link", name="Send it again").click()
    tab.get_by_role("button", name="Send it again").click()
    assert mailed_path() != first
    visitor = browser.new_context(java_script_enabled=False)
    page = visitor.new_page()
    page.goto(site.address + first)
    expect(page.locator("h1")).to_have_text("This invitation works no longer")
    page.goto(site.address + mailed_path())
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("You are here as: Delegate of the head")).to_be_visible()
    assert Invitation.objects.get().role is not None
    tab.goto(f"{site.address}/people/")
    tab.get_by_role("link", name="End the role of Dee Legate").click()
    tab.get_by_label("Last day").fill("2006-11-20")
    tab.get_by_label("Why?").fill("The work is done")
    tab.get_by_role("button", name="End the role").click()
    expect(tab.get_by_text("The last day of Dee Legate", exact=False)).to_be_visible()
    page.goto(f"{site.address}/")
    expect(page.locator("h1")).to_have_text("Sign in")
    visitor.close()
    context.close()
