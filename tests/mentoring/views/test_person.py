"""One person's page, a copy of what is held, a lost factor, and erasure."""

import json

import pytest
from allauth.mfa.models import Authenticator

from mentoring.actions.keep_staff import add_staff_member
from mentoring.models import Event, StaffMember
from schools.models import User
from tests import factories
from tests.harness.cast import TODAY, Scene
from tests.walk.factors import app_of

pytestmark = pytest.mark.django_db


def test_a_person_has_all_roles_on_one_page(scene: Scene) -> None:
    page = scene.client("officer").get(f"/people/{scene.cast['two_roles'].pk}/")
    text = page.content.decode()
    assert "<h1>The two roles</h1>" in text
    assert "Beacon High School" in text
    assert "Evaluator" in text
    assert "What is held (JSON)" not in text
    administrator = scene.client("administrator")
    text = administrator.get(f"/people/{scene.cast['two_roles'].pk}/").content.decode()
    assert "What is held (JSON)" in text


def test_a_head_sees_of_a_person_what_is_at_the_own_school(scene: Scene) -> None:
    user = scene.cast["delegate"]
    factories.RoleFactory.create(user=user, kind="head", school=scene.stranger)
    text = scene.client("mentee_head").get(f"/people/{user.pk}/").content.decode()
    assert "Alder Grove School" in text
    assert "Cedar Park Academy" not in text


def test_everybody_takes_a_copy_of_what_is_held_about_them(scene: Scene) -> None:
    user = scene.cast["mentee_head"]
    answer = scene.client("mentee_head").get(f"/people/{user.pk}/held.json")
    assert answer["Content-Type"] == "application/json"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["person"]["email"] == "mentee_head@example.org"


def test_a_lost_factor_is_taken_away_and_asked_for_anew(scene: Scene) -> None:
    user, client = scene.cast["finance"], scene.client("administrator")
    app_of(user)
    theirs = scene.client("finance")
    path = f"/people/{user.pk}/factor/"
    assert "Say why." in client.post(path, {"reason": ""}).content.decode()
    assert Authenticator.objects.filter(user=user).exists()
    answer = client.post(path, {"reason": "Rang them at the office"})
    assert answer["Location"] == f"/people/{user.pk}/"
    assert not Authenticator.objects.filter(user=user).exists()
    assert theirs.get("/").status_code == 302
    event = Event.objects.get(verb="took a second factor away")
    assert (event.who, event.noun_id) == (scene.cast["administrator"], user.pk)
    again = client.post(path, {"reason": "Rang them at the office"})
    assert "has no second factor" in again.content.decode()


def test_nobody_takes_their_own_factor_away_here(scene: Scene) -> None:
    user = scene.cast["administrator"]
    app_of(user)
    client = scene.client("administrator")
    answer = client.post(f"/people/{user.pk}/factor/", {"reason": "Lost"})
    assert "Ask another administrator" in answer.content.decode()
    assert Authenticator.objects.filter(user=user).exists()


def test_erasing_says_first_which_posts_go_along(scene: Scene) -> None:
    user, client = scene.cast["mentor_head"], scene.client("administrator")
    path = f"/people/{user.pk}/erase/"
    assert "No entry of this name" in client.get(path).content.decode()
    for school, name, post in (
        (scene.mentor, "The  MENTOR head", "Head"),
        (scene.mentor, "Rowan Reed", "Deputy"),
        (scene.stranger, "The mentor head", "Librarian"),
    ):
        add_staff_member(school=school, name=name, post=post, by=user, on=TODAY)
    text = " ".join(client.get(path).content.decode().split())
    assert "1 entry of this name at the person's schools goes" in text
    assert "<li>The MENTOR head, Head, at Beacon High School</li>" in text
    assert text.count("<li>The MENTOR head") == 1
    for other in ("Rowan Reed", "Librarian"):
        assert other not in text
    client.post(path, {"email": user.email})
    left = StaffMember.objects.named().values_list("post", flat=True)
    assert set(left) == {"Deputy", "Librarian"}


def test_erasing_needs_the_address_typed_again(scene: Scene) -> None:
    user, client = scene.cast["evaluator"], scene.client("administrator")
    path = f"/people/{user.pk}/erase/"
    assert "There is no way back" in client.get(path).content.decode()
    wrong = client.post(path, {"email": "somebody@example.org"})
    assert "not the address of this person" in wrong.content.decode()
    assert User.objects.get(pk=user.pk).is_active
    answer = client.post(path, {"email": "Evaluator@example.org"}, follow=True)
    text = answer.content.decode()
    assert "Every total is as it was." in text
    assert "The evaluator" not in text
    assert not User.objects.get(pk=user.pk).is_active
