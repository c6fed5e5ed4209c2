"""Who sees which people, and who may invite whom: every role, every kind."""

import pytest

from mentoring.permissions import Permission, may, may_look_after
from schools.models import Invitation, Role
from tests import factories
from tests.harness.cast import Scene
from tests.walk.people import of_a_delegate, of_a_head

pytestmark = pytest.mark.django_db

# By the acting role: the kinds it may invite to, and whose roles of it may end.
OWN = {
    "staff": {"head", "director", "finance", "evaluator"},
    "finance": set(),
    "head": {"delegate"},
    "delegate": set(),
    "director": set(),
    "evaluator": set(),
    "administrator": set(Role.Kind.values),
}
FOREIGN = {**OWN, "head": set()}
ACTING = {
    "staff": "officer",
    "finance": "finance",
    "head": "mentee_head",
    "delegate": "delegate",
    "director": "director",
    "evaluator": "evaluator",
    "administrator": "administrator",
}


@pytest.mark.parametrize("acting", Role.Kind.values)
def test_who_may_look_after_whom(scene: Scene, acting: str) -> None:
    role = scene.roles[ACTING[acting]]
    for school, allowed in (
        (scene.mentee.pk, OWN[acting]),
        (scene.stranger.pk, FOREIGN[acting]),
    ):
        found = {kind for kind in Role.Kind if may_look_after(role, kind, school)}
        assert found == allowed


@pytest.mark.parametrize(("scope", "confirms"), [("log", False), ("confirm", True)])
def test_a_delegate_confirms_days_where_the_head_lets_them(
    scene: Scene,
    scope: str,
    confirms: bool,  # noqa: FBT001 -- a column of the table above
) -> None:
    role = scene.roles["delegate"]
    role.scope = scope
    role.save()
    assert may(role, Permission.LOG_DAYS)
    assert may(role, Permission.CONFIRM_DAYS) is confirms
    page = scene.client("delegate").get("/days/")
    assert page.status_code == 200
    assert page.context["may_confirm"] is confirms


def test_nobody_looks_after_anybody_without_a_role() -> None:
    assert not any(may_look_after(None, kind, 1) for kind in Role.Kind)


@pytest.mark.parametrize(("acting", "who"), ACTING.items())
def test_who_sees_which_people(scene: Scene, acting: str, who: str) -> None:
    of_a_delegate(scene.mentee)
    of_a_delegate(scene.stranger)
    of_a_head(scene.mentee)
    expected = {"staff": (12, 3), "administrator": (12, 3), "head": (2, 1)}
    role = scene.roles[who]
    seen = (
        Role.objects.visible_to(role).count(),
        Invitation.objects.visible_to(role).count(),
    )
    assert seen == expected.get(acting, (0, 0))


def test_without_a_role_nobody_is_seen(scene: Scene) -> None:
    factories.InvitationFactory.create()
    assert not Role.objects.visible_to(None).exists()
    assert not Invitation.objects.visible_to(None).exists()
