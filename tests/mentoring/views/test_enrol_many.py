"""Schools ticked in the list are enrolled together, shown first, and taken back."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import EligibilityException, EnrolmentSet, Membership
from mentoring.pages.enrol_many import standing_words
from schools.models import School
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.steps_world import step
from tests.mentoring.views.test_membership_steps import words
from tests.walk.lists import sets as add_sets

URL = "/memberships/enrol/"


@pytest.fixture
def officer(scene: Scene) -> Client:
    return scene.client("officer")


def terms(*schools: School, **given: Any) -> dict[str, Any]:
    return {
        "schools": ",".join(str(school.pk) for school in schools),
        "token": str(uuid4()),
        "query": "region=North&page=2",
        "role": "mentor",
        "start": "active",
        "joined": "2006-09-01",
        "others": "leave_out",
        "why": "",
        **given,
    }


def test_the_list_has_a_box_for_each_school_and_says_which(
    scene: Scene, officer: Client
) -> None:
    page = officer.get("/schools/").content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*name="school"[^>]*>', page)
    assert len(boxes) == School.objects.count()
    assert not any("checked" in box for box in boxes)
    assert '<span class="unseen">Alder Grove School</span>' in page
    assert f"all {len(boxes)} schools that match" in page
    others = scene.client("finance").get("/schools/").content.decode()
    assert 'name="school"' not in others
    ticked = officer.get("/schools/?tick=page").content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*name="school"[^>]*>', ticked)
    assert all("checked" in box for box in boxes)


def test_ticked_schools_are_shown_with_who_is_entitled(
    scene: Scene, officer: Client
) -> None:
    sent = {"which": "ticked", "school": [scene.mentee.pk, scene.stranger.pk]}
    text = words(officer.post(URL, sent))
    assert "Invite or enrol 2 schools" in text
    assert "1 of them entitled to join as a mentee" in text
    assert "Cedar Park Academy URN 100103 Not entitled" in text


def test_all_that_match_are_those_of_the_filters(officer: Client) -> None:
    sent = {"which": "all", "query": "q=cedar&status=open&page=3"}
    response = officer.post(URL, sent)
    assert "Invite or enrol 1 school" in words(response)
    assert "/schools/?q=cedar&amp;status=open&amp;page=3" in response.content.decode()


@pytest.mark.parametrize("school", [[], ["x"], ["9" * 30]])
def test_where_nothing_is_ticked_it_says_so(officer: Client, school: list[str]) -> None:
    text = words(officer.post(URL, {"which": "ticked", "school": school}))
    assert "No school is ticked" in text


def test_what_each_gets_is_shown_before_anything_is_done(
    scene: Scene, officer: Client
) -> None:
    both = terms(scene.mentor, scene.stranger, stage="preview")
    text = words(officer.post(URL, both))
    assert "1 school will be enrolled, 1 is already in" in text
    assert "Will be a mentor from 1 September 2006." in text
    assert "Nothing has been done yet." in text
    assert not EnrolmentSet.objects.exists()


def test_confirming_twice_makes_one_set_and_keeps_the_list(
    scene: Scene, officer: Client
) -> None:
    sent = terms(scene.mentor, scene.stranger, stage="confirm")
    first, again = (officer.post(URL, sent) for _ in range(2))
    assert first.url == again.url  # type: ignore[attr-defined]  # a redirect
    assert EnrolmentSet.objects.count() == 1
    response = officer.get(first.url)  # type: ignore[attr-defined]  # same
    assert "1 school of 2 invited or enrolled together" in words(response)
    assert "/schools/?region=North&amp;page=2" in response.content.decode()


def test_others_are_let_in_for_a_reason_that_must_be_given(
    scene: Scene, officer: Client
) -> None:
    sent = terms(scene.stranger, role="mentee", others="let_in", stage="confirm")
    assert "Say why they are let in." in words(officer.post(URL, sent))
    officer.post(URL, {**sent, "why": "Its roof fell in."})
    assert (
        EligibilityException.objects.get(school=scene.stranger).why
        == "Its roof fell in."
    )
    assert Membership.objects.get(school=scene.stranger).role == "mentee"


def test_an_invitation_comes_before_enrolling_at_once(
    scene: Scene, officer: Client
) -> None:
    asked = officer.post(URL, {"which": "ticked", "school": [scene.stranger.pk]})
    text = words(asked)
    assert text.index("Invite: the head") < text.index("Enrol at once: the school has")
    assert asked.context["form"]["start"].value() == "invited"
    invited = terms(scene.stranger, start="invited", joined="", stage="preview")
    assert "Each head is asked and accepts or declines" in words(
        officer.post(URL, invited)
    )
    enrolled = terms(scene.stranger, stage="preview")
    assert "Schools that have not agreed are invited instead" in words(
        officer.post(URL, enrolled)
    )


@pytest.mark.parametrize(
    ("link", "start"),
    [
        ("Invite this school", "invited"),
        ("Enrol at once, if it has already agreed", "active"),
    ],
)
def test_a_school_is_invited_or_enrolled_at_once_from_its_page(
    scene: Scene, officer: Client, link: str, start: str
) -> None:
    page = officer.get(scene.stranger.get_absolute_url()).content.decode()
    found = re.search(rf'href="([^"]+)">{link}</a>', page)
    assert found
    form = officer.get(found[1]).context["form"]
    assert form["start"].value() == start


def test_a_start_that_there_is_not_is_an_invitation(
    scene: Scene, officer: Client
) -> None:
    url = reverse("enrol", kwargs={"pk": scene.stranger.pk})
    form = officer.get(f"{url}?start=dance").context["form"]
    assert form["start"].value() == "invited"


def test_an_invitation_of_many_needs_no_day(scene: Scene, officer: Client) -> None:
    sent = terms(scene.stranger, start="invited", joined="", stage="confirm")
    officer.post(URL, sent)
    assert Membership.objects.get(school=scene.stranger).state == "invited"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"role": ""}, "Choose mentee or mentor."),
        ({"joined": ""}, "Enter a date."),
        ({"schools": "1,x"}, "was not understood"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    scene: Scene, officer: Client, wrong: dict[str, str], sentence: str
) -> None:
    sent = terms(scene.stranger, why="As typed.", stage="confirm", **wrong)
    response = officer.post(URL, sent)
    assert sentence in words(response)
    assert "As typed." in response.content.decode()
    assert not EnrolmentSet.objects.exists()


def test_where_none_can_come_in_there_is_nothing_to_confirm(
    scene: Scene, officer: Client
) -> None:
    sent = terms(scene.stranger, role="mentee", stage="confirm")
    text = words(officer.post(URL, sent))
    assert "None of these schools can come in" in text
    assert "Confirm" not in text
    assert not EnrolmentSet.objects.exists()


def test_terms_can_be_changed_after_the_preview(scene: Scene, officer: Client) -> None:
    text = words(officer.post(URL, terms(scene.stranger, stage="change")))
    assert "See what each school gets" in text


def test_a_set_is_taken_back_as_one(scene: Scene, officer: Client) -> None:
    officer.post(URL, terms(scene.stranger, stage="confirm"))
    made = EnrolmentSet.objects.get()
    undo = reverse("enrolment_set_undo", kwargs={"token": made.pk})
    assert "Say why they are taken back." in words(officer.post(undo, {"reason": ""}))
    text = words(officer.post(undo, {"reason": "A slip."}, follow=True))
    assert "1 school taken back: none counts." in text
    assert Membership.objects.get(school=scene.stranger).joined is None
    assert "There is nothing to take back" in words(officer.get(undo))


def test_before_a_set_is_taken_back_it_says_what_becomes_of_exceptions(
    scene: Scene, officer: Client
) -> None:
    before = scene.exception.school
    let_in = factories.EstablishmentFactory.create().school
    sent = {"role": "mentee", "others": "let_in", "why": "A fire."}
    officer.post(URL, terms(before, let_in, stage="confirm", **sent))
    made = EnrolmentSet.objects.get()
    undo = reverse("enrolment_set_undo", kwargs={"token": made.pk})
    text = words(officer.get(undo))
    live = EligibilityException.objects.live_on(made.made_on)
    assert live.filter(school__in=[before, let_in]).count() == 2
    assert "1 exception was granted with them and ends today too." in text
    assert "1 exception was granted separately and still lets its school in" in text
    officer.post(undo, {"reason": "A slip."})
    assert list(live.filter(school__in=[before, let_in])) == [scene.exception]


def test_what_was_enrolled_together_is_found_from_the_memberships(
    scene: Scene, officer: Client
) -> None:
    url = reverse("enrolment_sets")
    assert f'href="{url}"' in officer.get("/memberships/").content.decode()
    assert "No schools have been invited or enrolled together" in words(
        officer.get(url)
    )
    ash = factories.EstablishmentFactory.create(school__name="Ash School").school
    moved = [scene.mentor, scene.stranger, ash]
    officer.post(URL, terms(*moved, stage="confirm"))
    officer.post(URL, terms(scene.mentee, start="invited", stage="confirm"))
    step(Membership.objects.get(school=ash), "withdraw")
    text = words(officer.get(url))
    assert "2 sets of schools invited or enrolled together" in text
    by = f"20 Nov 2006 by {scene.cast['officer']}"
    # On a phone what can be taken back is said below the name, else in its column.
    latest = f"{scene.mentee.name} 1 of 1 school chosen Can be taken back: Yes {by} Yes"
    left = "1; the others were moved since"
    before = (
        f"Ash School and 1 other 2 of 3 schools chosen Can be taken back: {left} "
        f"{by} {left}"
    )
    assert text.index(latest) < text.index(before)
    made = EnrolmentSet.objects.latest_first()[0]
    assert f'href="{made.get_absolute_url()}"' in officer.get(url).content.decode()
    assert f'href="{url}"' in officer.get(made.get_absolute_url()).content.decode()


def test_who_may_not_enrol_has_no_way_to_what_was_enrolled(scene: Scene) -> None:
    page = scene.client("director").get("/memberships/").content.decode()
    assert reverse("enrolment_sets") not in page


def test_a_long_list_of_sets_has_pages(scene: Scene, officer: Client) -> None:
    add_sets(scene, 51)
    first, second = (
        words(officer.get(f"{reverse('enrolment_sets')}?page={page}"))
        for page in (1, 2)
    )
    assert "Showing 1 to 50 of 51 sets" in first
    assert "Showing 51 to 51 of 51 sets" in second
    assert second.count("2 of 2 schools chosen") == 1


@pytest.mark.parametrize(
    ("came_in", "standing", "said"),
    [
        (3, 3, "All"),
        (1, 1, "Yes"),
        (3, 2, "2; the others were moved since"),
        (3, 0, "None; each was moved or taken back since"),
    ],
)
def test_how_much_of_a_set_can_be_taken_back_is_said(
    came_in: int, standing: int, said: str
) -> None:
    assert standing_words(came_in, standing) == said
