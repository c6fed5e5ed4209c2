"""The method in words, with the numbers in force."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.recompute import recompute
from mentoring.models import Programme
from results.models import MeasureBreak
from schools.models import Role, School, User
from tests.harness.signing_in import sign_in
from tests.mentoring.conftest import TODAY, Make


@pytest.fixture
def client_of(client: Client, db: None) -> Client:
    user = User.objects.create_user(email="someone@example.org", name="Someone")
    Role.objects.create(user=user, kind="evaluator", started=date(2000, 1, 1))
    sign_in(client, user)
    return client


def page(client: Client) -> str:
    return " ".join(client.get(reverse("method")).content.decode().split())


def test_the_minima_are_the_programmes_own(
    client_of: Client, programme: Programme
) -> None:
    assert "A result of fewer than 6 pupils is hidden everywhere." in page(client_of)
    Programme.objects.update(min_publish=9, min_analyse=14, min_rank=44)
    said = page(client_of)
    assert "A result of fewer than 9 pupils" in said
    assert "A school with fewer than 14 pupils at either end" in said
    assert "A school with fewer than 44 pupils counts" in said
    assert "No average of fewer than 3 schools is shown." in said


def test_every_reason_stands_with_how_many_it_leaves_out(
    client_of: Client, three_mentees: list[School], make_school: Make
) -> None:
    autumn = date(2003, 11, 3)
    make_school("Dale", {2003: "suppressed", 2005: (9, 90)}, autumn)
    make_school("Dell", {2003: "suppressed", 2005: (9, 90)}, autumn)
    recompute(on=TODAY)
    said = page(client_of)
    assert (
        "before the school joined is hidden, because it describes only a few pupils."
        '</th> <td class="num">2</td>' in said
    )
    assert (
        'one of the two years for a fair comparison.</th> <td class="num">0</td>'
        in (said)
    )


def test_breaks_say_what_they_do(client_of: Client, programme: Programme) -> None:
    MeasureBreak.objects.all().delete()
    for year, kind, applies in (
        (1991, "refuse", "crossing"),
        (1992, "caution", "crossing"),
        (1993, "refuse", "endpoint"),
    ):
        MeasureBreak.objects.create(
            year=year, name=f"Break {year}", kind=kind, applies=applies, sentence="So."
        )
    said = page(client_of)
    crossing = "A gain that starts before this year and ends in it or later"
    for year, effect in (
        (1991, f"{crossing} is not given. So."),
        (1992, f"{crossing} is given with a caution. So."),
        (1993, "A gain that starts or ends in this year is not given. So."),
    ):
        assert f"<dt>{year}: Break {year}</dt> <dd>{effect}</dd>" in said


def test_england_is_shown_with_its_sources(client_of: Client, england: None) -> None:
    said = page(client_of)
    assert "3 figures are held for" in said
    assert said.count("<small>made by hand</small>") == 3


def test_downloads_are_offered_to_those_who_may(
    client_of: Client, programme: Programme
) -> None:
    assert reverse("method_gains") in page(client_of)
    Role.objects.update(kind="finance")
    assert reverse("method_gains") not in page(client_of)
    assert reverse("method_groups") in page(client_of)
    school = School.objects.create(name="A school", urn=900001)
    Role.objects.update(kind="head", school=school)
    said = page(client_of)
    assert reverse("method_groups") not in said
    assert reverse("method_england") in said


def test_ranges_are_said_to_be_by_lead_mentor(client_of: Client) -> None:
    said = page(client_of)
    assert "over lead mentors (CR1, mentors less one degrees of freedom)" in said
    assert "With fewer than 20 mentors, so counted, the range from drawing" in said
    assert "unequal spread alone (HC2) is given beside it" in said
