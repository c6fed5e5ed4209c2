"""What was mailed, and the link in it."""

import re

from django.core import mail

SITE = "https://schools.example.org"


def address_of(token: str) -> str:
    """Return the address of the page that accepts, as a view would."""
    return f"{SITE}/invitation/{token}/"


def mailed_path() -> str:
    """Return the path of the page that the last mail links to."""
    found = re.search(r"https?://[^/]+(/invitation/\S+/)\s", str(mail.outbox[-1].body))
    assert found
    return found[1]


def mailed_token() -> str:
    """Return the token in the last mail."""
    return mailed_path().split("/")[2]
