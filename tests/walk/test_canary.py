"""What is another school's own business is on no page, file or search of a role.

Every private text of a couple that nobody of the cast belongs to bears a word of its
own, and so do the names of its two schools. Each role opens every address it may, asks
every list for the words, and takes every file; no word may be in what it gets. So too
with what is said of a couple when its school is no more in a director's trust.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from mentoring.day_totals import BY
from mentoring.models import Pairing, SupportDay
from mentoring.steps.pairing import TELL
from tests import factories
from tests.harness.cast import Scene
from tests.walk.access import ACCESS

PEOPLE = ("Person", "Invited")
PLACES = ("Staff", "Post", "Note", "Taken", "Query", "Words", "Handover", "Reason")
NAMES = ("Mentor", "Mentee")
CANARIES = {
    place: f"Canary{place}Zq"
    for place in (*PLACES, "Asked", "Answered", *PEOPLE, *NAMES)
}
LISTS = (
    *("schools", "pairings", "days", "memberships", "mentors", "offer_search", "today"),
    *("day_totals", "day_choose", "days_to_confirm", "trusts", "successions"),
    *("imports", "impact_schools", "exceptions", "people", "invitations"),
)
FILES = tuple(name for name in ACCESS if name.endswith("_export"))
# Schools' published results are for everyone signed in, and the list of schools is
# where any of them is found: it names them all, and says of none who helps it. No other
# page has to name a school to somebody of another, but for the evaluator, whose work is
# to know which schools are in the programme; who helps whom is not.
NAMED_IN = ("schools", "school_export")
NAMED_TO_EVALUATORS = ("memberships", "membership_export")
TOTALS = ("day_totals", "day_totals_export")
SEES_NOT = (
    *("mentor_head", "mentee_head", "stranger_head", "delegate", "two_roles"),
    *("director", "other_director", "evaluator", "nobody"),
)
OK = 200


@pytest.fixture
def planted(scene: Scene) -> Pairing:
    """Plant a word in every text of a foreign couple, its days and people."""
    mentor, mentee = (
        factories.EstablishmentFactory.create(school__name=CANARIES[name]).school
        for name in NAMES
    )
    pairing = factories.PairingFactory.create(
        mentor__school=mentor,
        mentee__school=mentee,
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


def addresses(
    scene: Scene, who: str, words: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield what the access table opens, every list asked for `words`, and every file.

    Each comes after its name in the resolver; totals are added up in every way.
    """
    for name, row in ACCESS.items():
        if "own" in row.get and row.get["own"].get(who) == OK:
            yield name, reverse(name, kwargs=row.arguments["own"](scene, who))
    for name in LISTS:
        for word in words:
            yield name, f"{reverse(name)}?q={word.lower()}"
    for name in FILES:
        for kind in ("csv", "xlsx"):
            kwargs = {**ACCESS[name].arguments["own"](scene, who), "kind": kind}
            yield name, reverse(name, kwargs=kwargs)
    for name in TOTALS:
        for by in BY:
            kwargs = ACCESS[name].arguments["own"](scene, who)
            yield name, f"{reverse(name, kwargs=kwargs)}?by={by}&year="


def text_of(answer: HttpResponseBase) -> str:
    """Return what an answer holds, a workbook unpacked."""
    body = answer.getvalue()
    if not body.startswith(b"PK"):
        return str(body.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return " ".join(
            book.read(each).decode(errors="replace") for each in book.namelist()
        )


def shown(client: Client, address: str, planted: Iterable[str]) -> set[str]:
    """Return the words, of those that were planted, that an address shows."""
    answer = client.get(address)
    text = text_of(answer) if answer.status_code == OK else ""
    return {word for word in planted if word in text}


def may_be_named(name: str, who: str) -> bool:
    """Return whether an address, by its name, may name any school."""
    is_evaluator = who == "evaluator"
    return name in NAMED_IN or (is_evaluator and name in NAMED_TO_EVALUATORS)


@pytest.mark.parametrize("who", SEES_NOT)
def test_no_role_reads_what_is_another_schools(
    scene: Scene, planted: Pairing, who: str
) -> None:
    client, named = scene.client(who), {CANARIES[name] for name in NAMES}
    found = {}
    for name, address in addresses(scene, who, CANARIES.values()):
        words = shown(client, address, CANARIES.values())
        if words := words - named if may_be_named(name, who) else words:
            found[address] = words
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
    words = set(CANARIES.values())
    assert set().union(*(shown(client, page, words) for page in pages)) == words
    names = {CANARIES[name] for name in NAMES}
    for who in ("mentee_head", "director"):
        assert shown(scene.client(who), reverse("schools"), words) == names


LATE = {
    place: f"Canary{place}LateZq"
    for place in ("Words", "Handover", "Reason", "Asked", "Answered", "Why", "Note")
}
LATE_DAYS, ALL_DAYS = "43.5", "44.5"
"""Days given after the mentor had left the trust, and those with the one before."""


@pytest.fixture
def outlived(scene: Scene) -> Pairing:
    """Plant words in a pairing of the mentor, of after it has left the trust.

    One day of support fell before, so that the director may open the pairing.
    """
    left, after = date(2005, 8, 31), date(2005, 9, 1)
    pairing = factories.PairingFactory.create(
        mentor=scene.mentor_membership,
        ended=date(2006, 7, 21),
        words=LATE["Words"],
        handover=LATE["Handover"],
        reason=LATE["Reason"],
    )
    for verb, why in ((TELL.done, LATE["Words"]), ("paused a pairing", LATE["Why"])):
        event = factories.EventFactory.create(
            verb=verb,
            noun="mentoring.pairing",
            noun_id=pairing.pk,
            happened_on=after,
            school_id=pairing.mentee.school_id,
            other_school_id=scene.mentor.pk,
        )
        factories.EventReasonFactory.create(event=event, text=why)
    for asked_on, words in ((left, "When is it?"), (after, LATE["Asked"])):
        factories.PairingQueryFactory.create(
            pairing=pairing,
            asked_on=asked_on,
            words=words,
            answered_on=after,
            answer=LATE["Answered"],
        )
    factories.SupportDayFactory.create(pairing=pairing, given_on=left, second_half=True)
    for is_whole in (*[True] * 43, False):
        factories.SupportDayFactory.create(
            pairing=pairing, given_on=after, second_half=is_whole, note=LATE["Note"]
        )
    return pairing


def of_a_pairing(pairing: Pairing) -> list[tuple[str, str]]:
    """Return the addresses that show one pairing, each after its name."""
    asked = f"?pairing={pairing.pk}&year="
    return [
        ("pairing", pairing.get_absolute_url()),
        ("timeline", reverse("timeline", kwargs={"pk": pairing.mentor.school_id})),
        *((name, f"{reverse(name)}{asked}") for name in ("days", "day_totals")),
        *(
            (name, f"{reverse(name, kwargs={'kind': 'csv'})}{asked}")
            for name in ("day_export", "day_totals_export")
        ),
        ("pairings", reverse("pairings")),
        ("pairing_export", reverse("pairing_export", kwargs={"kind": "csv"})),
    ]


@pytest.mark.parametrize("who", ["director", "other_director"])
def test_no_director_reads_what_is_after_the_schools_time_in_the_trust(
    scene: Scene, outlived: Pairing, who: str
) -> None:
    client = scene.client(who)
    found = {
        address: words
        for _name, address in addresses(scene, who, LATE.values())
        if (words := shown(client, address, LATE.values()))
    }
    planted = (*LATE.values(), LATE_DAYS, ALL_DAYS)
    for name, address in of_a_pairing(outlived):
        if words := shown(client, address, planted):
            found[name] = words
    assert found == {}
    opens = client.get(outlived.get_absolute_url()).status_code == OK
    assert opens == (who == "director")


@pytest.mark.parametrize("who", ["mentor_head", "officer"])
def test_what_is_after_is_there_for_who_may_read_it(
    scene: Scene, outlived: Pairing, who: str
) -> None:
    """The control: the head of the mentor, and staff, find all of it."""
    client, planted = scene.client(who), {*LATE.values(), ALL_DAYS}
    seen = {
        name: shown(client, address, planted)
        for name, address in of_a_pairing(outlived)
    }
    assert seen["pairing"] == planted - {LATE["Note"]}
    assert seen["timeline"] == {LATE["Words"], LATE["Why"]}
    assert seen["day_export"] == {LATE["Note"]}
    assert seen["pairing_export"] == {LATE["Reason"], ALL_DAYS}
    for name in ("pairings", "days", "day_totals", "day_totals_export"):
        assert seen[name] == {ALL_DAYS}
