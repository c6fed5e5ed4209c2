"""Pairings in a browser, by keyboard alone and without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from mentoring.models import Area, Pairing
from mentoring.steps.pairing import State
from tests import factories
from tests.harness.keys import by_keys, go_to
from tests.harness.site import Site
from tests.mentoring.pairings_world import in_state, propose

pytestmark = pytest.mark.browser


def choose(tab: Page, name: str, words: str) -> None:
    """Go by the tabulator to a select, and type until `words` is chosen."""
    go_to(tab, name)
    tab.keyboard.type(words)
    chosen = tab.locator(f"select[name={name}]:focus option:checked")
    expect(chosen).to_contain_text(words)


def open_page(site: Site, tab: Page, who: str, path: str) -> None:
    site.sign_in(tab.context, who)
    tab.goto(f"{site.address}{path}")


@pytest.mark.parametrize("script", [True, False])
def test_a_mentor_is_asked_accepts_and_refers_by_keyboard_alone(
    site: Site, browser: Browser, *, script: bool
) -> None:
    site.renew()
    scene = site.scene
    core = Area.objects.get(name="Core subjects")
    other = factories.MembershipFactory.create(role="mentor")
    factories.OfferFactory.create(mentor=other, area=core)
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    tab = context.new_page()
    open_page(site, tab, "officer", scene.mentee_membership.get_absolute_url())
    by_keys(tab, "Propose a mentor", "link")
    expect(tab.locator("h1")).to_have_text("Who should help Alder Grove School?")
    choose(tab, "mentor", "Beacon")
    choose(tab, "area", "Lead")
    go_to(tab, "words")
    tab.keyboard.type("They begin a new sixth form.")
    by_keys(tab, "Propose")
    expect(tab.locator("h1")).to_contain_text("is asked to help Alder Grove School")
    pairing = Pairing.objects.get()
    open_page(site, tab, "mentor_head", "/today/")
    by_keys(tab, "Accept Alder Grove School", "link")
    expect(tab.locator("h1")).to_have_text(
        "Will Beacon High School help Alder Grove School?"
    )
    by_keys(tab, "Accept")
    expect(tab.locator("h1")).to_contain_text("helps Alder Grove School as lead mentor")
    by_keys(tab, "Refer to another mentor", "link")
    expect(tab.locator("h1")).to_contain_text("Refer a need of Alder Grove School")
    choose(tab, "area", "Core")
    by_keys(tab, "Find mentors")
    expect(tab.locator("h2").first).to_contain_text("offer Core subjects")
    by_keys(tab, f"Choose {other.school}", "link")
    chosen = tab.locator("select[name=mentor] option:checked")
    expect(chosen).to_contain_text(str(other.school))
    go_to(tab, "words")
    tab.keyboard.type("They ask for mathematics, which is not ours.")
    by_keys(tab, "Refer to another mentor")
    expect(tab.get_by_text(f"{other.school}, Core subjects")).to_be_visible()
    referred = Pairing.objects.get(referred_from=pairing)
    assert (referred.mentor, referred.state) == (other, "proposed")
    context.close()


def test_a_mentor_declines_and_asks_for_more_without_script(
    site: Site, browser: Browser
) -> None:
    site.renew()
    scene = site.scene
    first = propose(scene.mentor_membership, scene.mentee_membership)
    second = propose(scene.mentor_membership, scene.mentee_membership, area=Area.lead())
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    tab = context.new_page()
    open_page(site, tab, "mentor_head", first.get_absolute_url())
    tab.get_by_role("link", name="Decline").click()
    tab.get_by_role("button", name="Decline").click()
    expect(tab.get_by_role("link", name="Say why.")).to_be_visible()
    tab.get_by_label("Why?").fill("Our staff are stretched.")
    tab.get_by_role("button", name="Decline").click()
    expect(tab.locator("h1")).to_contain_text("declined to help Alder Grove School")
    tab.goto(f"{site.address}{second.get_absolute_url()}")
    tab.get_by_role("link", name="Tell me more").click()
    tab.get_by_label("What do you want to know?").fill("How many pupils are there?")
    tab.get_by_role("button", name="Tell me more").click()
    expect(tab.locator("h1")).to_contain_text("wants to know more")
    open_page(site, tab, "officer", "/today/")
    tab.get_by_role("link", name="Answer", exact=False).first.click()
    tab.get_by_label("What do you answer?").fill("About 900.")
    tab.get_by_role("button", name="Answer").click()
    expect(tab.locator("h1")).to_contain_text("is asked to help")
    states = dict(Pairing.objects.values_list("pk", "state"))
    assert states == {first.pk: "declined", second.pk: "proposed"}
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_pairing_ends_midway_with_a_note_for_who_comes_after(
    site: Site, browser: Browser, *, script: bool
) -> None:
    site.renew()
    scene = site.scene
    pairing = in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)
    factories.SupportDayFactory.create(pairing=pairing)
    context = browser.new_context(java_script_enabled=script)
    tab = context.new_page()
    open_page(site, tab, "officer", pairing.get_absolute_url())
    by_keys(tab, "End", "link")
    expect(tab.locator("h1")).to_contain_text("End the pairing")
    go_to(tab, "reason")
    tab.keyboard.type("The mentor's head leaves.")
    go_to(tab, "handover")
    tab.keyboard.type("Ask for the revision plan.")
    go_to(tab, "again")
    tab.keyboard.type("Yes")
    by_keys(tab, "End")
    expect(tab.locator("h1")).to_contain_text("until 20 November 2006")
    expect(tab.get_by_text("Ask for the revision plan.")).to_be_visible()
    by_keys(tab, "Undo the last step", "link")
    expect(tab.locator("h1")).to_contain_text("Ended on 20 November 2006")
    go_to(tab, "reason")
    tab.keyboard.type("A slip")
    by_keys(tab, "Undo the last step")
    expect(tab.locator("h1")).to_have_text(
        "Beacon High School helps Alder Grove School with leadership"
    )
    pairing.refresh_from_db()
    assert (pairing.state, pairing.ended) == ("active", None)
    context.close()
