import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.models import EligibilityException, Membership, Programme
from results.models import Measure
from schools.models import Role, School
from tests.harness.signing_in import sign_in
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)


@pytest.fixture
def officer(db: None) -> Client:
    programme = Programme.the()
    programme.demo_today = TODAY
    programme.save()
    client = Client()
    sign_in(client, world.a_person(Role.Kind.STAFF))
    return client


@pytest.fixture
def schools(officer: Client) -> dict[str, School]:
    made = world.build()
    freeze_eligibility(
        measure=Measure.objects.get(pk="P8"), year=world.YEAR, by=None, on=TODAY
    )
    return made


def enrol(school: School) -> str:
    return reverse("enrol", kwargs={"pk": school.pk})


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]  # a response
    main = re.search(r"<main.*</main>", content, re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def test_a_school_on_a_list_is_shown_where_it_stands(
    officer: Client, schools: dict[str, School]
) -> None:
    text = words(officer.get(enrol(schools["Ash"])))
    assert "Ash School is entitled to join as a mentee" in text
    assert "eligible, rank 1 of 11 from the lowest" in text
    assert "Why is it let in?" not in text


def test_enrolling_says_what_it_changed(
    officer: Client, schools: dict[str, School]
) -> None:
    response = officer.post(
        enrol(schools["Ash"]), {"role": "mentee", "joined": "2018-10-01"}, follow=True
    )
    membership = Membership.objects.get()
    assert (membership.role, membership.joined) == ("mentee", date(2018, 10, 1))
    assert response.redirect_chain == [(schools["Ash"].get_absolute_url(), 302)]
    text = words(response)
    assert "Ash School is in the programme as a mentee from 1 October 2018." in text
    assert (
        "Its gain starts from the exams of 2018; those of 2019 are its first in the "
        "programme, part way through the year."
    ) in text


def test_a_mentor_needs_no_list_and_has_no_gain_to_start(
    officer: Client, schools: dict[str, School]
) -> None:
    response = officer.post(
        enrol(schools["Kiwi"]), {"role": "mentor", "joined": "2018-10-01"}, follow=True
    )
    text = words(response)
    assert "Kiwi School is in the programme as a mentor from 1 October 2018." in text
    assert "Its gain starts" not in text


def test_a_school_on_no_list_needs_a_reason_and_nothing_typed_is_lost(
    officer: Client, schools: dict[str, School]
) -> None:
    path = enrol(schools["Elm"])
    assert "Elm School is in the bottom quarter on no frozen list" in words(
        officer.get(path)
    )
    response = officer.post(path, {"role": "mentee", "joined": "2018-10-01"})
    text = words(response)
    assert "There is a problem" in text
    assert "say why it is let in" in text
    assert 'value="2018-10-01"' in response.content.decode()
    assert not Membership.objects.exists()


def test_the_reason_is_kept_as_an_exception(
    officer: Client, schools: dict[str, School]
) -> None:
    officer.post(
        enrol(schools["Elm"]),
        {
            "role": "mentee",
            "joined": "01/10/2018",
            "why": "Its roof fell in.",
            "until": "2019-08-31",
        },
    )
    exception = EligibilityException.objects.get()
    assert (exception.why, exception.until) == ("Its roof fell in.", date(2019, 8, 31))
    assert exception.granted_by is not None
    assert Membership.objects.get().joined == date(2018, 10, 1)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"role": "", "joined": "2018-10-01"}, "Choose mentee or mentor."),
        ({"role": "mentor", "joined": ""}, "Enter a date."),
        ({"role": "mentor", "joined": "2018-02-31"}, "Enter a real date"),
        ({"role": "mentor", "joined": "0018-02-01"}, "between 1900 and 2100"),
    ],
)
def test_what_is_wrong_is_said_plainly(
    officer: Client, schools: dict[str, School], sent: dict[str, str], sentence: str
) -> None:
    text = words(officer.post(enrol(schools["Ash"]), sent))
    assert sentence in text
    assert not Membership.objects.exists()


def test_a_school_already_in_that_role_is_told_so(
    officer: Client, schools: dict[str, School]
) -> None:
    sent = {"role": "mentee", "joined": "2018-10-01"}
    for _ in range(2):
        response = officer.post(enrol(schools["Ash"]), sent)
    assert "already in the programme in this role, or invited." in words(response)
    assert Membership.objects.count() == 1


def test_a_continued_school_points_to_the_one_that_goes_on(
    officer: Client, schools: dict[str, School]
) -> None:
    School.objects.filter(pk=schools["Birch"].pk).update(continued_by=schools["Kiwi"])
    response = officer.get(enrol(schools["Birch"]))
    assert "Birch School has become Kiwi School" in words(response)
    assert enrol(schools["Kiwi"]) in response.content.decode()
    officer.post(enrol(schools["Birch"]), {"role": "mentor", "joined": "2018-10-01"})
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("step", "says"),
    [("withdraw", "Leaves after 31 August 2019"), ("complete", "Completes after 31 ")],
)
def test_what_is_to_end_still_goes_on(
    officer: Client, schools: dict[str, School], step: str, says: str
) -> None:
    officer.post(enrol(schools["Ash"]), {"role": "mentee", "joined": "2018-10-01"})
    address = Membership.objects.get().get_absolute_url()
    sent = {"left": "2019-08-31", "reason": "It moves away."}
    seen = officer.get(f"{address}{step}/").context["form"].initial
    officer.post(f"{address}{step}/", {**seen, **sent})
    text = words(officer.get(address))
    assert "is in the programme as a mentee until 31 August 2019" in text
    assert says in text
    assert "It is in the programme until then, and support goes on." in text
    assert "since 31 August 2019" not in text
