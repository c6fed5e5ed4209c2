"""The succession inbox: evidence, one click, another decision, and back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from mentoring.actions.recompute import recompute
from mentoring.models import Event
from results.models import Measure
from schools.models import (
    Establishment,
    EstablishmentLink,
    SchoolPredecessor,
    Succession,
    TrustMembership,
)
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.conftest import Make

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


def test_the_second_of_two_tabs_is_told_that_it_came_too_late(officer: Client) -> None:
    (succession,) = linked("merger", ("Ash", "Oak"))
    address = reverse("succession", kwargs={"pk": succession.case})
    sent = {"state": "merger", "links": [succession.pk]}
    assert officer.post(address, sent).status_code == 302
    again = officer.post(address, {**sent, "state": "accepted"}, follow=True)
    assert "Your decision was not kept" in again.content.decode()
    succession.refresh_from_db()
    assert succession.state == State.MERGER


def test_a_link_decided_meanwhile_is_refused_and_the_rest_stays(
    officer: Client,
) -> None:
    one, two = linked("merger", ("Ash", "Oak and Ash"), ("Oak", "Oak and Ash"))
    address = reverse("succession", kwargs={"pk": one.case})
    officer.post(address, {"state": "merger", "links": [one.pk]})
    late = officer.post(address, {"state": "split", "links": [one.pk, two.pk]})
    assert "One of the links is decided already" in late.content.decode()
    two.refresh_from_db()
    assert two.state == State.WAITING


def test_the_page_of_what_a_merged_school_became_tells_of_the_merger(
    officer: Client,
) -> None:
    one, two = linked("merger", ("Ash", "Oak and Ash"), ("Oak", "Oak and Ash"))
    click(officer, one)
    academy = factories.EstablishmentFactory.create(name="Acorn Academy")
    merged = two.link.successor
    link = EstablishmentLink.objects.create(
        predecessor=merged, successor=academy, kind="succession"
    )
    goes_on = factories.SuccessionFactory.create(link=link)
    click(officer, goes_on)
    shown = officer.get(merged.school.get_absolute_url(), follow=True)
    text = " ".join(shown.content.decode().split())
    assert "Acorn Academy" in shown.context["school"].name
    assert text.count("Figures before then are the sums") == 2
    for place in (one, two):
        assert place.link.predecessor.school.get_absolute_url() in text


@pytest.mark.parametrize("query", ["doubt=purple", "state=purple", "q=" + "a" * 101])
def test_a_filter_that_is_not_understood_lists_nothing_and_says_so(
    officer: Client, query: str
) -> None:
    linked("merger", ("Ash", "Oak"))
    answer = officer.get(f"{reverse('successions')}?{query}")
    assert answer.context["table"].paginator.count == 0
    assert "not understood" in answer.content.decode()


def test_no_school_is_counted_in_two_that_came_after_it(officer: Client) -> None:
    pairs = [(one, two) for one in ("Ash", "Oak") for two in ("North", "South")]
    links = linked("succession", *pairs)
    shown = page(officer, links[0])
    assert shown.context["page"].suggestion is None
    assert shown.context["form"].initial["links"] == []
    sent = {"state": "merger", "links": [each.pk for each in links]}
    address = reverse("succession", kwargs={"pk": links[0].case})
    refused = officer.post(address, sent).content.decode()
    assert "and its pupils counted in both. Record a split" in refused
    assert not SchoolPredecessor.objects.exists()
    assert Succession.objects.waiting().count() == 4
    assert officer.post(address, {**sent, "state": "split"}).status_code == 302


def test_a_school_known_only_from_a_link_says_so(officer: Client) -> None:
    (succession,) = linked("succession", ("Ash", "Oak"))
    Establishment.objects.filter(name="Ash").update(origin="link", type_name="")
    shown = page(officer, succession).content.decode()
    # Once in the table, and once on the card that stands for it on a phone.
    assert shown.count("Not in the register here: known only from a link") == 2


def test_a_name_with_markup_in_it_is_shown_as_it_is_written(
    officer: Client, scene: Scene
) -> None:
    hostile = '<script>alert("x")</script>'
    (succession,) = linked("merger", (hostile, "Oak"))
    school = succession.link.predecessor.school
    school.name = hostile
    school.search = "hostile"
    school.save()
    trust = factories.TrustFactory.create(name=hostile)
    TrustMembership.objects.create(trust=trust, school=school)
    click(officer, succession)
    for address in (
        reverse("succession", kwargs={"pk": succession.case}),
        reverse("succession_undo", kwargs={"pk": succession.pk}),
        f"{reverse('successions')}?state=all",
        f"{reverse('schools')}?q=hostile",
        reverse("trusts"),
        school.get_absolute_url(),
        trust.get_absolute_url(),
    ):
        text = officer.get(address).content.decode()
        assert "&lt;script&gt;alert(" in text, address
        assert "<script>alert" not in text, address


def test_ten_closed_members_are_named_and_the_list_of_schools_has_all(
    officer: Client,
) -> None:
    for number in range(12):
        closed = factories.EstablishmentFactory.create(
            school__name=f"Shut {number:02}", status="Open, but proposed to close"
        )
        factories.MembershipFactory.create(school=closed.school)
    said = " ".join(officer.get(reverse("successions")).content.decode().split())
    assert "12 in the programme, but closed or to close" in said
    assert ("Shut 09" in said, "Shut 10" in said) == (True, False)
    assert "and 2 more:" in said
    where = f"{reverse('schools')}?role=any&status=closing"
    assert escape(where) in said
    listed = officer.get(where).content.decode()
    assert all(f"Shut {number:02}" in listed for number in range(12))


def test_a_school_without_a_name_has_its_urn_once(officer: Client) -> None:
    (succession,) = linked("succession", ("Ash", "Oak"))
    ash = Establishment.objects.get(name="Ash")
    Establishment.objects.filter(pk=ash.pk).update(name=f"URN {ash.urn}", origin="link")
    ash.school.name, ash.school.urn = f"URN {ash.urn}", ash.urn
    ash.school.save()
    shown = page(officer, succession).content.decode()
    assert f"URN {ash.urn} became Oak" in shown
    assert f"({ash.urn})" not in shown
    assert f"(URN {ash.urn})" not in shown
    listed = officer.get(reverse("successions")).content.decode()
    assert f"URN {ash.urn} became Oak" in listed


@pytest.mark.parametrize("number", [6, 7])
def test_a_long_case_folds_its_links_and_leads_to_the_decision(
    officer: Client, number: int
) -> None:
    is_folded = number > 6
    pairs = [("Ash", f"Oak {each}") for each in range(number)]
    first, *_ = linked("succession", *pairs)
    shown = page(officer, first).content.decode()
    assert (f": {number} links</summary>" in shown) == is_folded
    assert ('<a href="#decide">' in shown) == is_folded
    ash = Establishment.objects.get(name="Ash")
    for each in range(number):  # folded or not, every link is there, and to be ticked
        assert shown.count(f"{ash} became Oak {each} (") == 2


def test_results_name_their_measure_in_words(
    officer: Client, make_school: Make, england: None
) -> None:
    school = make_school("Ashby", {2004: (40, 100), 2005: "suppressed"})
    recompute(on=date(2006, 11, 20))
    before = Establishment.objects.get(school=school)
    link = EstablishmentLink.objects.create(
        predecessor=before,
        successor=factories.EstablishmentFactory.create(),
        kind="succession",
    )
    succession = factories.SuccessionFactory.create(link=link, case=link.pk)
    shown = page(officer, succession).content.decode()
    name = Measure.objects.get(code="5AC").short_name
    hidden = "Hidden, because it describes only a few pupils."
    assert escape(f"2004: 40.0% ({name}); 2005: {hidden}") in shown
    assert "The register gives no day." in shown


@pytest.mark.parametrize("together", [True, False])
def test_what_was_decided_in_one_click_is_taken_back_in_one(
    officer: Client, *, together: bool
) -> None:
    one, two = linked("merger", ("Ash", "Oak and Ash"), ("Oak", "Oak and Ash"))
    case = reverse("succession", kwargs={"pk": one.case})
    officer.post(case, {"state": "merger", "links": [one.pk, two.pk]})
    undo = reverse("succession_undo", kwargs={"pk": one.pk})
    asked = " ".join(officer.get(undo).content.decode().split())
    assert "Take back all 2 decisions of the case" in asked
    sent = {"reason": "The other school."} | ({"together": "on"} if together else {})
    assert officer.post(undo, sent).status_code == 302
    states = set(Succession.objects.values_list("state", flat=True))
    assert states == ({"waiting"} if together else {"waiting", "merger"})
    assert SchoolPredecessor.objects.count() == (0 if together else 1)


def test_the_day_of_a_decision_is_the_day_it_was_in_london(officer: Client) -> None:
    (succession,) = linked("succession", ("Ash", "Birch"))
    late = datetime(2006, 7, 1, 23, 30, tzinfo=UTC)
    Succession.objects.filter(pk=succession.pk).update(
        state=State.APART, doubt="", decided_at=late
    )
    text = page(officer, succession).content.decode()
    assert "Decided on 2 July 2006" in text
