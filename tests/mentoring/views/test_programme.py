import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from mentoring.models import Event, Programme
from schools.models import Role
from tests.harness.signing_in import sign_in
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
PATH = reverse("programme")


@pytest.fixture
def officer(db: None) -> Client:
    client = Client()
    sign_in(client, world.a_person(Role.Kind.STAFF))
    return client


def settings(**changes: object) -> dict[str, object]:
    """Return what the form sends when only `changes` are typed."""
    held = model_to_dict(Programme.the())
    held.pop("id")
    held.pop("demo_today", None)
    sent = {name: "" if value is None else value for name, value in held.items()}
    return sent | {"grant_pence": "9,000"} | changes


def test_the_title_says_what_the_settings_come_to(officer: Client) -> None:
    page = officer.get(PATH).content.decode()
    assert (
        "Gains are measured by Grade 5+ in English and maths; mentees come from the "
        "bottom quarter by Progress 8"
    ) in page
    assert 'value="9,000"' in page


def test_money_is_typed_in_pounds_and_kept_in_pence(officer: Client) -> None:
    sent = settings(grant_pence="£8,250.50")
    page = officer.post(PATH, sent, follow=True).content.decode()
    assert Programme.the().grant_pence == 825_050
    assert "The settings are changed" in page
    assert 'value="8,250.50"' in page


def test_saving_what_is_the_same_says_that_nothing_changed(officer: Client) -> None:
    page = officer.post(PATH, settings(), follow=True).content.decode()
    assert "Nothing was different" in page
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("grant_pence", "", "Enter an amount in pounds"),
        ("grant_pence", "nine", "Enter an amount in pounds"),
        ("grant_pence", "1.234", "Enter an amount in pounds"),
        ("grant_pence", "-5", "Enter an amount in pounds"),
        ("grant_pence", "99,999,999", "less than 21 million"),
        ("min_publish", "12", "must not decrease"),
        ("least_days_each", "21", "must not decrease"),
        ("most_days_each", "4", "must not decrease"),
        ("ceiling_days_each", "19", "must not decrease"),
        ("ceiling_days_each", "400", "Enter a number of days from 1 to 366."),
        ("days_to_answer", "1", "Leave two working days to answer"),
        ("days_to_answer", "61", "Enter a number of days from 2 to 60."),
        ("days_to_confirm", "0", "Leave two working days to answer"),
        ("days_to_confirm", "91", "Enter a number of days from 1 to 90."),
        ("headline_measure", "P8", "Select a valid choice"),
        ("eligibility_measure", "95EM", "Select a valid choice"),
        ("name", "", "Give the programme a name."),
        ("days_to_answer", "-1", "Enter 0 or more."),
        ("least_days_each", "many", "Enter a whole number, such as 12."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    officer: Client, field: str, typed: str, sentence: str
) -> None:
    before = model_to_dict(Programme.the())
    response = officer.post(PATH, settings(**{field: typed}))
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert sentence in page
    assert model_to_dict(Programme.the()) == before


def test_a_refused_name_is_not_shown_as_the_programmes(officer: Client) -> None:
    sent = settings(name="Another name", grant_pence="x")
    page = officer.post(PATH, sent).content.decode()
    assert 'value="Another name"' in page
    assert "Schools for Schools</title>" in page.replace("\n", "").replace("  ", "")


def test_days_are_settings_that_move_no_figure(officer: Client) -> None:
    sent = settings(ceiling_days_each="30", days_to_answer="5", days_to_confirm="7")
    page = officer.post(PATH, sent, follow=True).content.decode()
    programme = Programme.the()
    assert programme.ceiling_days_each == 30
    assert (programme.days_to_answer, programme.days_to_confirm) == (5, 7)
    assert "The settings are changed." in page
    assert not programme.is_stale
    assert Event.objects.get().changes == {
        "ceiling_days_each": [None, 30],
        "days_to_answer": [10, 5],
        "days_to_confirm": [14, 7],
    }


def test_the_ceiling_is_taken_away_by_leaving_it_empty(officer: Client) -> None:
    officer.post(PATH, settings(ceiling_days_each="30"))
    officer.post(PATH, settings(ceiling_days_each=""))
    assert Programme.the().ceiling_days_each is None
