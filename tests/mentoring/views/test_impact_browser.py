"""The dashboard with schools on it, in a real browser and on paper."""

import re
import zlib
from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, ViewportSize, expect
from playwright.sync_api import Page as Tab

from mentoring.actions.recompute import recompute
from mentoring.models import MenteeSummary
from tests import factories
from tests.harness.cast import HEADLINES, TODAY
from tests.harness.site import Site
from tests.walk.test_browser import AXE, NARROW, OVERFLOW, RUN_AXE, WIDE

pytestmark = pytest.mark.browser
SCHOOLS = 24


@pytest.fixture(scope="module")
def peopled(site: Site) -> Site:
    """Return the site with two dozen counted mentees in two regions and a trust."""
    site.renew()
    measure = factories.MeasureFactory.create(code=HEADLINES[2006])
    trust = factories.TrustFactory.create(name="A trust of three")
    for year, value in ((2003, 41.0), (2006, 45.5)):
        factories.NationalFigureFactory.create(measure=measure, year=year, value=value)
    for number in range(SCHOOLS):
        place = factories.LocalAuthorityFactory.create(
            region="North West" if number % 3 else "Isles"
        )
        school = factories.SchoolFactory.create(authority=place)
        establishment = factories.EstablishmentFactory.create(
            school=school,
            urn=school.urn,
            easting=380_000 + 2_000 * number,
            northing=300_000 + 5_000 * (number % 7),
        )
        for year, value in ((2003, 30), (2006, 24 + 2 * number)):
            factories.ResultFactory.create(
                establishment=establishment,
                measure=measure,
                year=year,
                value=value,
                number=value,
            )
        factories.MembershipFactory.create(school=school, joined=date(2003, 9, 1))
        if number < 3:
            factories.TrustMembershipFactory.create(school=school, trust=trust)
    recompute(on=TODAY)
    return site


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def dashboard(peopled: Site, tab: Tab) -> Tab:
    """Return the dashboard as an officer sees it on a desk."""
    peopled.sign_in(tab.context, "officer")
    tab.set_viewport_size(WIDE)
    tab.emulate_media(color_scheme="light", media="null")
    tab.goto(peopled.address)
    return tab


def test_the_full_dashboard_is_open_to_everyone(dashboard: Tab) -> None:
    assert dashboard.locator("svg.chart-wide .chart-dots circle").count() == SCHOOLS
    for summary in dashboard.locator("main details > summary").all():
        summary.click()
    dashboard.evaluate(AXE.read_text())
    wrong = dashboard.evaluate(RUN_AXE)
    dashboard.emulate_media(color_scheme="dark")
    wrong += dashboard.evaluate(RUN_AXE)
    dashboard.set_viewport_size(NARROW)
    wrong += dashboard.evaluate(RUN_AXE)
    wrong += dashboard.evaluate(OVERFLOW)
    assert not wrong, "\n".join(wrong)


def test_a_dot_leads_to_its_school(peopled: Site, dashboard: Tab) -> None:
    best = MenteeSummary.objects.counted().order_by("-gain_a_year")[0]
    dot = dashboard.locator("svg.chart-wide .chart-dots a").last
    dot.click()
    expect(dashboard).to_have_url(
        re.compile(re.escape(best.school.get_absolute_url()) + "$")
    )


def test_the_dots_are_no_stops_for_the_keyboard(dashboard: Tab) -> None:
    links = dashboard.locator("svg a")
    assert links.count() == SCHOOLS
    assert {link.get_attribute("tabindex") for link in links.all()} == {"-1"}
    # The same schools are one link away, each a stop of its own.
    dashboard.locator("#counted").get_by_role("link", name="All that ever").click()
    expect(dashboard.locator("tbody th a")).to_have_count(SCHOOLS + 1)


def test_no_two_drawn_dots_touch(dashboard: Tab) -> None:
    boxes = dashboard.locator("svg.chart-wide .chart-dots circle").evaluate_all(
        """all => all.map(one => {
          const box = one.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2, box.width / 2];
        })"""
    )
    for at, (x, y, radius) in enumerate(boxes):
        for x2, y2, radius2 in boxes[:at]:
            assert (x - x2) ** 2 + (y - y2) ** 2 > (radius + radius2) ** 2


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has: those that it names, packed or not."""
    plain = pdf
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            plain += zlib.decompress(packed)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", plain))


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["impact", "school"])
def test_it_prints_on_one_sheet(
    peopled: Site, dashboard: Tab, name: str, viewport: ViewportSize
) -> None:
    school = MenteeSummary.objects.counted().order_by("pk")[0].school
    address = reverse("impact") if name == "impact" else school.get_absolute_url()
    dashboard.set_viewport_size(viewport)
    dashboard.goto(peopled.address + address)
    assert pages_of(dashboard.pdf(prefer_css_page_size=True)) == 1


def test_a_long_page_prints_on_several(peopled: Site, dashboard: Tab) -> None:
    """The control: pages are counted, and lists do not lose theirs."""
    dashboard.goto(peopled.address + reverse("method"))
    assert pages_of(dashboard.pdf(prefer_css_page_size=True)) > 1


def test_what_is_printed_has_no_menus_and_no_tables_of_groups(dashboard: Tab) -> None:
    dashboard.emulate_media(media="print")
    expect(dashboard.locator("h1")).to_be_visible()
    expect(dashboard.locator("svg.chart-map")).to_be_visible()
    for hidden in ("header nav", "#groups", "#counted", "main details"):
        expect(dashboard.locator(hidden).first).to_be_hidden()
