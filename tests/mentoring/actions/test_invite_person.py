"""An invitation from the link that is mailed to what becomes of it."""

import re
from copy import copy
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring.actions import accept_invitation as action
from mentoring.actions.accept_invitation import accept_invitation
from mentoring.actions.end_role import end_role
from mentoring.actions.invite_person import invite_person
from mentoring.actions.resend_invitation import resend_invitation
from mentoring.actions.revoke_invitation import revoke_invitation
from mentoring.models import Event, EventReason, Pairing
from mentoring.people_rules import OVER
from schools.models import Invitation, Role, School, User
from tests import factories
from tests.harness import database
from tests.harness.cast import TODAY
from tests.mentoring.actions.own_mail import address_of, mailed_token
from tests.mentoring.imports.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "plum wagon lantern"
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def officer(transactional_db: None) -> User:
    return factories.RoleFactory.create(user__name="Olive Officer").user


@pytest.fixture
def school(transactional_db: None) -> School:
    return factories.EstablishmentFactory.create(school__name="Alder Grove").school


def invited(school: School, by: User | None, **given: object) -> Invitation:
    """Invite a head to `school`, or whom is given."""
    columns = {
        "email": "new.head@example.org",
        "name": "Nell Head",
        "kind": "head",
        "school": school,
        **given,
    }
    return invite_person(address_of=address_of, by=by, on=TODAY, **columns)  # type: ignore[arg-type]


def state_of(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.state_at(timezone.now()).value


def test_an_invitation_is_mailed_with_a_link_to_the_very_page(
    school: School, officer: User
) -> None:
    invitation = invited(school, officer)
    (message,) = mail.outbox
    assert message.to == ["new.head@example.org"]
    assert message.subject == "Your invitation to Schools for Schools"
    body = str(message.body)
    assert "Olive Officer invites you to Schools for Schools as: Head, Alder" in body
    token = mailed_token()
    assert Invitation.objects.with_token(token).get() == invitation
    invitation.refresh_from_db()
    assert invitation.sent_at is not None
    event = Event.objects.get(verb="invited a person")
    assert (event.who, event.noun_id) == (officer, invitation.pk)
    assert event.school_id == school.pk
    assert event.changes == {"kind": [None, "head"]}


def test_the_token_is_kept_nowhere(school: School, officer: User) -> None:
    invited(school, officer)
    token = mailed_token()
    held = Invitation.objects.values().get()
    assert token not in repr(held)
    assert len(token) == 43  # 32 bytes in the alphabet of addresses
    assert re.fullmatch(r"[0-9a-f]{64}", held["token_hash"])


def test_a_mail_that_does_not_leave_leaves_the_invitation(
    school: School, officer: User, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    invitation = invited(school, officer)
    assert state_of(invitation) == "waiting"
    assert invitation.sent_at is None


def test_the_same_person_is_not_invited_twice_to_one_role(
    school: School, officer: User
) -> None:
    invited(school, officer)
    with pytest.raises(ValidationError, match="invited to this role already"):
        invited(school, officer, email="New.Head@Example.org")
    other = factories.EstablishmentFactory.create().school
    invited(other, officer)
    assert Invitation.objects.count() == 2


def test_who_has_the_role_is_not_invited_to_it(school: School, officer: User) -> None:
    held = factories.RoleFactory.create(kind="head", school=school)
    with pytest.raises(ValidationError, match="has this role already"):
        invited(school, officer, email=held.user.email.upper())
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_role_that_is_over_is_offered_to_nobody(
    school: School, officer: User
) -> None:
    with pytest.raises(ValidationError, match="cannot be in the past"):
        invited(school, officer, ends=YESTERDAY)
    assert not Invitation.objects.exists()


def test_a_delegate_needs_a_scope_and_an_end(school: School, officer: User) -> None:
    with pytest.raises(ValidationError, match="what a delegate may do and until when"):
        invited(school, officer, kind="delegate")
    invitation = invited(
        school, officer, kind="delegate", scope="confirm", ends=factories.MUCH_LATER
    )
    role = accept_invitation(
        invitation=invitation, name="Dee", password=PASSWORD, by=None, on=TODAY
    )
    assert (role.scope, role.ended) == ("confirm", factories.MUCH_LATER)


def test_a_new_person_accepts_and_can_sign_in(school: School, officer: User) -> None:
    invitation = invited(school, officer)
    role = accept_invitation(
        invitation=invitation, name=" Nell Heath ", password=PASSWORD, by=None, on=TODAY
    )
    person = User.objects.get(email="new.head@example.org")
    assert (person.name, person.check_password(PASSWORD)) == ("Nell Heath", True)
    assert (role.user, role.kind, role.school) == (person, "head", school)
    assert (role.started, role.ended) == (TODAY, None)
    assert state_of(invitation) == "accepted"
    assert invitation.role == role
    done = Event.objects.order_by("pk").values_list("verb", "who")
    assert list(done) == [
        ("invited a person", officer.pk),
        ("gave a role", person.pk),
        ("accepted an invitation", person.pk),
    ]


def test_a_known_person_keeps_name_and_password(school: School, officer: User) -> None:
    known = factories.RoleFactory.create(kind="evaluator").user
    invitation = invited(school, officer, email=known.email.upper())
    before = known.password
    accept_invitation(
        invitation=invitation,
        name="Other",
        password="other words here",
        by=known,
        on=TODAY,
    )
    known.refresh_from_db()
    assert (known.password, known.name != "Other") == (before, True)
    assert set(known.roles.values_list("kind", flat=True)) == {"evaluator", "head"}


def test_an_invitation_of_a_known_person_is_for_nobody_else(
    school: School, officer: User
) -> None:
    known = factories.UserFactory.create()
    invitation = invited(school, officer, email=known.email)
    for somebody in (None, officer):
        with pytest.raises(ValidationError, match="Sign in with the address"):
            accept_invitation(
                invitation=invitation,
                name="Eve",
                password=PASSWORD,
                by=somebody,
                on=TODAY,
            )
    assert state_of(invitation) == "waiting"
    assert not Role.objects.filter(kind="head").exists()


def test_a_weak_password_is_refused_and_nothing_is_made(
    school: School, officer: User
) -> None:
    invitation = invited(school, officer)
    with pytest.raises(ValidationError) as refused:
        accept_invitation(
            invitation=invitation, name="Nell", password="short", by=None, on=TODAY
        )
    assert set(refused.value.message_dict) == {"password"}
    assert not User.objects.filter(email="new.head@example.org").exists()
    assert state_of(invitation) == "waiting"


def refuses(invitation: Invitation) -> bool:
    """Return whether the link works no longer, with nothing changed by asking."""
    people = User.objects.count()
    with pytest.raises(ValidationError) as refused:
        accept_invitation(
            invitation=invitation, name="N", password=PASSWORD, by=None, on=TODAY
        )
    return refused.value.messages == [OVER] and User.objects.count() == people


def test_a_link_works_once(school: School, officer: User) -> None:
    invitation = invited(school, officer)
    accept_invitation(
        invitation=invitation, name="Nell", password=PASSWORD, by=None, on=TODAY
    )
    assert refuses(invitation)


def test_a_link_works_for_seven_days(school: School, officer: User) -> None:
    invitation = invited(school, officer)
    made = invitation.made_at
    with time_machine.travel(made + timedelta(days=7, seconds=1), tick=False):
        assert state_of(invitation) == "expired"
        assert refuses(invitation)
    with time_machine.travel(made + timedelta(days=7, seconds=-1), tick=False):
        accept_invitation(
            invitation=invitation, name="Nell", password=PASSWORD, by=None, on=TODAY
        )
        assert state_of(invitation) == "accepted"


def test_sent_again_it_has_a_new_link_and_seven_days(
    school: School, officer: User
) -> None:
    invitation = invited(school, officer)
    first = mailed_token()
    with time_machine.travel(invitation.made_at + timedelta(days=10), tick=False):
        resend_invitation(
            invitation=invitation, address_of=address_of, by=officer, on=TODAY
        )
        second = mailed_token()
        assert second != first
        assert not Invitation.objects.with_token(first).exists()
        assert Invitation.objects.with_token(second).get() == invitation
        assert state_of(invitation) == "waiting"
        assert invitation.expires_at == timezone.now() + timedelta(days=7)
    assert Event.objects.filter(verb="resent an invitation", who=officer).count() == 1


def test_revoked_it_works_no_longer_and_can_be_made_anew(
    school: School, officer: User
) -> None:
    invitation = invited(school, officer)
    revoke_invitation(invitation=invitation, by=officer, on=TODAY)
    assert state_of(invitation) == "revoked"
    assert refuses(invitation)
    for again in (revoke_invitation, resend_invitation):
        extra = {"address_of": address_of} if again is resend_invitation else {}
        with pytest.raises(ValidationError, match="is revoked"):
            again(invitation=invitation, by=officer, on=TODAY, **extra)
    assert state_of(invited(school, officer)) == "waiting"
    assert Event.objects.filter(verb="revoked an invitation").count() == 1


def test_accepted_it_is_neither_sent_again_nor_revoked(
    school: School, officer: User
) -> None:
    invitation = invited(school, officer)
    accept_invitation(
        invitation=invitation, name="Nell", password=PASSWORD, by=None, on=TODAY
    )
    with pytest.raises(ValidationError, match="has accepted"):
        revoke_invitation(invitation=invitation, by=officer, on=TODAY)
    assert state_of(invitation) == "accepted"


def test_a_head_who_leaves_is_ended_by_date_and_the_next_sees_the_school(
    school: School, officer: User
) -> None:
    """Nothing is deleted: who did what keeps the name."""
    pairing = factories.PairingFactory.create(mentee__school=school)
    leaving = factories.RoleFactory.create(
        kind="head", school=school, user__name="Old Head"
    )
    event = factories.EventFactory.create(who=leaving.user, school_id=school.pk)
    end_role(role=leaving, ended=YESTERDAY, reason="Moves on", by=officer, on=TODAY)
    assert not leaving.user.roles.live_on(TODAY).exists()
    assert leaving.user.roles.live_on(YESTERDAY).get() == leaving
    event.refresh_from_db()
    assert str(event.who) == "Old Head"
    said = Event.objects.get(verb="ended a role")
    assert said.changes == {"ended": [None, YESTERDAY.isoformat()]}
    assert EventReason.objects.get(event=said).text == "Moves on"
    role = accept_invitation(
        invitation=invited(school, officer),
        name="Nell",
        password=PASSWORD,
        by=None,
        on=TODAY,
    )
    assert list(Pairing.objects.visible_to(role)) == [pairing]


def test_a_role_is_not_ended_twice_nor_without_a_reason(officer: User) -> None:
    role = factories.RoleFactory.create(kind="evaluator")
    with pytest.raises(ValidationError, match="Say why"):
        end_role(role=role, ended=YESTERDAY, reason=" ", by=officer, on=TODAY)
    before = role.started - timedelta(days=1)
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        end_role(role=role, ended=before, reason="Left", by=officer, on=TODAY)
    end_role(role=role, ended=YESTERDAY, reason="Left", by=officer, on=TODAY)
    with pytest.raises(ValidationError, match="already ended on 19 November 2006"):
        end_role(role=role, ended=TODAY, reason="Left", by=officer, on=TODAY)
    role.refresh_from_db()
    assert role.ended == YESTERDAY
    assert Event.objects.filter(verb="ended a role").count() == 1


def test_an_administrator_is_always_left() -> None:
    role = factories.RoleFactory.create(kind="administrator")
    with pytest.raises(ValidationError, match="Ask another administrator"):
        end_role(role=role, ended=TODAY, reason="Tired", by=role.user, on=TODAY)
    role.refresh_from_db()
    assert role.ended is None
    other = factories.RoleFactory.create(kind="administrator").user
    end_role(role=role, ended=TODAY, reason="Tired", by=other, on=TODAY)
    role.refresh_from_db()
    assert role.ended == TODAY


def test_of_two_who_accept_at_once_one_is_first(school: School, officer: User) -> None:
    invitation = invited(school, officer)
    ends = together(
        lambda _number: accept_invitation(
            invitation=invitation, name="Nell", password=PASSWORD, by=None, on=TODAY
        )
    )
    assert ends == ["ValidationError", "done"]
    assert Role.objects.filter(kind="head").count() == 1


def known_together(invitation: Invitation) -> list[str]:
    """Let somebody who is known follow the link twice at once."""
    person = factories.UserFactory.create(email=invitation.email)
    return together(
        lambda _number: accept_invitation(invitation=invitation, by=person, on=TODAY)
    )


def test_of_two_links_followed_at_once_one_works(school: School, officer: User) -> None:
    assert known_together(invited(school, officer)) == ["ValidationError", "done"]
    assert Role.objects.filter(kind="head").count() == 1


def test_without_the_guards_one_link_works_twice(
    school: School, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nothing looks at the link, or at the roles, as they stand now."""
    invitation = invited(school, officer)
    monkeypatch.setattr(action, "as_it_stands", lambda _pk: copy(invitation))
    monkeypatch.setattr(action, "give_role", lambda role, **_: role.save())
    with database.lifted("schools_role"):
        assert known_together(invitation) == ["done", "done"]
    assert Role.objects.filter(kind="head").count() == 2
