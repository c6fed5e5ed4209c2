import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.enrol_school import enrol_school
from mentoring.models import EligibilityException, Membership, Programme
from schools.models import Role, School
from tests import factories
from tests.harness.signing_in import sign_in
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)
LIST = reverse("exceptions")
WHY = "It asked for help after a fire."


@pytest.fixture
def officer(db: None) -> Client:
    programme = Programme.the()
    programme.demo_today = TODAY
    programme.save()
    return as_a(Role.Kind.STAFF)


def as_a(kind: Role.Kind) -> Client:
    client = Client()
    sign_in(client, world.a_person(kind))
    return client


def words(client: Client, path: str, **query: str) -> str:
    """Return the page's text, without tags, a single space between words."""
    response = client.get(path, query)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def let_in(officer: Client, school: School, until: str = "") -> EligibilityException:
    path = reverse("exception_grant", kwargs={"pk": school.pk})
    officer.post(path, {"why": WHY, "until": until})
    return EligibilityException.objects.get(school=school)


def test_a_school_is_found_by_its_urn_or_by_words(officer: Client) -> None:
    ash, _ = (
        world.a_school("Ash School", 100001),
        world.a_school("Birch School", 100002),
    )
    new = reverse("exception_new")
    answer = officer.get(new, {"q": "100 001"})
    assert answer.headers["Location"] == reverse("exception_grant", args=[ash.pk])
    both = words(officer, new, q="school")
    assert "Ash School" in both
    assert "Birch School" in both
    assert "No school matches." in words(officer, new, q="Zebra")


def test_granting_needs_a_reason_and_keeps_what_was_typed(officer: Client) -> None:
    school = world.a_school("Ash School", 100001)
    path = reverse("exception_grant", kwargs={"pk": school.pk})
    response = officer.post(path, {"why": " ", "until": "2019-04-01"})
    assert "Say why this school is let in." in response.content.decode()
    assert "2019-04-01" in response.content.decode()
    past = officer.post(path, {"why": WHY, "until": "2019-02-28"}).content.decode()
    assert "The last day cannot be in the past." in past
    assert WHY in past
    assert not EligibilityException.objects.exists()


def test_what_was_granted_is_listed_with_who_why_and_until(officer: Client) -> None:
    exception = let_in(officer, world.a_school("Ash School", 100001), "2019-04-01")
    text = words(officer, LIST)
    assert "1 school may join by an exception" in text
    by = exception.granted_by
    assert (
        f"Ash School URN 100001 {WHY} 1 March 2019 by {by} 1 April 2019 Holds "
        "Not joined"
    ) in text


def test_an_evaluator_sees_no_people_and_changes_nothing(officer: Client) -> None:
    exception = let_in(officer, world.a_school("Ash School", 100001))
    evaluator = as_a(Role.Kind.EVALUATOR)
    for path in (LIST, exception.get_absolute_url()):
        text = words(evaluator, path)
        assert WHY in text
        assert str(exception.granted_by) not in text
        assert "End it early" not in text
    assert str(exception.granted_by) in words(officer, exception.get_absolute_url())


def test_the_list_says_whether_the_school_has_joined_since(officer: Client) -> None:
    school = world.a_school("Ash School", 100001)
    let_in(officer, school)
    enrol_school(
        school=school, role=Membership.Role.MENTEE, joined=TODAY, by=None, on=TODAY
    )
    assert "No end Holds 1 March 2019" in words(officer, LIST)


def test_the_list_is_narrowed_by_state_and_words(officer: Client) -> None:
    let_in(officer, world.a_school("Ash School", 100001))
    factories.EligibilityExceptionFactory.create(
        school=world.a_school("Birch School", 100002), until=date(2006, 1, 1), why="Old"
    )
    live = words(officer, LIST, state="live")
    assert "Ash School" in live
    assert "Birch School" not in live
    over = words(officer, LIST, state="over")
    assert "Birch School" in over
    assert "Lapsed" in over
    assert "Ash School" not in over
    assert "Birch School" not in words(officer, LIST, q="a fire")
    assert "Ash School" not in words(officer, LIST, q="birch")


def test_the_last_day_is_moved_and_the_exception_ended_with_reasons(
    officer: Client,
) -> None:
    exception = let_in(officer, world.a_school("Ash School", 100001), "2019-04-01")
    change = reverse("exception_change", kwargs={"pk": exception.pk})
    refused = officer.post(change, {"until": "2019-05-01"}).content.decode()
    assert "Say why the last day is changed." in refused
    officer.post(change, {"until": "2019-05-01", "until_why": "It rebuilds"})
    end = reverse("exception_end", kwargs={"pk": exception.pk})
    assert (
        "Say why this exception ends."
        in officer.post(end, {"ended_why": ""}).content.decode()
    )
    officer.post(end, {"ended_why": "It is rebuilt"})
    text = words(officer, exception.get_absolute_url())
    assert "was let in by an exception that holds no longer" in text
    assert "Changed because: It rebuilds" in text
    assert "Why it ended It is rebuilt" in text
    by = exception.granted_by
    assert (
        f"1 March 2019: Granted, until 1 April 2019, by {by} "
        f"1 March 2019: Last day changed: until 1 May 2019, by {by} "
        f"1 March 2019: Ended early, by {by}"
    ) in text
    again = officer.post(end, {"ended_why": "Again"}).content.decode()
    assert "This exception holds no longer." in again


def test_a_head_finds_no_exception_even_of_its_own_school(officer: Client) -> None:
    school = world.a_school("Ash School", 100001)
    exception = let_in(officer, school)
    head = Client()
    sign_in(head, world.a_person(Role.Kind.HEAD, school))
    assert head.get(exception.get_absolute_url()).status_code == 404
    assert head.get(LIST).status_code == 403
    assert WHY not in words(head, school.get_absolute_url())
