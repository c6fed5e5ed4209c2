"""A person is erased: a dump holds no trace, and every total is as it was."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from mentoring.actions.accept_invitation import accept_invitation
from mentoring.actions.erase_person import TYPED, erase_person
from mentoring.actions.invite_person import invite_person
from mentoring.actions.keep_staff import add_staff_member, record_leaving
from mentoring.actions.log_days import NewStaff, log_days
from mentoring.models import (
    Event,
    EventReason,
    Pairing,
    SavedView,
    StaffMember,
    SupportDay,
)
from mentoring.personal_data import held_about, naming
from schools.models import Invitation, Role, School, User
from tests import factories
from tests.harness.cast import TODAY, Scene
from tests.mentoring.actions.own_mail import address_of
from tests.walk.factors import app_of

pytestmark = pytest.mark.django_db
MARKER = "Quillfeather"
ADDRESS = f"zephyrine.{MARKER.lower()}@example.org"
PASSWORD = "plum wagon lantern"


def dump() -> Iterator[tuple[str, str]]:
    """Yield every row of every table as text, with its table; sessions unpacked."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own names
            for row in cursor.fetchall():
                yield table, repr(row)
    for session in Session.objects.all():
        yield "sessions, unpacked", repr(session.get_decoded())


def traces(marker: str = MARKER) -> Counter[str]:
    """Return in which tables the marker stands, whatever its case, and how often."""
    return Counter(name for name, row in dump() if marker.lower() in row.lower())


def a_head(scene: Scene, email: str, invited_as: str, name: str) -> User:
    """Return the mentor's new head, who was invited and came in as `name`."""
    invitation = invite_person(
        email=email,
        name=invited_as,
        kind="head",
        school=scene.mentor,
        address_of=address_of,
        by=scene.cast["officer"],
        on=TODAY,
    )
    return accept_invitation(
        invitation=invitation, name=name, password=PASSWORD, by=None, on=TODAY
    ).user


@pytest.fixture
def person(scene: Scene) -> User:
    """Return somebody who has left traces wherever one can."""
    user = a_head(scene, ADDRESS, f"Zephyrine {MARKER}", f"Z. {MARKER}")
    factories.InvitationFactory.create(email=ADDRESS.upper(), name=f"Zeph {MARKER}")
    factories.RoleFactory.create(user=user, kind="evaluator", started=date(2007, 1, 1))
    EmailAddress.objects.create(user=user, email=ADDRESS)
    SavedView.objects.create(owner=user, name=MARKER, query="q=alder")
    client = Client(headers={"user-agent": f"Browser of {MARKER}"})
    client.post("/account/sign-in/", {"login": ADDRESS, "password": PASSWORD})
    assert client.get("/schools/").status_code == 200
    app_of(user)
    giver = factories.StaffMemberFactory.create(
        school=scene.mentor, name=f"Zephyrine {MARKER}", post="Head", user=user
    )
    pairing = factories.PairingFactory.create(
        mentor=scene.mentor_membership, mentee=scene.mentee_membership
    )
    day = factories.SupportDayFactory.create(pairing=pairing, giver=giver)
    SupportDay.objects.filter(pk=day.pk).update(
        logged_by=user, note=f"With zephyrine {MARKER.upper()} in the library"
    )
    event = factories.EventFactory.create(who=user, school_id=scene.mentor.pk)
    EventReason.objects.create(event=event, text=f"Ask {ADDRESS}, not Zephyrines.")
    return user


def totals() -> dict[str, object]:
    """Return what must not move: rows of every table of ours, days and places."""
    ours = ("schools", "results", "mentoring")
    rows = {
        model._meta.label: model._base_manager.count()
        for app in ours
        for model in apps.get_app_config(app).get_models()
        if model not in {SavedView, Event, EventReason}
    }
    days = SupportDay.objects.values_list(
        "pairing", "giver", "given_on", "first_half", "second_half", "area"
    )
    columns = [
        field.name for field in Pairing._meta.concrete_fields if field.name != "reason"
    ]
    return {
        **rows,
        "days": sorted(days),
        "pairings": sorted(map(repr, Pairing.objects.values_list(*columns))),
    }


def test_a_dump_holds_no_trace_of_who_is_erased(scene: Scene, person: User) -> None:
    before = traces()
    assert set(before) >= {
        "schools_user",
        "schools_invitation",
        "mentoring_staffmember",
        "mentoring_savedview",
        "mentoring_supportday",
        "mentoring_eventreason",
        "account_emailaddress",
        "usersessions_usersession",
        "sessions, unpacked",
    }
    assert before["schools_invitation"] == 2
    erase_person(user=person, by=scene.cast["administrator"], on=TODAY)
    assert traces() == {}


def test_every_total_is_as_it_was(scene: Scene, person: User) -> None:
    before = totals()
    events = Event.objects.count()
    erase_person(user=person, by=scene.cast["administrator"], on=TODAY)
    assert totals() == before
    # Two roles end, and the person is erased; nothing of the past is gone.
    assert Event.objects.count() == events + 3
    assert Event.objects.filter(who=person).exists()
    (day,) = SupportDay.objects.filter(logged_by=person)
    assert str(day.giver) == "Somebody who was erased"
    assert day.note == "With [erased] in the library"
    reasons = EventReason.objects.values_list("text", flat=True)
    assert "Ask [erased], not Zephyrines." in reasons


def test_who_is_erased_can_do_nothing_more(scene: Scene, person: User) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    assert client.get("/schools/").status_code == 200
    erase_person(user=person, by=scene.cast["administrator"], on=TODAY)
    assert client.get("/schools/").status_code == 302
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Somebody who was erased", False)
    assert person.email == f"erased-{person.pk}@erased.invalid"
    assert not person.has_usable_password()
    assert not Role.objects.filter(user=person, ended__isnull=True).exists()
    waiting = Invitation.objects.unanswered().filter(email__icontains=MARKER)
    assert not waiting.exists()


def test_nobody_else_loses_anything(scene: Scene, person: User) -> None:
    held = {user.pk: user.email for user in User.objects.exclude(pk=person.pk)}
    views = SavedView.objects.exclude(owner=person).count()
    officer = scene.client("officer")
    erase_person(user=person, by=scene.cast["administrator"], on=TODAY)
    after = {user.pk: user.email for user in User.objects.exclude(pk=person.pk)}
    assert after == held
    assert SavedView.objects.count() == views
    assert officer.get("/schools/").status_code == 200


def test_an_administrator_is_always_left(scene: Scene) -> None:
    administrator = scene.cast["administrator"]
    with pytest.raises(ValidationError, match="Nobody erases themselves"):
        erase_person(user=administrator, by=administrator, on=TODAY)


def test_nobody_is_erased_twice(scene: Scene, person: User) -> None:
    administrator = scene.cast["administrator"]
    erase_person(user=person, by=administrator, on=TODAY)
    with pytest.raises(ValidationError, match="is erased already"):
        erase_person(user=person, by=administrator, on=TODAY)


def test_a_person_gets_everything_that_names_them(scene: Scene, person: User) -> None:
    held = json.loads(json.dumps(held_about(person), default=str))
    assert held["person"]["email"] == ADDRESS
    assert len(held["schools.Role: user"]) == 2
    assert len(held["invitations"]) == 2
    assert held["mentoring.StaffMember: user"][0]["post"] == "Head"
    assert held["mentoring.SavedView: owner"][0]["name"] == MARKER
    assert len(held["mentoring.SupportDay: logged by"]) == 1
    assert held["reasons given"][0]["text"].startswith("Ask ")
    verbs = {row["verb"] for row in held["mentoring.Event: who"]}
    assert verbs >= {"gave a role", "accepted an invitation", "joined"}


def entered(scene: Scene, school: School, name: str, post: str) -> StaffMember:
    """Enter somebody as a school does: by name and post, without an account."""
    officer = scene.cast["officer"]
    return add_staff_member(school=school, name=name, post=post, by=officer, on=TODAY)


@pytest.fixture
def giver(scene: Scene) -> User:
    """Return a head who gave a day, was entered twice, and has a namesake elsewhere."""
    officer, day = scene.cast["officer"], date(2006, 11, 6)
    user = a_head(scene, "zoe@example.org", "Zoë", f"Zoë  {MARKER}")
    log_days(
        pairing=factories.PairingFactory.create(
            mentor=scene.mentor_membership, mentee=scene.mentee_membership
        ),
        given_on=day,
        length="whole",
        givers=[NewStaff(f"ZOË {MARKER}", "Head of English")],
        token=uuid4(),
        logged_for=scene.mentor,
        by=officer,
        on=TODAY,
    )
    left = entered(scene, scene.mentor, f" zoë {MARKER.lower()} ", "Deputy")
    record_leaving(member=left, left_on=day, by=officer, on=TODAY)
    entered(scene, scene.mentor, f"Zoë {MARKER}son", "Bursar")
    entered(scene, scene.stranger, f"Zoë {MARKER}", "Librarian")
    return user


def posts() -> set[str]:
    """Return the posts that are entered and not erased."""
    return set(StaffMember.objects.named().values_list("post", flat=True))


def test_posts_of_the_name_at_the_persons_schools_go_with_the_account(
    scene: Scene, giver: User
) -> None:
    assert not StaffMember.objects.filter(user__isnull=False).exists()
    before = totals()
    erase_person(user=giver, by=scene.cast["administrator"], on=TODAY)
    assert totals() == before
    assert str(SupportDay.objects.get().giver) == "Somebody who was erased"
    assert posts() == {"Bursar", "Librarian"}
    assert traces() == {"mentoring_staffmember": 2}
    gone = StaffMember.objects.filter(is_erased=True)
    assert {(each.name, each.post) for each in gone} == {(StaffMember.ERASED, "")}


def test_a_role_that_is_over_tells_of_posts_too(scene: Scene, giver: User) -> None:
    Role.objects.filter(user=giver).update(
        started=date(2005, 9, 1), ended=date(2006, 8, 31)
    )
    erase_person(user=giver, by=scene.cast["administrator"], on=TODAY)
    assert posts() == {"Bursar", "Librarian"}


def test_who_has_no_role_at_a_school_takes_nobody_along(
    scene: Scene, giver: User
) -> None:
    namesake = factories.RoleFactory.create(user__name=giver.name, kind="evaluator")
    before = posts()
    erase_person(user=namesake.user, by=scene.cast["administrator"], on=TODAY)
    assert posts() == before
    assert "posts" not in held_about(namesake.user)


def test_a_person_gets_the_posts_and_days_under_their_name(
    scene: Scene, giver: User
) -> None:
    held = held_about(giver)
    assert [row["post"] for row in held["posts"]] == ["Head of English", "Deputy"]
    (day,) = held["days given"]
    assert day["giver_id"] == held["posts"][0]["id"]
    assert "Librarian" not in json.dumps(held, default=str)


def test_who_is_erased_is_nobody_elses_post(scene: Scene, giver: User) -> None:
    """Everybody who was erased has one name, and it is no one's."""
    erase_person(user=giver, by=scene.cast["administrator"], on=TODAY)
    giver.refresh_from_db()
    assert giver.name == StaffMember.ERASED
    assert "posts" not in held_about(giver)


def test_no_secret_is_in_it_and_no_table_is_left_out(
    scene: Scene, person: User
) -> None:
    text = json.dumps(held_about(person), default=str)
    person.refresh_from_db()
    for secret in (person.password, *Invitation.objects.values_list("token_hash")):
        assert str(secret).strip("(',)") not in text
    assert "JBSWY3DP" not in text  # what the app of the person is set up with
    found = {model._meta.label for model, _ in naming()}
    assert found >= {"mentoring.SupportDay", "schools.Role", "mfa.Authenticator"}


NOT_TYPED = {
    # Of the publishers' files, and what is worked out from them.
    *{("School", name) for name in ("name", "town", "search")},
    *{("Establishment", name) for name in ("name", "type_name", "town")},
    *{("Trust", name) for name in ("name", "reference")},
    *{("ImportRun", name) for name in ("layout", "file_name")},
    ("LocalAuthority", "name"),
    ("MenteeSummary", "sentence"),
    ("Upload", "sentence"),
    ("UploadFile", "name"),
    # Of the programme, not of people.
    ("Programme", "name"),
    ("EligibilityList", "rule"),
    # Erased with the person's own row, or deleted with it.
    *{("User", name) for name in ("name", "email", "password")},
    *{("Invitation", name) for name in ("name", "email")},
    *{("StaffMember", name) for name in ("name", "post")},
    ("SavedView", "query"),
}
LONG = 100


def test_every_column_that_people_type_into_is_searched_for_names() -> None:
    """A new one fails here until somebody says what erasing does to it."""
    texts = {
        (model.__name__, field.name)
        for app in ("schools", "mentoring")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"CharField", "TextField", "EmailField"}
        and not field.choices
        and (field.max_length or LONG) >= LONG
    }
    searched = {
        (model.__name__, column)
        for model, columns in TYPED.items()
        for column in columns
    }
    assert texts - searched - NOT_TYPED == set()
