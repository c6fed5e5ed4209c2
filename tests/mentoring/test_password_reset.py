"""A forgotten password: the mailed link itself leads to a new one."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NEW = "a-fresh-long-phrase-9"


def test_the_mailed_link_leads_to_a_new_password(client: Client) -> None:
    user = UserFactory.create()
    client.post("/account/password/reset/", {"email": user.email})
    (message,) = mail.outbox
    assert message.subject == "Choose a new password for Schools for Schools"
    found = re.search(r"https?://[^/]+(/\S+)", str(message.body))
    assert found
    page = client.get(found[1], follow=True)
    assert page.status_code == 200
    address = page.redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_an_unknown_address_is_told_so_by_mail_alone(client: Client) -> None:
    known = client.post(
        "/account/password/reset/", {"email": UserFactory.create().email}
    )
    unknown = client.post("/account/password/reset/", {"email": "no@example.org"})
    assert (known.status_code, known["Location"]) == (
        unknown.status_code,
        unknown["Location"],
    )
    assert "nobody here has it" in mail.outbox[-1].body
