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


def test_the_publishers_capitals_are_shown_as_a_name_and_kept(scene: Scene) -> None:
    Trust.objects.filter(pk=scene.trust.pk).update(name="NORTHERN EDUCATION TRUST")
    director = scene.client("director")
    shown = director.get(scene.trust.get_absolute_url()).content.decode()
    assert "Northern Education Trust: 1 school" in " ".join(shown.split())
    assert "Trust director, Northern Education Trust" in shown
    for address in (reverse("trusts"), scene.mentee.get_absolute_url()):
        page = director.get(address, {"q": "northern EDUCATION"}).content.decode()
        assert "Northern Education Trust" in page
        assert "NORTHERN" not in page
    assert "NORTHERN" not in shown
    scene.trust.refresh_from_db()
    assert scene.trust.name == "NORTHERN EDUCATION TRUST"


def test_names_sort_alike_however_the_publisher_writes_them(officer: Client) -> None:
    Trust.objects.all().update(name="ZEBRA")
    for name in ("GAMMA TRUST", "Beta Trust", "ALPHA TRUST", "delta Trust"):
        factories.TrustFactory.create(name=name)
    in_order = ["ALPHA TRUST", "Beta Trust", "delta Trust", "GAMMA TRUST"]
    for sort, expected in (("name", in_order), ("-name", in_order[::-1])):
        answer = officer.get(reverse("trusts"), {"which": "all", "sort": sort})
        rows = [row.record.name for row in answer.context["table"].rows]
        assert [name for name in rows if name != "ZEBRA"] == expected


def main_of(client: Client, address: str) -> str:
    """Return what a page holds beside its head, its navigation and its foot."""
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.parametrize(
    "who",
    [
        *("finance", "mentor_head", "mentee_head", "stranger_head", "delegate"),
        *("director", "other_director", "evaluator", "administrator"),
    ],
)
def test_published_results_of_a_trust_are_the_same_to_all(
    who: str, officer: Client, scene: Scene
) -> None:
    """Days, needs and money are not on these pages, so nobody sees more or less."""
    for trust in (scene.trust, scene.other_trust):
        address = trust.get_absolute_url()
        assert main_of(scene.client(who), address) == main_of(officer, address)
    address = reverse("trusts")
    assert main_of(scene.client(who), address) == main_of(officer, address)
    own = main_of(officer, scene.trust.get_absolute_url())
    assert scene.mentee.name in own
    assert scene.mentor.name in own  # which left it
    assert scene.mentee.name not in main_of(
        officer, scene.other_trust.get_absolute_url()
    )
    for person in scene.cast.values():
        assert person.email not in own
        assert person.name not in own


def test_only_a_director_has_a_trust_of_their_own(scene: Scene) -> None:
    ways = {
        who: [
            item.url
            for item in scene.client(who).get(reverse("trusts")).context["navigation"]
            if item.label == "My trust"
        ]
        for who in ("officer", "evaluator", "mentee_head", "director", "other_director")
    }
    assert ways == {
        "officer": [],
        "evaluator": [],
        "mentee_head": [],
        "director": [scene.trust.get_absolute_url()],
        "other_director": [scene.other_trust.get_absolute_url()],
    }


def test_without_a_role_no_trust_is_shown(scene: Scene) -> None:
    for address in (reverse("trusts"), scene.trust.get_absolute_url()):
        assert scene.client("nobody").get(address).status_code == 403
        answer = scene.client("anonymous").get(address)
        assert answer.status_code == 302
        assert "/account/sign-in/" in answer["Location"]
