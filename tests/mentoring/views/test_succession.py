"""The succession inbox: evidence, one click, another decision, and back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import Event
from schools.models import (
    Establishment,
    EstablishmentLink,
    SchoolPredecessor,
    Succession,
)
from tests import factories
from tests.harness.cast import Scene

pytestmark = pytest.mark.django_db
State = Succession.State


@pytest.fixture
def officer(scene: Scene) -> Client:
    Succession.objects.all().delete()
    return scene.client("officer")


def linked(kind: str, *names: tuple[str, str]) -> list[Succession]:
    """Return a case of links between schools of these names, all waiting."""
    known: dict[str, Establishment] = {}
    for name in {name for pair in names for name in pair}:
        known[name] = factories.EstablishmentFactory.create(name=name)
    found: list[Succession] = []
    for before, after in names:
        link = EstablishmentLink.objects.create(
            predecessor=known[before],
            successor=known[after],
            kind=kind,
            date=date(2005, 9, 1),
        )
        case = found[0].case if found else link.pk
        found.append(factories.SuccessionFactory.create(link=link, case=case))
    return found


def page(client: Client, succession: Succession) -> Any:
    answer = client.get(reverse("succession", kwargs={"pk": succession.case}))
    assert answer.status_code == 200
    return answer


def click(client: Client, succession: Succession) -> None:
    """Accept what the page suggests."""
    suggestion = page(client, succession).context["page"].suggestion
    answer = client.post(
        reverse("succession", kwargs={"pk": succession.case}),
        {"state": suggestion.state, "links": list(suggestion.links)},
    )
    assert answer.status_code == 302


def test_one_click_accepts_that_one_school_goes_on(officer: Client) -> None:
    (succession,) = linked("succession", ("Ash School", "Ash Academy"))
    shown = page(officer, succession)
    assert "Accept: Ash School goes on as Ash Academy" in shown.content.decode()
    click(officer, succession)
    succession.refresh_from_db()
    assert succession.state == State.ACCEPTED
    assert succession.link.predecessor.school == succession.link.successor.school


def test_one_click_records_a_merger_of_all_of_them(officer: Client) -> None:
    one, two = linked("amalgamation", ("Ash", "Oak and Ash"), ("Oak", "Oak and Ash"))
    shown = page(officer, one)
    assert "Accept: 2 schools merged into Oak and Ash" in shown.content.decode()
    click(officer, one)
    states = set(Succession.objects.values_list("state", flat=True))
    assert states == {State.MERGER}
    school = two.link.successor.school
    assert SchoolPredecessor.objects.filter(school=school).count() == 2
    events = Event.objects.filter(verb="recorded a merger")
    assert events.count() == 4  # one for each school of each link


def test_one_click_records_a_split(officer: Client) -> None:
    one, _two = linked("split", ("Elm", "Upper Elm"), ("Elm", "Lower Elm"))
    click(officer, one)
    kinds = set(SchoolPredecessor.objects.values_list("kind", flat=True))
    assert kinds == {"split"}


def test_links_that_say_no_one_thing_have_no_click(officer: Client) -> None:
    one, *_ = linked("succession", ("A", "C"), ("A", "D"), ("B", "D"))
    assert page(officer, one).context["page"].suggestion is None


def test_another_decision_needs_its_words_and_keeps_what_was_typed(
    officer: Client,
) -> None:
    (succession,) = linked("succession", ("Ash School", "Ash Academy"))
    address = reverse("succession", kwargs={"pk": succession.case})
    sent = {"state": "apart", "links": [succession.pk], "reason": ""}
    answer = officer.post(address, sent)
    assert "Say why these are different schools." in answer.content.decode()
    succession.refresh_from_db()
    assert succession.state == State.WAITING
    officer.post(address, {**sent, "reason": "Ash Academy is in another town"})
    succession.refresh_from_db()
    assert succession.state == State.APART
    shown = page(officer, succession).content.decode()
    assert "Ash Academy is in another town" in shown


def test_a_decision_is_undone_from_its_own_page(officer: Client) -> None:
    (succession,) = linked("succession", ("Ash School", "Ash Academy"))
    click(officer, succession)
    address = reverse("succession_undo", kwargs={"pk": succession.pk})
    assert address in page(officer, succession).content.decode()
    assert "Say why" in officer.post(address, {"reason": ""}).content.decode()
    officer.post(address, {"reason": "The wrong Ash"})
    succession.refresh_from_db()
    assert succession.state == State.WAITING
    assert succession.link.predecessor.school != succession.link.successor.school


def test_the_list_shows_what_waits_first_of_all(officer: Client) -> None:
    linked("succession", ("Ash School", "Ash Academy"))
    (decided,) = linked("succession", ("Oak School", "Oak Academy"))
    click(officer, decided)
    words = officer.get(reverse("successions")).content.decode()
    assert "Ash Academy" in words
    assert "Oak Academy" not in words
    all_of_them = officer.get(reverse("successions"), {"state": "accepted"})
    assert "Oak Academy" in all_of_them.content.decode()
