"""Guessing is slowed, and tells nobody which addresses are known."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from tests import factories
from tests.harness.cast import Scene

pytestmark = pytest.mark.django_db
SIGN_IN, RESET = "/account/sign-in/", "/account/password/reset/"
KNOWN, UNKNOWN = "officer@example.org", "nobody.here@example.org"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is worked on: that is what takes time."""

    worked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).worked += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings: object) -> type[CountingHasher]:
    name = f"{__name__}.CountingHasher"
    settings.PASSWORD_HASHERS = [name]  # type: ignore[attr-defined]
    CountingHasher.worked = 0
    return CountingHasher


def tried(address: str, client: Client | None = None) -> str:
    """Try to sign in with a wrong password; return what is said."""
    form = {"login": address, "password": "a wrong password"}
    return (client or Client()).post(SIGN_IN, form).content.decode()


def said(page: str, address: str) -> str:
    """Return the page without what differs anyway."""
    main = page.partition("<main")[2].partition("</main")[0]
    token = main.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    return main.replace(address, "").replace(token, "")


def test_a_wrong_sign_in_is_answered_alike_with_as_much_work(
    scene: Scene, counting: type[CountingHasher]
) -> None:
    counting.worked = 0
    known = tried(KNOWN)
    for_known, counting.worked = counting.worked, 0
    unknown = tried(UNKNOWN)
    assert said(known, KNOWN) == said(unknown, UNKNOWN)
    assert for_known == counting.worked == 1


def test_a_reset_is_answered_alike_with_a_mail_each(scene: Scene) -> None:
    answers = [Client().post(RESET, {"email": each}) for each in (KNOWN, UNKNOWN)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [message.to for message in mail.outbox] == [[KNOWN], [UNKNOWN]]


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
def test_failed_sign_ins_are_limited_for_each_address(
    scene: Scene, address: str
) -> None:
    pages = [tried(address) for _ in range(6)]
    assert "Too many failed" not in pages[4]
    assert "Too many failed" in pages[5]
    # The right password has to wait too; another address does not.
    right = {"login": KNOWN, "password": factories.PASSWORD}
    status = Client().post(SIGN_IN, right).status_code
    assert status == (200 if address == KNOWN else 302)


def test_resets_are_limited_for_each_address(scene: Scene) -> None:
    statuses = [Client().post(RESET, {"email": UNKNOWN}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert len(mail.outbox) == 5
    assert Client().post(RESET, {"email": KNOWN}).status_code == 302


def test_inviting_is_limited_for_each_person(scene: Scene, settings: object) -> None:
    rates = settings.ACCOUNT_RATE_LIMITS  # type: ignore[attr-defined]
    settings.ACCOUNT_RATE_LIMITS = {**rates, "invite": "2/h/user"}  # type: ignore[attr-defined]
    statuses = []
    for number in range(3):
        form = {"kind": "evaluator", "name": "E", "email": f"e{number}@example.org"}
        client = scene.client("officer")
        statuses.append(client.post("/people/invite/", form).status_code)
    assert statuses == [302, 302, 429]
    form["email"] = "e9@example.org"
    other = scene.client("administrator").post("/people/invite/", form)
    assert other.status_code == 302


def test_links_are_not_guessed_at_leisure(scene: Scene) -> None:
    client = Client()
    statuses = [client.post(f"/invitation/{n}/").status_code for n in range(21)]
    assert statuses == [404] * 20 + [429]
