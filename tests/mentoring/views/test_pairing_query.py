"""What a school says is wrong about its pairing: asked, answered, taken back."""

import pytest

from mentoring.actions.query_pairing import answer_query, withdraw_query
from mentoring.models import Event, Pairing, PairingQuery
from mentoring.steps.pairing import State
from tests.factories import PairingQueryFactory
from tests.harness.cast import Scene
from tests.mentoring.imports.test_races import together
from tests.mentoring.pairings_world import TODAY, in_state
from tests.mentoring.views.test_membership_steps import words

WORDS = "Help began a week later."
BUTTON = "Take this query back"


@pytest.fixture
def pairing(scene: Scene) -> Pairing:
    return in_state(State.ACTIVE, scene.mentor_membership, scene.mentee_membership)


@pytest.fixture
def query(scene: Scene, pairing: Pairing) -> PairingQuery:
    address = f"/pairings/{pairing.pk}/query/"
    scene.client("mentee_head").post(address, {"words": WORDS})
    return pairing.queries.get()


def test_both_schools_read_it_and_one_waits_at_a_time(
    scene: Scene, query: PairingQuery
) -> None:
    page = words(scene.client("mentor_head").get(query.pairing.get_absolute_url()))
    assert WORDS in page
    assert "Programme staff have not answered yet." in page
    assert "Who acts next Programme staff: answer the query." in page
    address = f"/pairings/{query.pairing_id}/query/"
    again = scene.client("mentee_head").post(address, {"words": "And another thing."})
    text = words(again)
    assert "has a query of this pairing that waits for an answer" in text
    assert "And another thing." in text
    assert PairingQuery.objects.count() == 1


def test_the_school_that_asked_takes_it_back_and_may_ask_again(
    scene: Scene, query: PairingQuery
) -> None:
    head = scene.client("mentee_head")
    page = query.pairing.get_absolute_url()
    assert BUTTON in words(head.get(page))
    assert BUTTON not in words(scene.client("mentor_head").get(page))
    address = f"/pairings/queries/{query.pk}/withdraw/"
    assert scene.client("mentor_head").post(address).status_code == 404
    text = words(head.post(address, follow=True))
    assert "Taken back: programme staff are asked no more." in text
    assert "Taken back on 20 November 2006." in text
    assert BUTTON not in text
    assert not PairingQuery.objects.open().exists()
    officer = scene.client("officer")
    assert "asks about its pairing" not in words(officer.get("/today/"))
    answer = officer.get(f"/pairings/queries/{query.pk}/answer/", follow=True)
    assert "This query was answered, or taken back." in words(answer)
    event = Event.objects.get(verb="took back a query of a pairing")
    assert (event.noun_id, event.who) == (query.pk, scene.cast["mentee_head"])
    head.post(f"/pairings/{query.pairing_id}/query/", {"words": "It began in May."})
    assert PairingQuery.objects.open().get().words == "It began in May."


def test_what_is_answered_is_not_taken_back(scene: Scene, query: PairingQuery) -> None:
    answer_query(query=query, answer="Put right.", by=None, on=TODAY)
    address = f"/pairings/queries/{query.pk}/withdraw/"
    text = words(scene.client("mentee_head").post(address, follow=True))
    assert "Somebody else has answered this query meanwhile." in text
    assert "Put right." in text
    query.refresh_from_db()
    assert query.withdrawn_on is None


@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_a_taking_back_at_once_one_is_first(
    transactional_db: None,
) -> None:
    query = PairingQueryFactory.create()

    def act(number: int) -> None:
        if number:
            withdraw_query(query=query, by=None, on=TODAY)
        else:
            answer_query(query=query, answer="Put right.", by=None, on=TODAY)

    assert together(act) == ["ValidationError", "done"]
    query.refresh_from_db()
    assert (query.answered_on is None) != (query.withdrawn_on is None)


def test_an_answer_that_comes_too_late_is_refused_and_kept(
    scene: Scene, query: PairingQuery
) -> None:
    address = f"/pairings/queries/{query.pk}/answer/"
    officer = scene.client("officer")
    withdraw_query(query=query, by=None, on=TODAY)
    text = words(officer.post(address, {"answer": "It began in September."}))
    assert "This query was taken back meanwhile." in text
    assert "It began in September." in text
    query.refresh_from_db()
    assert (query.answer, query.answered_on) == ("", None)
