"""Needs, offers and the search by keyboard alone, and without script."""

import pytest
from playwright.sync_api import Browser, expect

from mentoring.models import Area, Event, Offer, Pairing, StaffMember, Term
from schools.models import Establishment
from tests import factories
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site

pytestmark = pytest.mark.browser


def test_from_a_need_to_a_proposal_by_keyboard_alone(
    site: Site, browser: Browser
) -> None:
    """A head states a need; staff find who offers it, and propose."""
    site.renew()
    scene, leadership = site.scene, Area.objects.get(name="Leadership")
    factories.OfferFactory.create(mentor=scene.mentor_membership, area=leadership)
    for place, school in enumerate((scene.mentee, scene.mentor)):
        Establishment.objects.filter(school=school).update(
            easting=534_000 + 3_000 * place, northing=185_000 + 4_000 * place
        )
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "mentee_head")
    tab.goto(f"{site.address}{scene.mentee_membership.get_absolute_url()}")
    by_keys(tab, "Change what it needs", "link")
    expect(tab.locator("h1")).to_have_text("What Alder Grove School needs help in")
    go_to(tab, f"need_{leadership.pk}")
    tab.keyboard.press("ArrowDown")
    by_keys(tab, "Save")
    expect(
        tab.get_by_text("What Alder Grove School needs help in is saved.")
    ).to_be_visible()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}{scene.mentee_membership.get_absolute_url()}")
    by_keys(tab, "Find a mentor for Leadership", "link")
    expect(tab.locator("h1")).to_have_text(
        "1 mentor could help Alder Grove School with leadership"
    )
    expect(tab.get_by_text("5.0 km")).to_be_visible()
    by_keys(tab, "Propose Beacon High School", "link")
    expect(tab.locator("h1")).to_have_text("Who should help Alder Grove School?")
    expect(tab.get_by_label("Area")).to_have_value(str(leadership.pk))
    by_keys(tab, "Propose")
    expect(tab.locator("h1")).to_have_text(
        "Beacon High School is asked to help Alder Grove School with leadership"
    )
    held = Pairing.objects.get()
    assert (held.mentor, held.area) == (scene.mentor_membership, leadership)
    context.close()


def test_a_head_says_who_gives_support_without_script(
    site: Site, browser: Browser
) -> None:
    site.renew()
    scene, core = site.scene, Area.objects.get(name="Core subjects")
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    tab = context.new_page()
    site.sign_in(context, "mentor_head")
    tab.goto(f"{site.address}{scene.mentor_membership.get_absolute_url()}")
    tab.get_by_role("link", name="Staff who give support").click()
    tab.get_by_role("link", name="Add somebody").first.click()
    tab.get_by_label("Name").fill("Ann Lake")
    tab.get_by_label("Post").fill("Head of English")
    tab.get_by_role("button", name="Add").click()
    expect(tab.locator("h1")).to_have_text(
        "One person of Beacon High School may give support"
    )
    tab.get_by_role("link", name="As a mentor").click()
    tab.get_by_role("link", name="Change what it offers").click()
    tab.get_by_label("Days of support a year").fill("30")
    tab.get_by_label("Core subjects", exact=True).select_option("Leads")
    tab.get_by_text("Who would give it for Core subjects").click()
    tab.get_by_role("group", name="Staff for Core subjects").get_by_label(
        "Ann Lake"
    ).check()
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("is 30 days each").first).to_be_visible()
    offer = Offer.objects.get()
    assert offer.area == core
    assert list(offer.staff.all()) == [StaffMember.objects.get()]
    context.close()


def test_areas_and_terms_are_kept_by_keyboard_alone(
    site: Site, browser: Browser
) -> None:
    site.renew()
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    site.sign_in(context, "officer")
    tab.goto(f"{site.address}/programme/")
    by_keys(tab, "Areas of help", "link")
    expect(tab.locator("h1")).to_have_text("Help is given in 9 areas")
    by_keys(tab, "Add an area", "link")
    expect(tab.locator("h1")).to_have_text("Add an area of help")
    go_to(tab, "name")
    tab.keyboard.type("Attendance")
    by_keys(tab, "Add")
    expect(tab.locator("h1")).to_have_text("Help is given in 10 areas")
    by_keys(tab, "Up Attendance")
    expect(tab.get_by_text("Attendance is moved up.")).to_be_visible()
    by_keys(tab, "Retire Attendance", "link")
    expect(tab.locator("h1")).to_have_text("Retire Attendance?")
    by_keys(tab, "Retire")
    expect(tab.locator("h1")).to_have_text("Help is given in 9 areas")
    by_keys(tab, "Take back Attendance")
    expect(tab.get_by_text("Attendance is in use again.")).to_be_visible()
    by_keys(tab, "Term dates", "link")
    expect(tab.locator("h1")).to_have_text("No term dates are entered")
    by_keys(tab, "Add a term", "link")
    expect(tab.locator("h1")).to_have_text("Add a term")
    tab.get_by_label("Name").fill("Spring")
    tab.get_by_label("First day").fill("2007-01-08")
    tab.get_by_label("Last day").fill("2007-02-09")
    by_keys(tab, "Add")
    expect(tab.locator("h1")).to_have_text(
        "Term dates are entered up to 9 February 2007"
    )
    assert Term.objects.get().name == "Spring"
    assert Event.objects.filter(who=site.scene.cast["officer"]).count() >= 5
    context.close()
