"""Trusts: how many schools they have on the programme's day, and who left."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.models import Programme
from schools.models import Trust, TrustMembership
from tests import factories
from tests.harness.cast import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(scene: Scene) -> Client:
    return scene.client("officer")


def joined(trust: Trust, started: date | None, ended: date | None = None) -> str:
    school = factories.SchoolFactory.create(name=f"School of {started} {ended}")
    TrustMembership.objects.create(
        trust=trust, school=school, started=started, ended=ended
    )
    return school.name


def test_schools_count_on_the_day_alone(officer: Client, scene: Scene) -> None:
    today, day = Programme.the().today, timedelta(days=1)
    trust = factories.TrustFactory.create(name="Counted Trust")
    inside = [
        joined(trust, None),
        joined(trust, today),
        joined(trust, date(2004, 9, 1), today),
    ]
    before = joined(trust, date(2003, 9, 1), today - day)
    later = joined(trust, today + day)
    TrustMembership.objects.filter(school=scene.mentee).delete()
    TrustMembership.objects.create(trust=trust, school=scene.mentee)
    listed = officer.get(reverse("trusts"), {"q": "Counted"}).content.decode()
    assert "1 trust" in listed
    shown = officer.get(trust.get_absolute_url()).content.decode()
    assert "Counted Trust: 4 schools, 1 in the programme" in " ".join(shown.split())
    for name in inside:
        assert name in shown
    assert later not in shown
    assert shown.index(before) > max(shown.index(name) for name in inside)


def test_a_trust_without_schools_says_so(officer: Client) -> None:
    trust = factories.TrustFactory.create(name="Empty Trust")
    shown = officer.get(trust.get_absolute_url()).content.decode()
    assert "Empty Trust: 0 schools" in " ".join(shown.split())
    assert "No school" in shown
