"""The list of schools and one school's page, as people ask for them."""

from datetime import date

import pytest
from django.test import Client

from mentoring.actions.recompute import recompute
from mentoring.models import Membership
from results.models import Result
from schools.models import (
    Establishment,
    EstablishmentLink,
    LocalAuthority,
    Role,
    School,
    Succession,
    User,
)
from schools.models.school import searchable
from tests import factories
from tests.harness.signing_in import sign_in
from tests.mentoring.conftest import TODAY, Make


@pytest.fixture
def officer(client: Client, db: None) -> Client:
    user = User.objects.create_user(email="officer@example.org", name="Officer")
    Role.objects.create(user=user, kind="staff", started=date(2000, 1, 1))
    sign_in(client, user)
    return client


@pytest.fixture
def four(make_school: Make, england: None) -> list[School]:
    """Four schools in two authorities, with results of 44, 32, none and hidden."""
    north = LocalAuthority.objects.create(code="901", name="Norham", region="North")
    south = LocalAuthority.objects.create(code="902", name="Sutby", region="South")
    autumn = date(2003, 9, 1)
    schools = [
        make_school(
            "St Thomas à Becket\u2019s School",
            {2003: (30, 100), 2005: (44, 100)},
            autumn,
        ),
        make_school("Saint-Léger High", {2003: (30, 100), 2005: (32, 100)}),
        make_school("Éland Park", {}),
        make_school("Marton", {2003: (30, 100), 2005: "suppressed"}, autumn),
    ]
    for school, authority in zip(schools, (north, north, south, south), strict=True):
        school.authority = authority
        school.search = f"{searchable(school.name)} {school.urn}"
        school.save()
    Membership.objects.filter(school=schools[3]).update(
        state="withdrawn",
        since=date(2005, 8, 31),
        left=date(2005, 8, 31),
        reason="It closed.",
    )
    factories.MembershipFactory.create(school=schools[1], role="mentor", joined=autumn)
    recompute(on=TODAY)
    return schools


def names(client: Client, query: str) -> list[str]:
    answer = client.get(f"/schools/?{query}")
    assert answer.status_code == 200
    return [line.name for line in answer.context["table"].lines()]


BECKET, LEGER, ELAND, MARTON = (
    "St Thomas à Becket\u2019s School",
    "Saint-Léger High",
    "Éland Park",
    "Marton",
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("st thomas a beckets", [BECKET]),
        ("BECKET'S, saint", [BECKET]),
        ("leger", [LEGER]),
        ("st leger", [LEGER]),
        ("eland", [ELAND]),
        ("park  éland!", [ELAND]),
        ("nowhere", []),
    ],
)
def test_search_forgives_accents_case_and_punctuation(
    officer: Client, four: list[School], words: str, found: list[str]
) -> None:
    assert names(officer, f"q={words}") == found


@pytest.mark.parametrize("words", ["%", "*", "!?", "\U0001f600"])
def test_signs_alone_find_nothing(
    officer: Client, four: list[School], words: str
) -> None:
    answer = officer.get("/schools/", {"q": words})
    assert answer.context["total"] == 0


@pytest.mark.parametrize("words", ["a " * 1100, "x" * 60_000])
def test_a_very_long_search_is_refused_with_a_sentence(
    officer: Client, four: list[School], words: str
) -> None:
    answer = officer.get("/schools/", {"q": words})
    assert answer.status_code == 200
    assert "at most 100 characters" in answer.content.decode()


def test_no_address_asks_for_more_than_a_page(
    officer: Client, make_school: Make, england: None
) -> None:
    for number in range(51):
        make_school(f"School {number:02}", {})
    assert len(names(officer, "per_page=1000")) == 50


def test_a_head_finds_the_own_school_at_once(
    client: Client, four: list[School]
) -> None:
    user = User.objects.create_user(email="head@example.org", name="Head")
    Role.objects.create(
        user=user, kind="head", school=four[0], started=date(2000, 1, 1)
    )
    sign_in(client, user)
    shown = client.get(f"/schools/{four[0].pk}/").context["navigation"]
    assert [each.label for each in shown if each.is_current] == ["My school"]
    labels = [each.label for each in shown]
    assert labels.index("My school") == labels.index("Schools") - 1


def test_what_a_role_may_not_do_is_said_in_its_words(
    client: Client, four: list[School]
) -> None:
    user = User.objects.create_user(email="head@example.org", name="Head")
    Role.objects.create(
        user=user, kind="head", school=four[0], started=date(2000, 1, 1)
    )
    sign_in(client, user)
    answer = client.get("/eligibility/")
    assert answer.status_code == 403
    assert "does not let you see who is entitled to help" in answer.content.decode()


def test_a_urn_is_found_as_people_dictate_it(
    officer: Client, four: list[School]
) -> None:
    urn = str(four[2].urn)
    assert names(officer, f"q={urn}") == [ELAND]
    assert names(officer, f"q={urn[:3]}+{urn[3:]}") == [ELAND]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("region=North", {BECKET, LEGER}),
        ("authority=902", {ELAND, MARTON}),
        ("role=any", {BECKET, LEGER}),
        ("role=mentee", {BECKET}),
        ("role=mentor", {LEGER}),
        ("role=mentee_ever", {BECKET, MARTON}),
        ("role=none", {ELAND, MARTON}),
        ("region=North&role=mentor", {LEGER}),
    ],
)
def test_filters_narrow_the_list(
    officer: Client, four: list[School], query: str, found: set[str]
) -> None:
    assert set(names(officer, query)) == found


def test_sorting_by_result_puts_those_without_one_last(
    officer: Client, four: list[School]
) -> None:
    up = names(officer, "sort=result")
    down = names(officer, "sort=-result")
    # Marton's latest is hidden; Éland Park has none at all.
    assert up == [LEGER, BECKET, MARTON, ELAND]
    assert down == [BECKET, LEGER, MARTON, ELAND]


def test_nothing_sorts_by_one_schools_change(
    officer: Client, four: list[School]
) -> None:
    assert names(officer, "sort=change") == names(officer, "")


def test_a_filter_that_is_on_has_its_own_way_out(
    officer: Client, four: list[School]
) -> None:
    answer = officer.get("/schools/?region=North&role=mentee&sort=-result&page=1")
    labels = {each.label: each.remove_url for each in answer.context["active"]}
    assert labels == {
        "Region: North": "/schools/?role=mentee&sort=-result",
        "Role: Mentees": "/schools/?region=North&sort=-result",
    }
    assert 'name="sort" value="-result"' in answer.content.decode()


def test_an_unknown_filter_is_named_and_lists_nothing(
    officer: Client, four: list[School]
) -> None:
    answer = officer.get("/schools/?region=Nowhere")
    assert "This is not one of the choices. Choose one" in answer.content.decode()
    assert [each.label for each in answer.context["active"]] == [
        "Region: Nowhere, not understood"
    ]
    assert answer.context["total"] == 0


def test_an_empty_list_says_what_to_do(officer: Client, four: list[School]) -> None:
    answer = officer.get("/schools/?q=nowhere")
    assert "No school matches. Take a filter away" in answer.content.decode()


def test_fifty_to_a_page(officer: Client, make_school: Make, england: None) -> None:
    for number in range(51):
        make_school(f"School {number:02}", {})
    assert len(names(officer, "")) == 50
    assert names(officer, "page=2") == ["School 50"]


def test_a_missing_figure_says_why(officer: Client, four: list[School]) -> None:
    rows = {
        line.name: line for line in officer.get("/schools/").context["table"].lines()
    }
    assert rows[MARTON].result.reason.startswith("Hidden")
    assert rows[ELAND].result.reason == "No result held"
    assert rows[BECKET].result.value == "44%"
    assert rows[BECKET].change.value == "+7.0"


def test_a_urn_leads_to_the_school_that_has_it_now(
    officer: Client, four: list[School]
) -> None:
    old, new = four[2], four[1]
    Establishment.objects.filter(school=old).update(school=new)
    old.continued_by = new
    old.save()
    assert officer.get(f"/schools/urn/{old.urn}/").url == f"/schools/{new.pk}/"  # type: ignore[attr-defined]  # a redirect
    assert officer.get(f"/schools/{old.pk}/").url == f"/schools/{new.pk}/"  # type: ignore[attr-defined]  # a redirect
    page = officer.get(f"/schools/{new.pk}/").content.decode()
    assert str(old.urn) in page
    assert str(new.urn) in page


def test_markup_in_a_name_is_shown_and_not_obeyed(
    officer: Client, make_school: Make, england: None
) -> None:
    school = make_school("<script>alert(1)</script>", {2003: (3, 30), 2005: (9, 30)})
    recompute(on=TODAY)
    for address in ("/schools/", f"/schools/{school.pk}/"):
        page = officer.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_every_published_result_stands_on_the_page(
    officer: Client, four: list[School]
) -> None:
    page = officer.get(f"/schools/{four[0].pk}/")
    shown = [(row.year, row.value) for row in page.context["results"]]
    assert shown == [(2003, "30.0%"), (2005, "44.0%")]
    assert Result.objects.filter(establishment__school=four[0]).count() == 2


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("closed", "URN 900001 · closed"),
        ("unknown", "URN 900001 · not in the register"),
        ("proposed", "URN 900001 · proposed to open"),
    ],
)
def test_a_school_that_is_not_open_says_so_at_its_head(
    officer: Client, make_school: Make, england: None, status: str, said: str
) -> None:
    school = make_school("Ashby", {})
    shown = officer.get(school.get_absolute_url()).content.decode()
    assert "URN 900001 ·" not in " ".join(shown.split())
    School.objects.filter(pk=school.pk).update(status=status)
    shown = officer.get(school.get_absolute_url()).content.decode()
    assert said in " ".join(shown.split())


def test_an_earlier_urn_says_when_it_went_on_where_no_closing_is_known(
    officer: Client, make_school: Make, england: None
) -> None:
    school = make_school("Ashby", {})
    earlier = factories.EstablishmentFactory.create(urn=800001, school=school)
    link = EstablishmentLink.objects.create(
        predecessor=earlier,
        successor=Establishment.objects.get(urn=school.urn),
        kind="succession",
        date=date(2009, 9, 1),
    )
    words = f"Became {school.urn} on 1 September 2009"
    succession = factories.SuccessionFactory.create(link=link)
    assert words not in officer.get(school.get_absolute_url()).content.decode()
    Succession.objects.filter(pk=succession.pk).update(
        state="accepted", doubt="", decided_at=factories.A_MOMENT
    )
    assert words in officer.get(school.get_absolute_url()).content.decode()
    Establishment.objects.filter(pk=earlier.pk).update(closed=date(2009, 8, 31))
    shown = officer.get(school.get_absolute_url()).content.decode()
    assert words not in shown
    assert "31 August 2009" in shown
