"""Every page in a real browser: accessible, quiet, narrow enough, with no script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Request,
    Response,
    Route,
    ViewportSize,
)
from playwright.sync_api import Page as Tab

from tests.harness.site import Site
from tests.walk.faults import FAULTS
from tests.walk.pages import PAGES, Page, status_of

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
# Every rule of WCAG 2.2 AA and best practice; the size of targets is off by itself.
RUN_AXE = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
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
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """Return one tab for all pages: starting one costs more than loading a page."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def plain_tab(browser: Browser) -> Iterator[Tab]:
    """Return one tab in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def heard(site: Site, tab: Tab) -> Iterator[list[str]]:
    """Return the list into which the page's complaints and far requests go."""
    said: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # That the page itself is a refusal is no fault of it; other answers that
        # refuse are heard below.
        is_refusal = "responded with a status of" in message.text
        if message.type in {"error", "warning"} and not is_refusal:
            said.append(f"console: {message.text}")

    def on_error(error: Error) -> None:
        said.append(f"script: {error}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((site.address, "data:")):
            said.append(f"asks {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            said.append(f"{response.status} for {response.url}")

    tab.on("console", on_console)
    tab.on("pageerror", on_error)
    tab.on("request", on_request)
    tab.on("response", on_response)
    yield said
    tab.remove_listener("console", on_console)
    tab.remove_listener("pageerror", on_error)
    tab.remove_listener("request", on_request)
    tab.remove_listener("response", on_response)


def _axe(tab: Tab, how: str) -> list[str]:
    return [f"{how}: {one}" for one in tab.evaluate(RUN_AXE)]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_in_a_browser(
    site: Site, tab: Tab, heard: list[str], page: Page
) -> None:
    site.sign_in(tab.context, page.who)
    tab.set_viewport_size(WIDE)
    tab.emulate_media(color_scheme="light")
    response = tab.goto(site.address + page.path(site.scene))
    assert response is not None
    assert response.status == status_of(page)
    wrong = _faults(tab) + heard
    assert not wrong, "\n".join(wrong)


def _faults(tab: Tab) -> list[str]:
    """Return what is wrong with the page at hand, light, dark and narrow."""
    tab.evaluate(AXE.read_text())
    wrong = _axe(tab, "light")
    tab.emulate_media(color_scheme="dark")
    wrong += _axe(tab, "dark")
    tab.set_viewport_size(NARROW)
    wrong += _axe(tab, "dark, at 320 px")
    wrong += [f"at 320 px: {one}" for one in tab.evaluate(OVERFLOW)]
    return wrong


@pytest.mark.parametrize("name", FAULTS)
def test_the_page_of_a_fault_in_a_browser(
    site: Site, tab: Tab, heard: list[str], name: str
) -> None:
    """As the application gave it, with its headers; styles come from the site."""
    status, heading, bring_about = FAULTS[name]
    answer = bring_about(site.scene)
    site.renew()

    def fulfil(route: Route) -> None:
        route.fulfill(
            status=answer.status_code,
            headers=dict(answer.items()),
            body=answer.content,
        )

    address = f"{site.address}/fault/"
    tab.route(address, fulfil)
    tab.set_viewport_size(WIDE)
    tab.emulate_media(color_scheme="light")
    response = tab.goto(address)
    assert response is not None
    assert response.status == status
    assert tab.locator("h1").inner_text() == heading
    wrong = _faults(tab) + heard
    tab.unroute(address)
    assert not wrong, "\n".join(wrong)


BROKEN = """<main><h1>Faint and wide</h1>
<div data-css="background: #fff"><p data-css="color: #ddd">Faint</p></div>
<div data-css="width: 900px">Wide</div>
<img src="/no.png"><p style="color: red">Refused</p>
<button data-css="all: unset; font-size: 4px">a</button>
<button data-css="all: unset; font-size: 4px">b</button></main>"""


def test_faults_are_seen(site: Site, tab: Tab, heard: list[str]) -> None:
    """The control: the walk above would see these."""
    site.sign_in(tab.context, "officer")
    tab.set_viewport_size(NARROW)
    tab.emulate_media(color_scheme="light")
    tab.goto(f"{site.address}/")
    tab.evaluate("html => { document.body.innerHTML = html }", BROKEN)
    for one in tab.locator("[data-css]").all():
        one.evaluate("node => { node.style.cssText = node.dataset.css }")
    tab.evaluate(AXE.read_text())
    seen = {one.partition(": ")[0] for one in tab.evaluate(RUN_AXE)}
    assert {"color-contrast", "image-alt", "target-size"} <= seen
    assert tab.evaluate(OVERFLOW)
    assert any("Content Security Policy" in one for one in heard), heard
    assert any("404 for" in one for one in heard), heard


def _send(tab: Tab, number: int) -> str:
    """Send one form by its button as it stands; return what is wrong, if anything."""
    form = tab.locator("main form").nth(number)
    if form.get_attribute("data-needs-script") is not None:  # a passkey's alone
        return "" if tab.get_by_text("needs JavaScript").is_visible() else "mute"
    button = form.locator("button:not([type=button]), input[type=submit]").first
    if not button.count():
        return f"form {number} has no button"
    # An empty required field would keep the browser from sending it.
    form.evaluate("form => { form.noValidate = true }")
    # One that is folded away is unfolded, as a person would.
    form.evaluate("form => { form.closest('details')?.setAttribute('open', '') }")
    with tab.expect_response(lambda one: one.request.is_navigation_request()) as sent:
        button.click()
    tab.wait_for_load_state()
    if sent.value.status >= 400:
        return f"form {number} was answered {sent.value.status}"
    return "" if tab.locator("h1").count() == 1 else f"form {number} led to no page"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_without_script(site: Site, plain_tab: Tab, page: Page) -> None:
    tab = plain_tab

    def open_page() -> None:
        site.sign_in(tab.context, page.who)
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
    assert not any(wrong), "\n".join(filter(None, wrong))
