"""What was done to a school: who reads it, in which words, with the way to it."""

from datetime import date

import pytest

from mentoring.actions.end_role import end_role
from mentoring.steps.pairing import State
from schools.models import Role, TrustMembership
from tests.harness.cast import Scene
from tests.mentoring.pairings_world import TODAY, in_state
from tests.mentoring.views.test_membership_steps import words


@pytest.fixture
def address(scene: Scene) -> str:
    in_state(State.PAUSED, scene.mentor_membership, scene.mentee_membership)
    return f"/schools/{scene.mentee.pk}/timeline/"


def test_it_tells_the_latest_first_with_the_way_to_each(
    scene: Scene, address: str
) -> None:
    page = scene.client("officer").get(address)
    what = [moment.what for moment in page.context["moments"]]
    assert what == ["Paused", "Begun", "Accepted", "Proposed", "Enrolled"]
    first = page.context["moments"][0]
    assert first.about == f"{scene.mentor} helps {scene.mentee}: Leadership"
    assert first.why == "The schools asked for it."
    for moment in page.context["moments"]:
        assert scene.client("officer").get(moment.url).status_code == 200


def test_both_schools_have_it(scene: Scene, address: str) -> None:
    said = words(
        scene.client("mentor_head").get(f"/schools/{scene.mentor.pk}/timeline/")
    )
    assert "Paused" in said
    assert "Paused" in words(scene.client("mentee_head").get(address))


def test_a_director_reads_the_days_of_the_trust_without_names(
    scene: Scene, address: str
) -> None:
    TrustMembership.objects.filter(school=scene.mentee).update(
        started=date(2006, 10, 1), ended=date(2006, 11, 1)
    )
    page = scene.client("director").get(address)
    assert [moment.what for moment in page.context["moments"]] == ["Paused"]
    assert all(person.name not in words(page) for person in scene.cast.values())


def test_what_is_told_of_accounts_is_for_who_sees_people(
    scene: Scene, address: str
) -> None:
    role = Role.objects.get(user=scene.cast["delegate"])
    end_role(role=role, ended=TODAY, reason="She moves to Leeds.", by=None, on=TODAY)
    for reader in ("officer", "mentee_head"):
        assert "She moves to Leeds." in words(scene.client(reader).get(address))
    for reader in ("director", "finance"):
        text = words(scene.client(reader).get(address))
        assert "Paused" in text
        assert "She moves to Leeds." not in text
        assert "Ended a role" not in text


def test_the_school_leads_to_it_for_who_may_read_it(scene: Scene, address: str) -> None:
    school = scene.mentee.get_absolute_url()
    assert address in scene.client("mentee_head").get(school).content.decode()
    assert address not in scene.client("stranger_head").get(school).content.decode()


def test_a_person_has_what_they_did(scene: Scene, address: str) -> None:
    officer = scene.cast["officer"]
    client = scene.client("officer")
    client.post(f"/today/load/{scene.mentor_membership.pk}/take/")
    page = scene.client("administrator").get(f"/people/{officer.pk}/")
    assert [each.what for each in page.context["moments"]][:1] == [
        "Took what needs doing"
    ]
