"""The second factor in a browser: an app without script, and a passkey with it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mentoring.models import Programme
from tests.factories import PASSWORD
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser
OFFICER = "officer@example.org"


@pytest.fixture
def real(site: Site) -> Site:
    """Return the site as a real programme's, where nobody has a second factor yet."""
    site.renew()
    Programme.objects.update(demo_today=None)
    return site


def code_of(secret: str) -> str:
    """Return what an app with this key shows now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return shown


def signed_in_by_keys(tab: Page, address: str) -> None:
    """Sign in as the officer, by the keyboard alone."""
    tab.goto(f"{address}/account/sign-in/")
    for field, words in (("login", OFFICER), ("password", PASSWORD)):
        go_to(tab, field)
        tab.keyboard.type(words)
    by_keys(tab, "Sign in")


def test_an_app_is_set_up_by_keyboard_alone(real: Site, browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    signed_in_by_keys(tab, real.address)
    expect(tab.locator("h1")).to_have_text("Your account has no second factor yet")
    by_keys(tab, "Set up an app", "link")
    expect(tab.locator("h1")).to_have_text("Set up an authenticator app")
    expect(tab.locator("svg.scanned")).to_be_visible()
    secret = tab.locator("code.key").inner_text()
    go_to(tab, "code")
    tab.keyboard.type(code_of(secret))
    by_keys(tab, "Set up")
    expect(tab.locator("h1")).to_have_text("10 recovery codes left of 10")
    by_keys(tab, "Go on", "link")
    expect(tab.get_by_role("link", name="Schools", exact=True)).to_be_visible()
    context.close()


def test_an_app_is_set_up_and_asked_for_without_script(
    real: Site, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()

    def give_password() -> None:
        tab.goto(f"{real.address}/account/sign-in/")
        tab.locator("[name=login]").fill(OFFICER)
        tab.locator("[name=password]").fill(PASSWORD)
        tab.get_by_role("button", name="Sign in").click()

    give_password()
    tab.get_by_role("link", name="Set up an app").click()
    secret = tab.locator("code.key").inner_text()
    tab.get_by_label("code").fill("000000")
    tab.get_by_role("button", name="Set up").click()
    expect(tab.get_by_text("There is a problem")).to_be_visible()
    assert tab.locator("code.key").inner_text() == secret
    tab.get_by_label("code").fill(code_of(secret))
    tab.get_by_role("button", name="Set up").click()
    expect(tab.locator("h1")).to_have_text("10 recovery codes left of 10")
    recovery = tab.locator("code.key").first.inner_text()
    context.clear_cookies()
    give_password()
    expect(tab.locator("h1")).to_have_text("Enter the code of your app")
    cache.clear()  # a code works once; half a minute would have to pass
    tab.get_by_label("Code").fill(code_of(secret))
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("link", name="Schools", exact=True)).to_be_visible()
    context.clear_cookies()
    give_password()
    tab.get_by_label("Code").fill(recovery)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("link", name="Schools", exact=True)).to_be_visible()
    context.close()


def a_key(context: BrowserContext, tab: Page) -> None:
    """Plug a key into the browser, which answers every question with yes."""
    devices = context.new_cdp_session(tab)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_asked_for(real: Site, browser: Browser) -> None:
    address = real.address.replace("127.0.0.1", "localhost")  # keys know names alone
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    a_key(context, tab)
    signed_in_by_keys(tab, address)
    by_keys(tab, "Add a key", "link")
    expect(tab.locator("h1")).to_have_text("Add a passkey or security key")
    tab.get_by_label("Name").fill("Laptop")
    by_keys(tab, "Add the key")
    expect(tab.locator("h1")).to_have_text("10 recovery codes left of 10")
    key = Authenticator.objects.get(type="webauthn")
    assert (key.user.email, str(key)) == (OFFICER, "Laptop")
    tab.goto(f"{address}/schools/")
    expect(tab.get_by_role("link", name="Schools", exact=True)).to_be_visible()
    context.clear_cookies()
    signed_in_by_keys(tab, address)
    expect(tab.locator("h1")).to_have_text("Enter the code of your app")
    by_keys(tab, "Use a passkey or key")
    expect(tab.get_by_role("link", name="Schools", exact=True)).to_be_visible()
    assert said == []
    context.close()
