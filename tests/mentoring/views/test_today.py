"""Everyone's first page: what needs them, its action, who has it, what is put aside."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.actions.move_day import keep_day, query_day, take_back_day
from mentoring.actions.recompute import recompute
from mentoring.models import (
    Area,
    Event,
    Membership,
    Pairing,
    SchoolSummary,
    TodoNote,
)
from mentoring.steps.pairing import State
from schools.models import Succession
from tests import factories
from tests.harness.cast import TODAY, Scene
from tests.mentoring.pairings_world import couple, in_state, propose
from tests.mentoring.views.test_membership_steps import words

JOINED = date(2006, 10, 1)


@pytest.fixture
def officer(scene: Scene) -> Client:
    return scene.client("officer")


@pytest.fixture
def pairing(scene: Scene) -> Pairing:
    """A pairing that began fifty days ago, and nobody came."""
    return factories.PairingFactory.create(
        mentor=scene.mentor_membership,
        mentee=scene.mentee_membership,
        started=JOINED,
    )


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/today/{query}")
    return [todo.title for group in page.context["groups"] for todo in group.todos]


def test_a_pairing_without_a_visit_is_told_of_until_somebody_comes(
    scene: Scene, officer: Client, pairing: Pairing
) -> None:
    said = f"{scene.mentor} has not been to {scene.mentee} yet"
    assert said in titles(officer)
    day = factories.SupportDayFactory.create(pairing=pairing, given_on=TODAY)
    assert said not in titles(officer)
    pairing.refresh_from_db()
    assert pairing.latest_day == day.given_on


def test_a_pairing_that_logs_nothing_for_sixty_days_is_told_of(
    scene: Scene, officer: Client
) -> None:
    pairing = factories.PairingFactory.create(
        mentor=scene.mentor_membership, mentee=scene.mentee_membership
    )
    factories.SupportDayFactory.create(pairing=pairing, given_on=date(2006, 9, 22))
    assert not [title for title in titles(officer) if "logged nothing" in title]
    Pairing.objects.update(latest_day=date(2006, 9, 21))
    assert f"{scene.mentor} and {scene.mentee} have logged nothing" in titles(officer)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.ASKED, "wants to know more before it helps"),
        (State.DECLINED, "needs another mentor for Leadership"),
    ],
)
def test_what_staff_must_answer_leads_to_the_answer(
    scene: Scene, officer: Client, state: State, said: str
) -> None:
    in_state(state, scene.mentor_membership, scene.mentee_membership)
    (title,) = [each for each in titles(officer) if said in each]
    page = officer.get("/today/")
    (todo,) = [
        todo
        for group in page.context["groups"]
        for todo in group.todos
        if todo.title == title
    ]
    assert officer.get(todo.url).status_code == 200


def test_the_list_of_refused_needs_holds_those_that_were_not_answered(
    scene: Scene, officer: Client
) -> None:
    for state in (State.DECLINED, State.EXPIRED, State.CALLED_OFF, State.PROPOSED):
        in_state(state, *couple())
    since = Pairing.objects.filter(state=State.EXPIRED)
    since.update(since=TODAY)
    groups = officer.get("/today/").context["groups"]
    (group,) = [each for each in groups if "declined or not" in each.title]
    assert len(group.todos) == 2
    rows = officer.get(group.url).context["table"].page.object_list
    assert sorted(row.record.state for row in rows) == ["declined", "expired"]


def test_a_need_is_told_of_until_somebody_else_is_asked(
    scene: Scene, officer: Client
) -> None:
    in_state(State.DECLINED, scene.mentor_membership, scene.mentee_membership)
    said = f"{scene.mentee} needs another mentor for Leadership"
    assert said in titles(officer)
    propose(couple()[0], scene.mentee_membership)
    assert said not in titles(officer)


def test_a_query_of_a_school_comes_first_and_goes_with_its_answer(
    scene: Scene, officer: Client, pairing: Pairing
) -> None:
    scene.client("mentee_head").post(
        f"/pairings/{pairing.pk}/query/", {"words": "Help began a week later."}
    )
    assert titles(officer)[0] == f"{scene.mentee} asks about its pairing"
    query = pairing.queries.get()
    officer.post(f"/pairings/queries/{query.pk}/answer/", {"answer": "Put right."})
    assert f"{scene.mentee} asks about its pairing" not in titles(officer)
    shown = words(scene.client("mentee_head").get(pairing.get_absolute_url()))
    assert "Put right." in shown


def test_a_mentor_with_nearly_all_its_days_planned_is_told_of(
    scene: Scene, officer: Client, pairing: Pairing
) -> None:
    Pairing.objects.update(planned_days=15)
    mentor = Membership.objects.filter(pk=scene.mentor_membership.pk)
    mentor.update(days_a_year=20)
    assert not [title for title in titles(officer) if "days planned" in title]
    mentor.update(days_a_year=18)
    assert f"{scene.mentor} has 83% of its days planned" in titles(officer)


def note(client: Client, pairing: Pairing, name: str) -> str:
    return words(client.post(f"/today/no_visit/{pairing.pk}/{name}/", follow=True))


def test_somebody_takes_a_thing_and_leaves_it(
    scene: Scene, officer: Client, pairing: Pairing
) -> None:
    assert "You have it." in note(officer, pairing, "take")
    other = words(scene.client("administrator").get("/today/"))
    assert "The officer has it." in other
    assert "You have it." not in note(officer, pairing, "leave")
    assert "Nobody has this any more." in note(officer, pairing, "leave")
    verbs = Event.objects.filter(noun="mentoring.todonote").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "took what needs doing",
        "left what needs doing",
    ]


def test_what_is_put_aside_comes_back_after_a_week_or_when_asked(
    scene: Scene, officer: Client, pairing: Pairing
) -> None:
    title = f"{scene.mentor} has not been to {scene.mentee} yet"
    assert "1 put aside" in note(officer, pairing, "snooze")
    assert title not in titles(officer)
    assert titles(officer, "?show=aside") == [title]
    note(officer, pairing, "unsnooze")
    assert title in titles(officer)
    note(officer, pairing, "snooze")
    TodoNote.objects.update(snoozed_until=date(2006, 11, 19))
    assert title in titles(officer)


def test_what_is_put_aside_is_counted_as_long_as_it_needs_somebody(
    officer: Client, pairing: Pairing
) -> None:
    links = officer.post("/today/links/0/snooze/", follow=True)
    assert links.context["n_aside"] == 1
    assert "2 put aside" in note(officer, pairing, "snooze")
    factories.SupportDayFactory.create(pairing=pairing, given_on=TODAY)
    page = officer.get("/today/?show=aside")
    assert page.context["n_aside"] == page.context["total"] == 1
    Succession.objects.waiting().update(state="apart", decided_at=timezone.now())
    page = officer.get("/today/?show=aside")
    assert page.context["n_aside"] == page.context["total"] == 0
    assert TodoNote.objects.count() == 2
    assert "put aside" not in words(officer.get("/today/"))


@pytest.mark.parametrize(
    ("aside", "shown", "rests"), [(0, (6, 2), (0, 0)), (1, (6, 1), (1, 0))]
)
def test_what_is_not_named_is_counted_where_it_belongs(
    officer: Client, aside: int, shown: tuple[int, int], rests: tuple[int, int]
) -> None:
    made = [factories.PairingFactory.create(started=JOINED) for _ in range(8)]
    for pairing in made[:aside]:
        note(officer, pairing, "snooze")
    assert no_visits(officer) == shown
    assert no_visits(officer, "?show=aside") == rests
    for pairing in made[aside:]:
        note(officer, pairing, "snooze")
    assert no_visits(officer) == (0, 0)
    assert no_visits(officer, "?show=aside") == (6, 2)
    assert officer.get("/today/").context["n_aside"] == 8


def no_visits(client: Client, query: str = "") -> tuple[int, int]:
    """Return how many pairings without a visit are named, and how many are not."""
    groups = client.get(f"/today/{query}").context["groups"]
    found = [each for each in groups if each.title.startswith("No visit")]
    return (len(found[0].todos), found[0].more) if found else (0, 0)


@pytest.mark.parametrize(
    ("kind", "said", "later"),
    [
        ("links", "1 link between schools waits", "2 links between schools wait"),
        (
            "days",
            "1 entry waits to be confirmed, 1 for a week",
            "2 entries wait to be confirmed, 2 for a week",
        ),
    ],
)
def test_what_is_counted_is_taken_and_put_aside_as_one_thing(
    scene: Scene, officer: Client, kind: str, said: str, later: str
) -> None:
    factories.SupportDayFactory.create()
    assert said in titles(officer)
    assert "You have it." in words(officer.post(f"/today/{kind}/0/take/", follow=True))
    assert "The officer has it." in words(scene.client("administrator").get("/today/"))
    assert "1 put aside" in words(officer.post(f"/today/{kind}/0/snooze/", follow=True))
    assert said not in titles(officer)
    factories.SupportDayFactory.create()
    factories.SuccessionFactory.create()
    assert later not in titles(officer)
    aside = words(officer.get("/today/?show=aside"))
    assert f"{later} " in aside
    assert "Put aside until 27 November 2006" in aside
    TodoNote.objects.update(snoozed_until=TODAY - timedelta(days=1))
    shown = words(officer.get("/today/"))
    assert later in shown  # with what came meanwhile
    assert "Put aside until" not in shown
    assert "You have it." in shown


@pytest.mark.parametrize("path", ["links/1", "days/7", "load/0", "unknown/0"])
def test_what_is_not_on_the_page_cannot_be_taken(officer: Client, path: str) -> None:
    assert officer.post(f"/today/{path}/take/").status_code == 404
    assert not TodoNote.objects.exists()


def test_a_head_sees_own_pairings_what_to_confirm_and_the_gain(
    scene: Scene, pairing: Pairing
) -> None:
    recompute(on=TODAY)
    foreign = factories.PairingFactory.create(started=JOINED)
    factories.SupportDayFactory.create(pairing=pairing, given_on=TODAY)
    said = words(scene.client("mentee_head").get("/today/"))
    assert "1 entry to confirm" in said
    assert f"{scene.mentor} helps {scene.mentee}" in said
    assert "Log a day of support" in said
    assert str(foreign.mentor.school) not in said
    assert f"{scene.mentee}: " in said


def test_a_mentors_head_is_asked_for_an_answer(scene: Scene) -> None:
    in_state(State.PROPOSED, scene.mentor_membership, scene.mentee_membership)
    said = words(scene.client("mentor_head").get("/today/"))
    assert "1 proposal waits for your answer" in said
    assert "Tell me more" in said
    assert "waits for your answer" not in words(
        scene.client("mentee_head").get("/today/")
    )


def test_a_delegate_reads_who_answers_and_who_asked_waits(scene: Scene) -> None:
    pairing = propose(scene.mentor_membership, scene.mentee_membership)
    head = scene.client("mentor_head")
    assert "1 proposal waits for your answer" in words(head.get("/today/"))
    role = factories.RoleFactory.create(kind="delegate", school=scene.mentor)
    delegate = Client()
    delegate.force_login(role.user)
    said = words(delegate.get("/today/"))
    assert "1 proposal waits for the answer of your head" in said
    assert "Tell me more" not in said
    address = f"{pairing.get_absolute_url()}ask/"
    sent = {"seen": pairing.steps_taken, "words": "How many pupils?"}
    head.post(address, sent)
    said = words(head.get("/today/"))
    assert "waits for your answer" not in said
    assert "More asked for, from" in said


def test_a_head_is_told_of_an_invitation_and_what_was_answered(
    scene: Scene, pairing: Pairing
) -> None:
    factories.MembershipFactory.create(
        school=scene.mentee, role="mentor", state="invited", joined=None, since=TODAY
    )
    day = factories.SupportDayFactory.create(pairing=pairing, given_on=TODAY)
    head = scene.cast["mentee_head"]
    query_day(
        day=day, school=scene.mentee, words="It was half a day.", by=head, on=TODAY
    )
    keep_day(day=day, words="The book has it.", by=None, on=TODAY)
    said = words(scene.client("mentee_head").get("/today/"))
    assert f"{scene.mentee} is invited to join as a mentor" in said
    assert "Half a day of 20 November 2006 stands The book has it." in said
    assert "What we need help in" in said
    later = scene.client("stranger_head").get("/today/")
    assert "The book has it." not in words(later)


def test_what_the_school_itself_took_back_is_no_answer_of_the_programme(
    scene: Scene, pairing: Pairing
) -> None:
    day = factories.SupportDayFactory.create(pairing=pairing, given_on=TODAY)
    query_day(day=day, school=scene.mentee, words="Nobody came.", by=None, on=TODAY)
    take_back_day(day=day, reason="A slip of mine", by=None, on=TODAY)
    said = words(scene.client("mentee_head").get("/today/"))
    assert "Programme staff answered" not in said
    assert "A slip of mine" not in said


def test_what_is_to_end_is_still_a_heads_own(scene: Scene, pairing: Pairing) -> None:
    Pairing.objects.filter(pk=pairing.pk).update(
        state="ended",
        ended=date(2006, 12, 15),
        since=date(2006, 12, 15),
        reason="Its head leaves.",
    )
    said = words(scene.client("mentor_head").get("/today/"))
    assert "ends on 15 December 2006" in said
    assert "Log a day" in said
    listed = words(scene.client("officer").get("/pairings/", {"state": "open"}))
    assert "Ends 15 Dec 2006" in listed
    Pairing.objects.filter(pk=pairing.pk).update(ended=date(2006, 11, 15))
    assert "ends on" not in words(scene.client("mentor_head").get("/today/"))


def test_mentees_that_nobody_leads_are_named(scene: Scene, pairing: Pairing) -> None:
    Pairing.objects.filter(pk=pairing.pk).update(area=Area.lead())
    officer = scene.client("officer")
    needs = f"{scene.mentee} needs a lead mentor"
    assert needs not in words(officer.get("/today/"))
    Pairing.objects.filter(pk=pairing.pk).update(
        state="ended",
        ended=date(2006, 12, 15),
        since=date(2006, 12, 15),
        reason="Its head leaves.",
    )
    said = words(officer.get("/today/"))
    assert f"{needs} Its lead mentor helps until 15 December 2006." in said
    Pairing.objects.filter(pk=pairing.pk).update(ended=TODAY - timedelta(days=1))
    assert f"{needs} Nobody is asked." in words(officer.get("/today/"))
    officer.post(f"/today/alone/{scene.mentee_membership.pk}/snooze/")
    assert needs not in words(officer.get("/today/"))
    Membership.objects.filter(pk=scene.mentee_membership.pk).update(
        state="paused", reason="It moves house."
    )
    assert needs not in words(officer.get("/today/", {"show": "aside"}))


def test_a_school_that_left_needs_no_other_mentor(scene: Scene) -> None:
    declined = in_state(
        State.DECLINED, scene.mentor_membership, scene.mentee_membership
    )
    Pairing.objects.filter(pk=declined.pk).update(since=TODAY)
    officer, needs = scene.client("officer"), f"{scene.mentee} needs another mentor"
    assert needs in words(officer.get("/today/"))
    Membership.objects.filter(pk=scene.mentee_membership.pk).update(
        state="completed", left=TODAY, since=TODAY
    )
    assert needs not in words(officer.get("/today/"))


def test_a_director_sees_own_schools_then_the_programme(scene: Scene) -> None:
    recompute(on=TODAY)
    said = words(scene.client("director").get("/today/"))
    assert str(scene.mentee) in said
    assert str(scene.stranger) not in said
    assert said.index("Our schools") < said.index("The programme")


def test_a_director_reads_what_chance_could_make_of_each_gain(scene: Scene) -> None:
    recompute(on=TODAY)
    gain = {"change": 14.0, "years": 2, "low": -2.5, "high": 16.0, "cohort": 100}
    held = SchoolSummary.objects.filter(school=scene.mentee)
    held.update(gain=gain)
    director, up = scene.client("director"), "up 14.0 points in two years"
    assert (
        f"{scene.mentee} {up} With only 100 pupils a year it could be anything from a "
        "fall of about 5 to a rise of about 32 points"
    ) in words(director.get("/today/"))
    held.update(gain={"change": 14.0, "years": 2})
    said = words(director.get("/today/"))
    assert up in said
    assert "pupils a year" not in said  # where the range is not known
    with CaptureQueriesContext(connection) as with_one:
        director.get("/today/")
    for _ in range(29):
        other = factories.TrustMembershipFactory.create(trust=scene.trust).school
        SchoolSummary.objects.create(school=other, gain=gain)
    with CaptureQueriesContext(connection) as with_thirty:
        said = words(director.get("/today/"))
    assert said.count("With only 100 pupils a year") == 29
    assert len(with_thirty) == len(with_one)


def test_signing_in_leads_to_it(scene: Scene, client: Client) -> None:
    user = scene.cast["officer"]
    user.set_password("a long enough password")
    user.save()
    sent = {"login": user.email, "password": "a long enough password"}
    assert client.post("/account/sign-in/", sent).headers["Location"] == "/today/"
