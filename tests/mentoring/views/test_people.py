"""The pages of people: who is listed, inviting, the link, and ending a role."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from schools.models import Invitation, Role, User
from tests import factories
from tests.harness import cast
from tests.harness.cast import TODAY, Scene
from tests.mentoring.actions.own_mail import mailed_path, mailed_token

pytestmark = pytest.mark.django_db
PASSWORD = "plum wagon lantern"


@pytest.fixture
def live(transactional_db: None) -> Scene:
    """Return the scene where mail leaves, since what is written is written."""
    return cast.build()


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_staff_see_everybody_and_a_head_the_own_school(scene: Scene) -> None:
    staff = shown(scene.client("officer"), "/people/")
    assert "11 people in 12 roles" in staff
    for name in ("The stranger head", "The director", "The administrator"):
        assert name in staff
    head = shown(scene.client("mentee_head"), "/people/")
    assert "2 people in 2 roles" in head
    assert "The delegate" in head
    for name in ("The stranger head", "The director", "The officer", "Beacon"):
        assert name not in head


def test_filters_narrow_and_are_kept_in_the_address(scene: Scene) -> None:
    client = scene.client("officer")
    old = factories.RoleFactory.create(
        user__name="Old Head", kind="head", school=scene.mentee, ended=TODAY
    )
    Role.objects.filter(pk=old.pk).update(ended=TODAY - timedelta(days=1))
    assert "1 person in 1 role" in shown(client, "/people/?state=ended")
    assert "Old Head" in shown(client, "/people/?q=alder&state=ended&kind=head")
    live_heads = shown(client, "/people/?q=alder&state=live&kind=head")
    assert "The mentee head" in live_heads
    assert "Old Head" not in live_heads
    assert "0 people in 0 roles" in shown(client, "/people/?state=ahead")
    wrong = shown(client, "/people/?state=asleep")
    assert "0 people in 0 roles" in wrong
    assert "This is not one of the choices" in wrong


def test_only_who_may_end_a_role_is_shown_the_way(scene: Scene) -> None:
    delegate, head = scene.roles["delegate"].pk, scene.roles["mentee_head"].pk
    mine = shown(scene.client("mentee_head"), "/people/")
    assert f"/people/roles/{delegate}/end/" in mine
    assert f"/people/roles/{head}/end/" not in mine
    staffs = shown(scene.client("officer"), "/people/")
    assert f"/people/roles/{head}/end/" in staffs
    assert f"/people/roles/{delegate}/end/" not in staffs
    officer = scene.roles["officer"].pk
    assert f"/people/roles/{officer}/end/" not in staffs
    assert f"/people/roles/{officer}/end/" in shown(
        scene.client("administrator"), "/people/"
    )


def sent(scene: Scene, who: str = "officer", **changed: str) -> Client:
    """Invite a head to the mentee, or what is changed; return the browser."""
    client = scene.client(who)
    form = {
        "kind": "head",
        "name": "Nell Head",
        "email": "nell@example.org",
        "place": "Alder Grove School",
        **changed,
    }
    client.answer = client.post("/people/invite/", form)  # type: ignore[attr-defined]
    return client


def test_staff_invite_a_head_who_comes_in_by_the_link(live: Scene) -> None:
    client = sent(live)
    invitation = Invitation.objects.get()
    assert client.answer["Location"] == f"/people/invitations/{invitation.pk}/"  # type: ignore[attr-defined]
    page = shown(client, invitation.get_absolute_url())
    assert "Nell Head is invited" in page
    assert "The mail has not left" not in page
    assert mail.outbox[-1].to == ["nell@example.org"]
    visitor = Client()
    path = mailed_path()
    assert "You are invited to Schools for Schools" in shown(visitor, path)
    answer = visitor.post(
        path, {"name": "Nell", "password": PASSWORD, "password_again": PASSWORD}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    home = shown(visitor, "/today/")
    assert "You are here as: Head, Alder Grove School." in home
    assert visitor.get(path).status_code == 404
    assert "Nell Head has accepted" in shown(client, invitation.get_absolute_url())


def test_an_address_with_capitals_signs_in_like_any(live: Scene) -> None:
    sent(live, email="Nell.Head@Example.org")
    form = {"name": "Nell", "password": PASSWORD, "password_again": PASSWORD}
    Client().post(mailed_path(), form)
    for address in ("nell.head@example.org", "NELL.Head@example.ORG"):
        again = Client()
        again.post("/account/sign-in/", {"login": address, "password": PASSWORD})
        assert again.get("/schools/").status_code == 200


def test_what_was_typed_stays_where_something_is_wrong(live: Scene) -> None:
    sent(live)
    path = mailed_path()
    answer = Client().post(
        path, {"name": "Nell", "password": PASSWORD, "password_again": "other words"}
    )
    page = answer.content.decode()
    assert "The two passwords differ" in page
    assert 'value="Nell"' in page
    weak = Client().post(
        path, {"name": "Nell", "password": "short", "password_again": "short"}
    )
    assert "too short" in weak.content.decode()
    assert not User.objects.filter(email="nell@example.org").exists()
    again = sent(live, name="", email="no address", place="Nowhere School")
    page = again.answer.content.decode()  # type: ignore[attr-defined]
    assert 'value="no address"' in page
    assert 'value="Nowhere School"' in page
    for sentence in (
        "Give the person&#x27;s name.",
        "Enter an e-mail address, such as",
        "No school here is called that.",
    ):
        assert sentence in page


@pytest.mark.parametrize(
    ("place", "kind", "sentence"),
    [
        ("", "head", "Say which school."),
        ("", "director", "Say which trust."),
        ("school", "head", "There are several: "),
        ("987654321", "director", "No trust here is called that."),
        ("Alder Grove School", "finance", "at no school and no trust"),
    ],
)
def test_a_place_that_is_not_clear_is_asked_again(
    scene: Scene, place: str, kind: str, sentence: str
) -> None:
    client = sent(scene, kind=kind, place=place)
    assert sentence in client.answer.content.decode()  # type: ignore[attr-defined]
    assert not Invitation.objects.exists()


def test_a_place_is_found_by_its_number(scene: Scene) -> None:
    sent(scene, place=str(scene.stranger.urn))
    sent(scene, kind="director", place=str(scene.trust.uid))
    held = Invitation.objects.order_by("pk").values_list("school", "trust")
    assert list(held) == [(scene.stranger.pk, None), (None, scene.trust.pk)]


@pytest.mark.parametrize(
    ("who", "kind", "allowed"),
    [
        ("officer", "finance", True),
        ("officer", "evaluator", True),
        ("officer", "staff", False),
        ("officer", "administrator", False),
        ("officer", "delegate", False),
        ("administrator", "staff", True),
        ("administrator", "administrator", True),
        ("administrator", "delegate", False),
    ],
)
def test_who_may_invite_whom(scene: Scene, who: str, kind: str, allowed: bool) -> None:  # noqa: FBT001 -- a column of the table above
    sent(scene, who, kind=kind, place="")
    assert Invitation.objects.exists() is allowed


def test_a_head_invites_delegates_to_the_own_school_alone(live: Scene) -> None:
    """What else is sent along is not heard."""
    other = str(live.stranger.pk)
    form = {
        "kind": "head",
        "school": other,
        "place": "Cedar Park Academy",
        "name": "Dee",
        "email": "dee@example.org",
        "scope": "log",
        "ends": "2007-08-31",
    }
    live.client("mentee_head").post("/people/invite/", form)
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.school) == ("delegate", live.mentee)
    visitor = Client()
    visitor.post(
        mailed_path(), {"name": "D", "password": PASSWORD, "password_again": PASSWORD}
    )
    role = Role.objects.get(user__email="dee@example.org")
    assert (role.scope, role.ended) == ("log", factories.MUCH_LATER)
    page = shown(live.client("mentee_head"), "/people/?kind=delegate")
    assert "Log days of support" in page
    assert "31 Aug 2007" in page


def test_a_delegate_without_an_end_is_asked_for_one(scene: Scene) -> None:
    answer = scene.client("mentee_head").post("/people/invite/", {"name": "Dee"})
    page = answer.content.decode()
    assert "Choose what they may do." in page
    assert "Enter a date." in page


def test_a_known_person_signs_in_and_accepts(live: Scene) -> None:
    evaluator = live.cast["evaluator"]
    sent(live, email=evaluator.email)
    path = mailed_path()
    visitor = Client()
    page = shown(visitor, path)
    assert "Sign in to accept the invitation" in page
    assert f"/account/sign-in/?next={path}" in page
    somebody_else = shown(live.client("finance"), path)
    assert "You are signed in as The finance" in somebody_else
    refused = live.client("finance").post(path)
    assert "Sign in to accept" in refused.content.decode()
    assert not evaluator.roles.filter(kind="head").exists()
    visitor.post(
        f"/account/sign-in/?next={path}",
        {"login": evaluator.email, "password": factories.PASSWORD, "next": path},
    )
    assert "Choose a password" not in shown(visitor, path)
    answer = visitor.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert evaluator.roles.filter(kind="head", school=live.mentee).exists()
    # They stay signed in here, and act in the role they have accepted.
    assert "Head, Alder Grove School" in shown(visitor, "/today/")


def test_who_has_no_page_of_today_comes_in_on_impact(live: Scene) -> None:
    sent(live, kind="evaluator", place="")
    visitor = Client()
    answer = visitor.post(
        mailed_path(),
        {"name": "Nell", "password": PASSWORD, "password_again": PASSWORD},
        follow=True,
    )
    assert answer.redirect_chain == [("/today/", 302), ("/", 302)]
    assert "You are here as: Evaluator." in answer.content.decode()


def test_every_link_that_works_no_longer_gets_the_same_answer(live: Scene) -> None:
    links = []
    for state in ("revoked", "expired", "sent again"):
        sent(live, email=f"{state[:3]}@example.org")
        links.append(mailed_path())
    revoked, expired, resent = Invitation.objects.order_by("pk")
    client = live.client("officer")
    client.post(f"/people/invitations/{revoked.pk}/revoke/")
    client.post(f"/people/invitations/{resent.pk}/resend/")
    past = timezone.now() - timedelta(days=8)
    Invitation.objects.filter(pk=expired.pk).update(
        made_at=past, expires_at=past + timedelta(days=7)
    )
    visitor = Client()
    bodies = {
        visitor.get(path).content.replace(path.encode(), b"")
        for path in (*links, "/invitation/nobodys/")
    }
    assert len(bodies) == 1
    assert b"This invitation works no longer" in bodies.pop()
    assert visitor.get(links[0]).status_code == 404
    assert visitor.get(mailed_path()).status_code == 200  # the link sent last


def test_invitations_are_listed_by_state(scene: Scene) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=30)
    factories.InvitationFactory.create(name="Wendy Waits")
    factories.InvitationFactory.create(name="Eddie Expired", made_at=long_ago)
    factories.InvitationFactory.create(name="Rhoda Revoked", revoked_at=now)
    role = factories.RoleFactory.create(kind="evaluator")
    factories.InvitationFactory.create(name="Ada Accepted", accepted_at=now, role=role)
    client = scene.client("officer")
    names = {
        "waiting": "Wendy Waits",
        "expired": "Eddie Expired",
        "revoked": "Rhoda Revoked",
        "accepted": "Ada Accepted",
    }
    for state, name in names.items():
        page = shown(client, f"/people/invitations/?state={state}")
        assert "1 invitation" in page
        assert [other for other in names.values() if other in page] == [name]
    # The one head has no invitation of a delegate to see.
    assert "Nobody has been invited yet" in shown(
        scene.client("mentee_head"), "/people/invitations/"
    )


def test_ending_a_role_says_what_it_means_and_asks_why(scene: Scene) -> None:
    role, client = scene.roles["mentee_head"], scene.client("officer")
    path = f"/people/roles/{role.pk}/end/"
    page = shown(client, path)
    assert "Until when is The mentee head Head, Alder Grove School?" in page
    assert "The next head sees all that this one saw" in page
    assert "old entries keep the name" in page
    answer = client.post(path, {"ended": "2006-11-19", "reason": ""})
    assert "Say why." in answer.content.decode()
    head = scene.client("mentee_head")
    assert head.get("/").status_code == 200
    answer = client.post(
        path, {"ended": "2006-11-19", "reason": "Retires"}, follow=True
    )
    assert "19 November 2006" in answer.content.decode()
    # The session ends with the role; signed in again, there is nothing to see.
    assert head.get("/")["Location"].startswith("/account/sign-in/")
    assert scene.client("mentee_head").get("/").status_code == 403
    assert "Ended" in shown(client, "/people/?q=mentee+head")


def test_the_mail_is_plain_text_and_its_link_is_of_this_site(live: Scene) -> None:
    sent(live)
    (message,) = mail.outbox
    assert not getattr(message, "alternatives", [])
    assert f"http://testserver/invitation/{mailed_token()}/" in str(message.body)


def test_a_school_leads_to_the_invitation_of_its_head(scene: Scene) -> None:
    officer = scene.client("officer")
    school = officer.get(scene.stranger.get_absolute_url()).content.decode()
    address = f"/people/invite/?kind=head&amp;place={scene.stranger.urn}"
    assert address in school
    form = officer.get(address.replace("&amp;", "&")).context["form"]
    assert form["kind"].value() == "head"
    assert form["place"].value() == str(scene.stranger.urn)
