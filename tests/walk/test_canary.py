"""What is another school's own business is on no page, file or search of a role.

Every private text of a couple that nobody of the cast belongs to bears a word of its
own. Each role opens every address it may, asks every list for the words, and takes
every file; no word may be in what it gets.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from mentoring.models import Pairing, SupportDay
from tests import factories
from tests.harness.cast import Scene
from tests.walk.access import ACCESS

PEOPLE = ("Person", "Invited")
PLACES = ("Staff", "Post", "Note", "Taken", "Query", "Words", "Handover", "Reason")
CANARIES = {
    place: f"Canary{place}Zq" for place in (*PLACES, "Asked", "Answered", *PEOPLE)
}
LISTS = (
    *("schools", "pairings", "days", "memberships", "mentors", "offer_search", "today"),
    *("day_totals", "day_choose", "days_to_confirm", "trusts", "successions"),
    *("imports", "impact_schools", "exceptions", "people", "invitations"),
)
FILES = ("school_export", "membership_export", "pairing_export", "day_export")
SEES_NOT = (
    *("mentor_head", "mentee_head", "stranger_head", "delegate", "two_roles"),
    *("director", "other_director", "evaluator", "nobody"),
)
OK = 200


@pytest.fixture
def planted(scene: Scene) -> Pairing:
    """Plant a word in every text of a foreign couple, its days and people."""
    pairing = factories.PairingFactory.create(
        started=date(2006, 9, 4),
        ended=date(2006, 11, 17),
        words=CANARIES["Words"],
        handover=CANARIES["Handover"],
        reason=CANARIES["Reason"],
    )
    giver = factories.StaffMemberFactory.create(
        school=pairing.mentor.school, name=CANARIES["Staff"], post=CANARIES["Post"]
    )
    factories.SupportDayFactory.create(
        pairing=pairing,
        giver=giver,
        note=CANARIES["Note"],
        taken_back=CANARIES["Taken"],
        state="queried",
        queried_on=date(2006, 11, 13),
        query=CANARIES["Query"],
    )
    factories.PairingQueryFactory.create(
        pairing=pairing,
        words=CANARIES["Asked"],
        answered_on=date(2006, 11, 14),
        answer=CANARIES["Answered"],
    )
    person = factories.UserFactory.create(
        name=CANARIES["Person"], email="somebody.elses@example.org"
    )
    factories.RoleFactory.create(user=person, kind="head", school=pairing.mentor.school)
    factories.InvitationFactory.create(
        name=CANARIES["Invited"], kind="head", school=pairing.mentee.school
    )
    return pairing


def addresses(scene: Scene, who: str) -> Iterator[str]:
    """Yield what the access table opens, and every list asked for the words."""
    for name, row in ACCESS.items():
        if "own" in row.get and row.get["own"].get(who) == OK:
            yield reverse(name, kwargs=row.arguments["own"](scene, who))
    for name in LISTS:
        for word in CANARIES.values():
            yield f"{reverse(name)}?q={word.lower()}"
    for name in FILES:
        for kind in ("csv", "xlsx"):
            yield reverse(name, kwargs={"kind": kind})


def text_of(answer: HttpResponseBase) -> str:
    """Return what an answer holds, a workbook unpacked."""
    body = answer.getvalue()
    if not body.startswith(b"PK"):
        return str(body.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return " ".join(
            book.read(each).decode(errors="replace") for each in book.namelist()
        )


def shown(client: Client, address: str) -> set[str]:
    """Return the words that an address shows."""
    answer = client.get(address)
    text = text_of(answer) if answer.status_code == OK else ""
    return {word for word in CANARIES.values() if word in text}


@pytest.mark.parametrize("who", SEES_NOT)
def test_no_role_reads_what_is_another_schools(
    scene: Scene, planted: Pairing, who: str
) -> None:
    client = scene.client(who)
    found = {
        address: words
        for address in addresses(scene, who)
        if (words := shown(client, address))
    }
    assert found == {}


def test_the_words_are_there_for_who_may_read_them(
    scene: Scene, planted: Pairing
) -> None:
    """The control: programme staff find every one of them."""
    client = scene.client("officer")
    day = SupportDay.objects.get(pairing=planted)
    pages = [
        planted.get_absolute_url(),
        day.get_absolute_url(),
        reverse("staff", kwargs={"pk": planted.mentor.school_id}),
        reverse("day_export", kwargs={"kind": "xlsx"}),
        f"{reverse('people')}?q={CANARIES['Person'].lower()}",
        reverse("invitations"),
    ]
    seen = set().union(*(shown(client, address) for address in pages))
    assert seen == set(CANARIES.values())
