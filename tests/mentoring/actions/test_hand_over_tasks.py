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
    first, second, third = (waits_for_a_visit().pk for _ in range(3))
    for noun_id, by in ((first, officer), (second, officer), (third, other)):
        take_todo(kind="no_visit", noun_id=noun_id, by=by, on=TODAY)
    snooze_todo(kind="no_visit", noun_id=second, until=LATER, by=officer, on=TODAY)
    return scene


def waits_for_a_visit() -> Pairing:
    return factories.PairingFactory.create(started=date(2006, 10, 1))


def owners() -> list[tuple[int | None, date | None]]:
    notes = TodoNote.objects.order_by("pk")
    return list(notes.values_list("owner", "snoozed_until"))


def test_all_of_it_is_the_other_persons(busy: Scene) -> None:
    officer, other = busy.cast["officer"], busy.cast["administrator"]
    client = busy.client("administrator")
    page = client.get(f"/people/{officer.pk}/").content.decode()
    assert "Has 2 things" in page
    answer = client.post(
        f"/people/{officer.pk}/hand-over/", {"to": other.pk}, follow=True
    )
    assert "2 things are now with The administrator." in answer.content.decode()
    assert owners() == [(other.pk, None), (other.pk, LATER), (other.pk, None)]
    event = Event.objects.get(verb="handed over what needs doing")
    assert (event.who, event.noun_id) == (other, officer.pk)
    assert event.changes["things"] == [2, 0]


def test_the_pairings_that_somebody_looks_after_go_along(busy: Scene) -> None:
    officer, other = busy.cast["officer"], busy.cast["administrator"]
    mentor, mentee = busy.mentor_membership, busy.mentee_membership
    held = propose(mentor, mentee, by=officer, officer=officer)
    lead = Area.lead()
    over = propose(mentor, mentee, area=lead, by=officer, officer=officer)
    step(over, "decline")
    assert held.officer == officer
    count = hand_over_tasks(user=officer, to=other, by=other, on=TODAY)
    assert count == 3
    looked_after = Pairing.objects.filter(officer__isnull=False)
    officers = dict(looked_after.values_list("pk", "officer"))
    assert officers == {held.pk: other.pk, over.pk: officer.pk}  # what is over stays
    said = words(busy.client("administrator").get(held.get_absolute_url()))
    assert "Looked after by The administrator" in said
    assert "Looked after by" not in words(
        busy.client("director").get(held.get_absolute_url())
    )


def test_what_was_resolved_goes_along_and_is_not_counted(busy: Scene) -> None:
    officer, other = busy.cast["officer"], busy.cast["administrator"]
    take_todo(kind="links", noun_id=TodoNote.ALL, by=officer, on=TODAY)
    take_todo(kind="days", noun_id=TodoNote.ALL, by=officer, on=TODAY)  # none waits
    Pairing.objects.filter(pk=TodoNote.objects.earliest("pk").noun_id).update(
        latest_day=TODAY
    )
    page = busy.client("administrator").get(f"/people/{officer.pk}/hand-over/")
    assert "2 things of the programme" in words(page)
    assert hand_over_tasks(user=officer, to=other, by=other, on=TODAY) == 2
    assert not TodoNote.objects.filter(owner=officer).exists()


def test_who_has_only_what_was_resolved_has_nothing_to_hand_over(busy: Scene) -> None:
    officer, other = busy.cast["officer"], busy.cast["administrator"]
    Pairing.objects.update(latest_day=TODAY)
    said = words(busy.client("administrator").get(f"/people/{officer.pk}/"))
    assert "Hand everything over" not in said
    with pytest.raises(ValidationError, match="has nothing to hand over"):
        hand_over_tasks(user=officer, to=other, by=officer, on=TODAY)


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
    assert [owner for owner, _ in owners()] == [
        None,
        None,
        busy.cast["administrator"].pk,
    ]
