"""A second factor is taken away from the shell."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from mentoring.models import Event, EventReason
from tests import factories
from tests.walk.factors import app_of

pytestmark = pytest.mark.django_db


def forget(*arguments: str) -> str:
    out = io.StringIO()
    call_command("forget_factor", *arguments, stdout=out)
    return out.getvalue()


def test_the_only_administrator_is_let_in_again() -> None:
    user = factories.RoleFactory.create(kind="administrator").user
    app_of(user)
    said = forget(user.email.upper(), "--why", "Fell into the sea")
    assert said == f"{user} signs in by password, and sets up a new factor.\n"
    assert not Authenticator.objects.exists()
    event = Event.objects.get(verb="took a second factor away")
    assert (event.who, event.noun_id) == (None, user.pk)
    assert EventReason.objects.get(event=event).text == "Fell into the sea"


def test_what_cannot_be_is_refused() -> None:
    user = factories.UserFactory.create()
    with pytest.raises(CommandError, match="has no second factor"):
        forget(user.email)
    with pytest.raises(CommandError, match="Nobody here has this"):
        forget("nobody@example.org")
    assert not Event.objects.exists()
