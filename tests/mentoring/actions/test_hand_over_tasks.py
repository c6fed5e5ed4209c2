"""Everything that one member of staff has to do goes to another in one step."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.erase_person import erase_person
from mentoring.actions.hand_over_tasks import hand_over_tasks
from mentoring.actions.note_todo import snooze_todo, take_todo
from mentoring.models import Area, Event, Pairing, TodoNote
from tests import factories
from tests.harness.cast import TODAY, Scene
from tests.mentoring.pairings_world import propose, step
from tests.mentoring.views.test_membership_steps import words

pytestmark = pytest.mark.django_db
LATER = date(2006, 12, 1)


@pytest.fixture
def busy(scene: Scene) -> Scene:
    """Return the scene where the officer has two things, one put aside."""
    officer, other = scene.cast["officer"], scene.cast["administrator"]
    for noun_id, by in ((1, officer), (2, officer), (3, other)):
        take_todo(kind="overload", noun_id=noun_id, by=by, on=TODAY)
    snooze_todo(kind="overload", noun_id=2, until=LATER, by=officer, on=TODAY)
    return scene


def owners() -> list[tuple[int, int | None, date | None]]:
    notes = TodoNote.objects.order_by("noun_id")
    return list(notes.values_list("noun_id", "owner", "snoozed_until"))


def test_all_of_it_is_the_other_persons(busy: Scene) -> None:
    officer, other = busy.cast["officer"], busy.cast["administrator"]
    client = busy.client("administrator")
    page = client.get(f"/people/{officer.pk}/").content.decode()
    assert "Has 2 things" in page
    answer = client.post(
        f"/people/{officer.pk}/hand-over/", {"to": other.pk}, follow=True
    )
    assert "2 things are now with The administrator." in answer.content.decode()
    assert owners() == [(1, other.pk, None), (2, other.pk, LATER), (3, other.pk, None)]
    event = Event.objects.get(verb="handed over what needs doing")
    assert (event.who, event.noun_id) == (other, officer.pk)
    assert event.changes["things"] == [2, 0]


def test_the_pairings_that_somebody_looks_after_go_along(busy: Scene) -> None:
    officer, other = busy.cast["officer"], busy.cast["administrator"]
    mentor, mentee = busy.mentor_membership, busy.mentee_membership
    held = propose(mentor, mentee, by=officer)
    over = propose(mentor, mentee, area=Area.lead(), by=officer)
    step(over, "decline")
    assert held.officer == officer
    count = hand_over_tasks(user=officer, to=other, by=other, on=TODAY)
    assert count == 3
    officers = dict(Pairing.objects.values_list("pk", "officer"))
    assert officers == {held.pk: other.pk, over.pk: officer.pk}  # what is over stays
    said = words(busy.client("administrator").get(held.get_absolute_url()))
    assert "Looked after by The administrator" in said
    assert "Looked after by" not in words(
        busy.client("director").get(held.get_absolute_url())
    )


def test_only_staff_can_take_it_over(busy: Scene) -> None:
    officer, before = busy.cast["officer"], owners()
    left = factories.RoleFactory.create(ended=date(2006, 11, 19)).user
    for somebody in (busy.cast["finance"], busy.cast["mentee_head"], left):
        with pytest.raises(ValidationError, match="of the programme's staff"):
            hand_over_tasks(user=officer, to=somebody, by=officer, on=TODAY)
    with pytest.raises(ValidationError, match="Choose somebody else"):
        hand_over_tasks(user=officer, to=officer, by=officer, on=TODAY)
    assert owners() == before


def test_nothing_is_handed_over_where_there_is_nothing(scene: Scene) -> None:
    officer, other = scene.cast["officer"], scene.cast["administrator"]
    with pytest.raises(ValidationError, match="has nothing to hand over"):
        hand_over_tasks(user=officer, to=other, by=officer, on=TODAY)
    assert not Event.objects.filter(verb="handed over what needs doing").exists()


def test_who_is_erased_has_nothing_to_do_any_more(busy: Scene) -> None:
    officer = busy.cast["officer"]
    erase_person(user=officer, by=busy.cast["administrator"], on=TODAY)
    assert [owner for _, owner, _ in owners()] == [
        None,
        None,
        busy.cast["administrator"].pk,
    ]
