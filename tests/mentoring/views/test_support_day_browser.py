"""Days of support on a phone and by keyboard, without script and out of session."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from mentoring.models import Area, SupportDay
from tests import factories
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site
from tests.walk.days import colleague
from tests.walk.pairings import own, pairings

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
MOST = 6
"""Taps and typed fields in which a day is logged."""


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """Return a phone that runs no script, with the mentor's head signed in."""
    site.renew()
    own(site.scene)
    colleague(site.scene)
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # a size
        java_script_enabled=False,
        has_touch=True,
    )
    site.sign_in(context, "mentor_head")
    yield context
    context.close()


@dataclass(slots=True)
class Thumb:
    """Taps and fills in, and counts how often."""

    tab: Page
    count: int = 0

    def tap(self, target: Locator) -> None:
        """Tap on a thing that is there to be tapped, 24 px or larger."""
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        target.tap()
        self.count += 1

    def fill(self, label: str, text: str) -> None:
        """Type into a field, or choose in it."""
        field = self.tab.get_by_label(label, exact=False)
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
        self.count += 1

    def log(self) -> None:
        """Tap on the form's button."""
        self.tap(self.tab.get_by_role("button", name="Log the day"))


def days() -> list[tuple[str, date, bool, str]]:
    """Return who gave which days, whole or not, with what note."""
    return [
        (day.giver.name, day.given_on, day.first_half and day.second_half, day.note)
        for day in SupportDay.objects.select_related("giver").order_by("pk")
    ]


TODAY = date(2006, 11, 20)


def test_a_day_is_logged_in_six_taps_at_most(site: Site, phone: BrowserContext) -> None:
    """The worst of it: one of two pairings, half a day, another area, a note."""
    pairings(site.scene, 1)
    tab = phone.new_page()
    thumb = Thumb(tab)
    tab.goto(f"{site.address}/days/log/")
    thumb.tap(tab.get_by_role("link", name="Alder Grove School: Lead", exact=False))
    thumb.tap(tab.get_by_text("Half a day"))
    thumb.fill("In which area?", "Core subjects")
    thumb.fill("Who gave it?", "Rowan Reed, Head of mathematics")
    thumb.fill("What was done", "Looked at timetables")
    expect(tab.get_by_text("No pupils' names.").first).to_be_visible()
    thumb.log()
    expect(tab.locator("h1")).to_have_text(
        "Half a day of support for Alder Grove School on 20 November 2006"
    )
    assert thumb.count <= MOST
    assert days() == [("Rowan Reed", TODAY, False, "Looked at timetables")]
    assert SupportDay.objects.get().area == Area.objects.get(name="Core subjects")


def test_same_as_last_time_takes_two_taps(site: Site, phone: BrowserContext) -> None:
    tab = phone.new_page()
    first = Thumb(tab)
    tab.goto(f"{site.address}/days/log/")
    first.fill("Which day?", "2006-11-13")
    first.fill("Who gave it?", "Rowan Reed, Head of mathematics")
    first.log()
    expect(tab.locator("h1")).to_contain_text("on 13 November 2006")
    thumb = Thumb(tab)
    tab.goto(f"{site.address}/days/log/")
    thumb.tap(tab.get_by_role("link", name="Same as last time"))
    thumb.log()
    expect(tab.locator("h1")).to_contain_text("on 20 November 2006")
    assert thumb.count == 2
    assert [(name, day) for name, day, _, _ in days()] == [
        ("Rowan Reed", date(2006, 11, 13)),
        ("Rowan Reed", TODAY),
    ]


def test_somebody_new_is_asked_for_once_chosen_and_long_words_wrap(
    site: Site, phone: BrowserContext
) -> None:
    tab = phone.new_page()
    tab.goto(f"{site.address}/days/log/")
    name = tab.get_by_label("Name of somebody who is not listed")
    expect(name).to_be_hidden()
    thumb = Thumb(tab)
    thumb.fill("Who gave it?", "Somebody else, named below")
    expect(name).to_be_visible()
    name.fill("Wren Wilder")
    thumb.fill("What was done", "x" * 200)
    thumb.log()
    expect(tab.get_by_text("Wren Wilder").first).to_be_visible()
    width = tab.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]
    assert days() == [("Wren Wilder", TODAY, True, "x" * 200)]


def test_a_name_of_one_long_word_widens_no_page(
    site: Site, phone: BrowserContext
) -> None:
    long = {"name": "Z" * 150, "post": "Q" * 100}
    factories.StaffMemberFactory.create(school=site.scene.mentor, **long)
    tab = phone.new_page()
    tab.goto(f"{site.address}/days/log/")
    form = tab.url
    thumb = Thumb(tab)
    thumb.fill("Who gave it?", f"{'Z' * 150}, {'Q' * 100}")
    thumb.log()
    expect(tab.locator("h1")).to_contain_text("support for Alder Grove School")
    assert widest(tab) == PHONE["width"]  # with the message of what was logged
    tab.goto(form)
    assert widest(tab) == PHONE["width"]


def widest(tab: Page) -> int:
    """Return how wide the page is with everything unfolded."""
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    width: int = tab.evaluate("document.documentElement.scrollWidth")
    return width


def test_on_a_bad_connection_it_is_sent_again_and_logged_once(
    site: Site, phone: BrowserContext
) -> None:
    """The first answer is lost on its way: the server has it, the phone does not."""
    tab = phone.new_page()
    tab.goto(f"{site.address}/days/log/")
    thumb = Thumb(tab)
    thumb.tap(tab.get_by_text("Half a day"))
    thumb.fill("Who gave it?", "Rowan Reed, Head of mathematics")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("aborted")

    with tab.expect_event("requestfailed"):
        tab.route("**/days/log/", lose)
        thumb.log()
    tab.unroute("**/days/log/")
    assert len(days()) == 1
    thumb.log()
    expect(tab.get_by_text("This form was sent before.")).to_be_visible()
    assert len(days()) == 1


def test_what_was_typed_outlives_the_session(site: Site, phone: BrowserContext) -> None:
    tab = phone.new_page()
    tab.goto(f"{site.address}/days/log/")
    thumb = Thumb(tab)
    thumb.fill("Who gave it?", "Rowan Reed, Head of mathematics")
    thumb.fill("What was done", "Choir & orchestra")
    phone.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    thumb.log()
    expect(tab.locator("h1")).to_have_text("Sign in")
    tab.get_by_label("Email", exact=False).fill("mentor_head@example.org")
    tab.get_by_label("Password", exact=False).fill(factories.PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_text("It was not sent yet")).to_be_visible()
    expect(tab.get_by_label("What was done", exact=False)).to_have_value(
        "Choir & orchestra"
    )
    assert days() == []
    tab.get_by_role("button", name="Log the day").click()
    assert days() == [("Rowan Reed", TODAY, True, "Choir & orchestra")]


@pytest.mark.parametrize("script", [True, False])
def test_a_day_is_logged_confirmed_and_queried_by_keyboard_alone(
    site: Site, browser: Browser, *, script: bool
) -> None:
    site.renew()
    own(site.scene)
    colleague(site.scene)
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "mentor_head")
    for half in ("first", "second"):
        tab.goto(f"{site.address}/days/log/")
        go_to(tab, "length")
        tab.keyboard.press("ArrowDown")
        go_to(tab, "giver")
        tab.keyboard.type("Rowan")
        by_keys(tab, "Log the day")
        if half == "second":
            expect(tab.get_by_text("Half of this day is logged").first).to_be_visible()
            go_to(tab, "is_other_half")
            tab.keyboard.press("Space")
            by_keys(tab, "Log the day")
        expect(tab.get_by_text("Logged: 0.5 days of Rowan Reed")).to_be_visible()
    site.sign_in(context, "mentee_head")
    tab.goto(f"{site.address}/days/")
    by_keys(tab, "Days to confirm", "link")
    expect(tab.locator("h1")).to_have_text("2 days to confirm")
    by_keys(tab, "Query Rowan Reed on 20 November 2006", "link")
    expect(tab.locator("h1")).to_contain_text("What is wrong with the day")
    go_to(tab, "words")
    tab.keyboard.type("Nobody came.")
    by_keys(tab, "Query")
    expect(tab.locator("h1")).to_contain_text("on 20 November 2006")
    tab.goto(f"{site.address}/days/to-confirm/")
    by_keys(tab, "Confirm all of November 2006")
    expect(tab.get_by_text("1 day is confirmed.")).to_be_visible()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/days/?state=queried")
    by_keys(tab, "20 Nov 2006", "link")
    expect(tab.locator("h1")).to_contain_text("Half a day of support")
    by_keys(tab, "Void the day", "link")
    expect(tab.locator("h1")).to_contain_text("Void the day of")
    go_to(tab, "reason")
    tab.keyboard.type("It was another day.")
    by_keys(tab, "Void the day")
    expect(tab.get_by_text("Nobody: it does not count.")).to_be_visible()
    states = SupportDay.objects.values_list("state", flat=True)
    assert sorted(states) == ["confirmed", "void"]
    context.close()


def test_days_are_confirmed_and_queried_without_script(
    site: Site, phone: BrowserContext
) -> None:
    for day in (6, 7):
        factories.SupportDayFactory.create(
            pairing=own(site.scene),
            giver=colleague(site.scene),
            given_on=date(2006, 11, day),
        )
    site.sign_in(phone, "mentee_head")
    tab = phone.new_page()
    tab.goto(f"{site.address}/days/to-confirm/")
    tab.get_by_role("button", name="Confirm Rowan Reed on 6 November 2006").tap()
    expect(tab.locator("h1")).to_have_text("1 day to confirm")
    tab.get_by_role("link", name="Query Rowan Reed on 7 November 2006").tap()
    tab.get_by_label("What is wrong with it?").fill("Nobody came.")
    tab.get_by_role("button", name="Query").tap()
    expect(tab.get_by_text("Programme staff: keep the day")).to_be_visible()
    states = SupportDay.objects.order_by("given_on").values_list("state", flat=True)
    assert list(states) == ["confirmed", "queried"]
