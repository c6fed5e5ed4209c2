"""Signs a person in without their password, as if code and password had been given."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as METHODS_OF,
)
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS,
)
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from schools.models import User


def sign_in(client: Client, user: User) -> None:
    """Make `client` the browser of `user`, who has just confirmed who they are."""
    client.force_login(user)
    session = client.session
    now = time.time()
    session[METHODS] = [
        {"method": "password", "at": now},
        {"method": "mfa", "at": now, "reauthenticated": True},
    ]
    session[METHODS_OF] = user_id_to_str(user)
    session.save()
