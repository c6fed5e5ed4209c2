"""Every state, role and step through its page; the membership's own page and list."""

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.enrol_school import enrol_school
from mentoring.actions.enrol_together import Terms, enrol_together
from mentoring.models import EligibilityException, Event, Membership
from mentoring.permissions import parties_of
from mentoring.steps.membership import MOVES, State, Step
from schools.models import School, TrustMembership
from tests import factories
from tests.harness.cast import WITH_A_ROLE, Scene
from tests.mentoring.steps_world import JOINED, LATER, TODAY, in_state, start, step

SENT = {"joined": JOINED, "left": LATER, "day": LATER, "reason": "It asked."}


def words(response: Any) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def path(membership: Membership, name: str) -> str:
    return reverse("membership_step", kwargs={"pk": membership.pk, "name": name})


def take(client: Client, membership: Membership, name: str, **given: Any) -> Any:
    sent = {**SENT, "seen": membership.steps_taken, **given}
    return client.post(path(membership, name), sent, follow=True)


def own_school(scene: Scene, who: str) -> School:
    """Return a school of the person's, which is in nothing as a mentor yet."""
    role = scene.roles[who]
    if role.school is not None:
        Membership.objects.filter(school=role.school).delete()
        return role.school
    return scene.stranger


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", WITH_A_ROLE)
def test_each_role_takes_its_own_steps_and_no_others(
    scene: Scene, who: str, state: State
) -> None:
    """Through the page, for every step there is; what is refused changes nothing."""
    school = own_school(scene, who)
    membership = in_state(state, school)
    role, client = scene.roles[who], scene.client(who)
    is_seen = Membership.objects.visible_to(role).filter(pk=membership.pk).exists()
    parties = parties_of(role, school.pk)
    for move in MOVES:
        before, events = row_of(membership), Event.objects.count()
        membership.refresh_from_db()
        answer = take(client, membership, move.name, joined=date(2006, 9, 4))
        if not is_seen:
            assert answer.status_code == 404
        elif not move.is_for(parties):
            assert answer.status_code == 403
        else:
            assert answer.status_code == 200
        may_move = move.may_follow(state, has_joined=membership.joined is not None)
        if is_seen and move.is_for(parties) and may_move:
            assert Event.objects.count() == events + 1, move.name
            membership = renewed(school, state)
        else:
            assert row_of(membership) == before, move.name
            assert Event.objects.count() == events


def row_of(membership: Membership) -> tuple[object, ...]:
    held = Membership.objects.get(pk=membership.pk)
    return held.state, held.since, held.joined, held.left, held.steps_taken


def renewed(school: School, state: State) -> Membership:
    """Return a fresh membership in the state again."""
    Membership.objects.filter(school=school).delete()
    return in_state(state, school)


@pytest.mark.parametrize("move", MOVES, ids=lambda each: each.name)
def test_what_was_typed_is_kept_where_it_is_refused(scene: Scene, move: Step) -> None:
    state = move.sources[0] if move.name != "undo" else State.ACTIVE
    membership = in_state(state, scene.stranger)
    blank = {str(name): "" for name in move.asks if name != "reason"}
    typed = {"reason": "Kept as typed."} if "reason" in move.asks else {}
    sent = {"seen": 99, **({"joined": "1066-01-01"} | blank), **typed}
    response = scene.client("officer").post(path(membership, move.name), sent)
    assert "There is a problem" in words(response)
    if typed:
        assert "Kept as typed." in response.content.decode()
    assert row_of(membership)[0] == state


def test_the_page_says_where_it_stands_and_what_was_done(scene: Scene) -> None:
    membership = step(start(scene.stranger), "pause", scene.cast["officer"])
    text = words(scene.client("officer").get(membership.get_absolute_url()))
    assert "Cedar Park Academy is paused as a mentor since 2 October 2006" in text
    assert "Programme staff: resume, complete or withdraw it." in text
    assert "Why: The school asked for it." in text
    assert "from active to paused" in text
    assert "The officer" in text
    offered = "Resume Complete Withdraw Correct the dates Undo the last step"
    assert offered in text


def test_an_evaluator_reads_what_was_done_without_names(scene: Scene) -> None:
    membership = step(start(scene.stranger), "pause", scene.cast["officer"])
    text = words(scene.client("evaluator").get(membership.get_absolute_url()))
    assert "Not shown to your role" in text
    assert "The officer" not in text
    assert "What you can do now" not in text


def test_a_step_that_was_taken_back_stays_in_the_history(scene: Scene) -> None:
    membership = step(start(scene.stranger), "pause")
    take(scene.client("officer"), membership, "undo", reason="A slip.")
    text = words(scene.client("officer").get(membership.get_absolute_url()))
    assert "is in the programme as a mentor" in text
    assert "Paused Taken back" in text
    assert "Last step taken back" in text


def test_taking_an_entry_back_says_what_becomes_of_its_exception(scene: Scene) -> None:
    officer, other = scene.client("officer"), factories.EstablishmentFactory.create()
    let_in = enrol_school(
        school=other.school,
        role="mentee",
        joined=JOINED,
        why="A fire.",
        by=None,
        on=TODAY,
    )
    text = words(officer.get(path(let_in, "undo")))
    assert "The exception that was granted with it ends today too." in text
    assert "Its exception stays" not in text
    before = start(scene.exception.school, role="mentee")
    response = officer.get(path(before, "undo"))
    assert "Its exception stays as it is" in words(response)
    assert reverse("exception_end", kwargs={"pk": scene.exception.pk}) in (
        response.content.decode()
    )
    take(officer, before, "undo")
    assert scene.exception in EligibilityException.objects.live_on(TODAY)
    mentor = start(scene.exception.school)
    assert "exception" not in words(officer.get(path(mentor, "undo")))


def test_calling_an_invitation_off_says_that_its_exception_stays(
    scene: Scene,
) -> None:
    invited = start(scene.exception.school, "invite", role="mentee")
    response = scene.client("officer").get(path(invited, "call-off"))
    assert "Its exception stays as it is" in words(response)
    end = reverse("exception_end", kwargs={"pk": scene.exception.pk})
    assert end in response.content.decode()
    other = start(scene.stranger, "invite")
    assert "exception" not in words(
        scene.client("officer").get(path(other, "call-off"))
    )


def test_what_cannot_be_done_now_is_said_and_not_offered(scene: Scene) -> None:
    text = words(scene.client("officer").get(path(start(scene.stranger), "resume")))
    assert "This step cannot be taken now" in text


def test_of_two_who_look_the_second_is_told(scene: Scene) -> None:
    membership = start(scene.stranger)
    take(scene.client("officer"), membership, "pause")
    answer = take(scene.client("administrator"), membership, "complete")
    assert "A step was taken since you opened this page" in words(answer)


def test_a_head_finds_the_invitation_and_answers_it(scene: Scene) -> None:
    membership = start(scene.mentee, "invite")
    head = scene.client("mentee_head")
    for page in ("/", scene.mentee.get_absolute_url()):
        text = words(head.get(page))
        assert "Alder Grove School is invited to join as a mentor" in text
    for other in ("officer", "delegate", "mentor_head"):
        assert "is invited to join" not in words(scene.client(other).get("/"))
    text = words(take(head, membership, "accept"))
    assert "is in the programme as a mentor from 1 September 2006." in text
    assert "is invited to join" not in words(head.get("/"))


def test_that_a_school_was_asked_is_not_told_to_strangers(scene: Scene) -> None:
    step(start(scene.mentee, "invite"), "decline")
    page = scene.mentee.get_absolute_url()
    assert "Declined" in words(scene.client("mentee_head").get(page))
    assert "Declined" not in words(scene.client("stranger_head").get(page))
    assert "Active" in words(scene.client("stranger_head").get(page))


def test_a_director_reads_what_fell_while_the_school_was_theirs(scene: Scene) -> None:
    TrustMembership.objects.filter(school=scene.mentee).update(ended=date(2006, 9, 30))
    membership = start(scene.mentee)
    step(membership, "pause")
    text = words(scene.client("director").get(membership.get_absolute_url()))
    assert "Enrolled" in text
    assert "from active to paused" not in text
    late = factories.MembershipFactory.create(
        school=scene.stranger, joined=date(2006, 10, 1)
    )
    factories.TrustMembershipFactory.create(
        school=scene.stranger, trust=scene.trust, ended=date(2006, 9, 30)
    )
    answer = scene.client("director").get(late.get_absolute_url())
    assert answer.status_code == 404


def test_the_table_of_steps_is_there_to_be_read(scene: Scene) -> None:
    text = words(scene.client("mentee_head").get(reverse("membership_steps")))
    assert "Accept" in text
    assert "The head of the school itself" in text
    assert "Active, Paused, Completed, Withdrawn, if it joined" in text


@pytest.fixture
def several(scene: Scene) -> Scene:
    start(scene.mentee, "invite")
    step(start(scene.stranger), "pause")
    return scene


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 4),
        ("state=invited", 1),
        ("state=open", 4),
        ("state=declined", 0),
        ("role=mentee", 1),
        ("wave=2004", 1),
        ("q=cedar", 1),
        ("q=alder&state=invited", 1),
    ],
)
def test_filters_narrow_the_list(several: Scene, query: str, found: int) -> None:
    response = several.client("officer").get(f"{reverse('memberships')}?{query}")
    assert response.context["total"] == found
    counts = {each.label: each.count for each in response.context["counts"]}
    assert (counts["Invited"], counts["Active"], counts["Paused"]) == (1, 2, 1)


def test_the_list_sorts_pages_and_says_when_it_is_empty(several: Scene) -> None:
    client, url = several.client("officer"), reverse("memberships")
    rows = client.get(f"{url}?sort=-school").context["table"].page.object_list
    assert rows[0].record.school == several.stranger
    response = client.get(f"{url}?size=25&q=nowhere")
    assert "No membership matches." in words(response)
    assert "School, town or URN: nowhere" in words(response)
    director = several.client("other_director").get(url)
    assert "No membership is yours to read" in words(director)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_away_as_a_file(several: Scene, kind: str) -> None:
    url = reverse("membership_export", kwargs={"kind": kind})
    response = several.client("officer").get(f"{url}?state=paused")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # streams
    assert content
    if kind == "csv":
        (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        assert (row["urn"], row["state"], row["since"]) == (
            "100103",
            "paused",
            "2006-10-02",
        )
        assert row["reason"] == "The school asked for it."
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert b'name="Memberships"' in book.read("xl/workbook.xml")


def test_who_never_joined_counts_nowhere(scene: Scene) -> None:
    """Invited or called off: no list of the programme has the school in it."""
    start(scene.stranger, "invite")
    client = scene.client("officer")
    for role in ("any", "mentor", "mentee_ever"):
        listed = client.get(f"{reverse('schools')}?role={role}")
        assert "Cedar Park Academy" not in words(listed)
    listed = client.get(f"{reverse('schools')}?role=none")
    assert "Cedar Park Academy" in words(listed)
    made = enrol_together(
        token="00000000-0000-4000-8000-000000000009",  # type: ignore[arg-type]  # as sent
        schools=[School.objects.get(urn=100104)],
        terms=Terms("mentor", State.ACTIVE, TODAY),
        by=None,
        on=TODAY,
    )
    take(client, made.memberships.get(), "undo", reason="The wrong school.")
    assert Membership.objects.joined_ever().count() == 2
    listed = client.get(f"{reverse('schools')}?role=none")
    assert "Dunmore College" in words(listed)


def test_no_file_is_made_of_a_filter_that_is_not_understood(scene: Scene) -> None:
    client = scene.client("officer")
    url = reverse("membership_export", kwargs={"kind": "csv"})
    answer = client.get(f"{url}?state=purple")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{reverse('memberships')}?state=purple",
    )
    assert (
        "This is not one of the choices"
        in client.get(answer["Location"]).content.decode()
    )


def test_what_was_called_off_is_not_shown_as_withdrawn(scene: Scene) -> None:
    step(start(scene.stranger, "invite"), "call-off")
    in_state(State.WITHDRAWN, School.objects.get(urn=100104))
    client, url = scene.client("officer"), reverse("memberships")
    answer = client.get(url)
    counts = {each.label: each for each in answer.context["counts"]}
    assert (counts["Withdrawn"].count, counts["Called off"].count) == (1, 1)
    off, left = (
        client.get(counts["Called off"].url),
        client.get(f"{url}?state=withdrawn"),
    )
    for found, school in ((off, "Cedar Park Academy"), (left, "Dunmore College")):
        (row,) = found.context["table"].page.object_list
        assert row.record.school.name == school
    export = reverse("membership_export", kwargs={"kind": "csv"})
    content = b"".join(client.get(export).streaming_content)  # type: ignore[attr-defined]  # streams
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    states = {row["name"]: row["state"] for row in rows}
    assert states["Cedar Park Academy"] == "called off"
    assert states["Dunmore College"] == "withdrawn"
    row = Membership.objects.get(school=scene.stranger)
    assert "Called off" in words(client.get(row.get_absolute_url()))
    assert "Called off" in words(client.get(scene.stranger.get_absolute_url()))


def test_a_membership_leads_to_the_schools_enrolled_with_it(scene: Scene) -> None:
    made = enrol_together(
        token="00000000-0000-4000-8000-000000000009",  # type: ignore[arg-type]  # as sent
        schools=[scene.stranger],
        terms=Terms("mentor", State.ACTIVE, TODAY),
        by=None,
        on=TODAY,
    )
    page = made.memberships.get().get_absolute_url()
    way = f'href="{made.get_absolute_url()}"'
    assert way in scene.client("officer").get(page).content.decode()
    # Whoever may not take it back has no way there.
    assert way not in scene.client("stranger_head").get(page).content.decode()


def test_the_choice_of_an_enrolment_is_no_option(scene: Scene) -> None:
    page = scene.client("officer").get(
        reverse("enrol", kwargs={"pk": scene.stranger.pk})
    )
    asked = page.content.decode().split("Is it invited, or enrolled at once?")[1]
    assert "(optional)" not in asked.split("</legend>")[0]
