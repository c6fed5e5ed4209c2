"""Every page in a real browser: accessible, quiet, narrow enough, and without script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from tests.harness.site import Site
from tests.walk.pages import PAGES, Page, status_of

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
# Every rule axe has that is not experimental or obsolete, best practices among them.
RUN_AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {
    runOnly: tags, resultTypes: ["violations"], rules: {"target-size": {enabled: true}},
  });
  return found.violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    one => one.getBoundingClientRect().right > width + 1);
  return [`${document.documentElement.scrollWidth} px wide in ${width}`].concat(
    wide.slice(0, 5).map(one => one.outerHTML.slice(0, 120)));
}"""
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """Return one tab for all pages: starting one costs more than loading a page."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def _listen(tab: Tab, site: Site) -> list[str]:
    """Return the list into which the page's complaints and far requests will go."""
    heard: list[str] = []

    def on_console(message: Any) -> None:
        # That the page itself is a refusal is no fault of it.
        if message.type in {"error", "warning"} and "status of 40" not in message.text:
            heard.append(f"console: {message.text}")

    def on_request(request: Any) -> None:
        if not request.url.startswith((site.address, "data:")):
            heard.append(f"asks {request.url}")

    def on_response(response: Any) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            heard.append(f"{response.status} for {response.url}")

    tab.on("console", on_console)
    tab.on("pageerror", lambda error: heard.append(f"script: {error}"))
    tab.on("request", on_request)
    tab.on("response", on_response)
    return heard


def _axe(tab: Tab, how: str) -> list[str]:
    return [f"{how}: {one}" for one in tab.evaluate(RUN_AXE)]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_in_a_browser(site: Site, tab: Tab, page: Page) -> None:
    site.sign_in(tab.context, page.who)
    tab.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain mapping will do
    tab.emulate_media(color_scheme="light")
    heard = _listen(tab, site)
    response = tab.goto(site.address + page.path(site.scene))
    assert response is not None
    assert response.status == status_of(page)
    tab.evaluate(AXE.read_text())
    wrong = _axe(tab, "light")
    tab.emulate_media(color_scheme="dark")
    wrong += _axe(tab, "dark")
    tab.set_viewport_size(NARROW)  # type: ignore[arg-type]  # same
    wrong += _axe(tab, "dark, at 320 px")
    wrong += [f"at 320 px: {one}" for one in tab.evaluate(OVERFLOW)]
    assert not wrong + heard, "\n".join(wrong + heard)


def _send(tab: Tab, number: int) -> str:
    """Send one form by its button as it stands; return what is wrong, if anything."""
    form = tab.locator("main form").nth(number)
    button = form.locator("button:not([type=button]), input[type=submit]").first
    if not button.count():
        return f"form {number} has no button"
    # An empty required field would keep the browser from sending it.
    form.evaluate("form => { form.noValidate = true }")
    with tab.expect_response(lambda one: one.request.is_navigation_request()) as sent:
        button.click()
    tab.wait_for_load_state()
    if sent.value.status >= 400:
        return f"form {number} was answered {sent.value.status}"
    return "" if tab.locator("h1").count() == 1 else f"form {number} led to no page"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_without_script(site: Site, plain: BrowserContext, page: Page) -> None:
    tab = plain.new_page()

    def open_page() -> None:
        site.sign_in(plain, page.who)
        tab.goto(site.address + page.path(site.scene))

    open_page()
    assert tab.locator("main").is_visible()
    assert tab.locator("h1").is_visible()
    changes_things = tab.locator("main form[method=post i]").count() > 0
    wrong = []
    for number in range(tab.locator("main form").count()):
        wrong.append(_send(tab, number))
        if changes_things:
            site.renew()
        open_page()
    tab.close()
    assert not any(wrong), "\n".join(filter(None, wrong))
