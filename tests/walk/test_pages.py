"""Every page is well-formed, whoever sees it."""

import re

import pytest
from django.utils import timezone

from mentoring.models import Programme
from tests.harness import cast
from tests.harness.cast import Scene
from tests.mentoring.steps_world import step
from tests.walk import markup
from tests.walk.faults import FAULTS
from tests.walk.pages import PAGES, Page, status_of


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_is_valid_html(scene: Scene, page: Page) -> None:
    response = scene.client(page.who).get(page.path(scene))
    assert response.status_code == status_of(page)
    wrong = markup.faults(response.content.decode())
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "page", [each for each in PAGES if each.who == "officer"], ids=str
)
def test_the_real_clock_is_named_where_a_demonstration_shows_it(
    scene: Scene, page: Page
) -> None:
    """A date of today, or a time of day, beside the day that a demonstration keeps."""
    source = scene.client(page.who).get(page.path(scene)).content.decode()
    main = re.search(r"<main.*</main>", source, re.DOTALL)
    assert main
    text = re.sub(r"<[^>]+>", " ", main[0])
    if re.search(rf"\b\d\d:\d\d\b|\b{timezone.localdate().year}\b", text):
        assert "the real clock" in text


def test_what_is_done_in_a_real_programme_needs_no_word_of_clocks(scene: Scene) -> None:
    """The control: the time is shown, and there is one clock."""
    client, membership = scene.client("officer"), scene.mentee_membership
    step(membership, "pause")
    shown = client.get(membership.get_absolute_url()).content.decode()
    assert f"{timezone.localdate():%Y}, " in shown
    assert "the real clock" in shown
    Programme.objects.update(demo_today=None)
    shown = client.get(membership.get_absolute_url()).content.decode()
    assert f"{timezone.localdate():%Y}, " in shown
    assert "the real clock" not in shown


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FAULTS)
def test_the_page_of_a_fault_is_valid_html(name: str) -> None:
    status, heading, bring_about = FAULTS[name]
    response = bring_about(cast.build())
    assert response.status_code == status
    source = response.content.decode()
    assert f"<h1>{heading}</h1>" in source
    wrong = markup.faults(source)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p id=a><p id=a>", "id 'a' stands 2 times"),
        ("<main></main>", "0 elements h1"),
        ("<div><span></div>", "End tag (div) seen too early"),
        ("<label for=b>B</label>", "for names 'b', which is not there"),
        ("<p style='color: red'>", "p has a style of its own"),
    ],
)
def test_a_fault_is_seen(source: str, fault: str) -> None:
    """The control: the walk above would see these."""
    page = f"<!doctype html><html lang=en><title>t</title>{source}"
    assert any(fault in one for one in markup.faults(page)), markup.faults(page)
