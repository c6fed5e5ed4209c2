"""The board of mentors: places, mentees, days planned, given and left, and overload."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mentoring.models import Membership
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.views.words import words

pytestmark = pytest.mark.django_db
PATH = reverse("mentors")


def mentor(
    name: str, *, days: int | None, planned: int = 0, places: int = 2, region: str = ""
) -> Membership:
    school = factories.EstablishmentFactory.create(school__name=name).school
    if region:
        school.authority = factories.LocalAuthorityFactory.create(
            code="990", region=region
        )
        school.save()
    made = factories.MembershipFactory.create(
        school=school, role="mentor", places=places, days_a_year=days
    )
    if planned:
        factories.PairingFactory.create(mentor=made, planned_days=planned)
    return made


def names(scene: Scene, **sent: str) -> list[str]:
    page = scene.client("officer").get(PATH, sent)
    return [str(row.record.school) for row in page.context["table"].page.object_list]


def test_a_row_counts_places_and_days_by_hand(scene: Scene) -> None:
    """40 days offered; 20 and 12 planned; a day and a half given since September."""
    made = mentor("Near Hill", days=40, planned=20, places=3)
    other = factories.PairingFactory.create(mentor=made, planned_days=12)
    ended = factories.PairingFactory.create(
        mentor=made, planned_days=99, ended=date(2006, 10, 20)
    )
    factories.SupportDayFactory.create(pairing=other, second_half=True)
    factories.SupportDayFactory.create(pairing=ended, given_on=date(2006, 9, 1))
    # Not of this year, not to the mentee, and void.
    factories.SupportDayFactory.create(pairing=other, given_on=date(2006, 8, 31))
    factories.SupportDayFactory.create(pairing=other, direction="back")
    factories.SupportDayFactory.create(
        pairing=other,
        state="void",
        voided_on=date(2006, 11, 7),
        why_voided="Wrong day",
    )
    text = words(scene.client("officer").get(PATH))
    urn = made.school.urn
    assert f"Near Hill URN {urn} London 3 2 1 40 32 1.5 38.5 Nearly full 80%" in text


def test_overload_is_said_in_words_at_80_and_100(scene: Scene) -> None:
    for name, planned in (("Calm", 31), ("Close", 39), ("Over", 40)):
        mentor(name, days=40, planned=planned)
    mentor("Silent", days=None, planned=50)
    mentor("Promised nothing", days=0, planned=1)
    page = scene.client("officer").get(PATH)
    text = words(page)
    assert "2 mentors are at or above the days a year offered; 1 at 80% or more" in text
    assert "Has days left 78% of its days" in text
    assert "Nearly full 98% of its days" in text
    assert "Full or overloaded 100% of its days" in text
    assert "Full or overloaded No days offered" in text
    html = page.content.decode()
    assert html.count("tag-attention") == 1
    assert html.count("tag-refused") == 2


def test_what_was_given_overloads_too(scene: Scene) -> None:
    made = mentor("Busy", days=1, planned=0)
    pairing = factories.PairingFactory.create(mentor=made)
    for day in (1, 2):
        factories.SupportDayFactory.create(
            pairing=pairing, given_on=date(2006, 11, day), second_half=True
        )
    text = words(scene.client("officer").get(PATH))
    assert "1 0 2 \u22121 Full or overloaded 200% of its days" in text


def test_the_title_says_how_much_room_there_is(scene: Scene) -> None:
    Membership.objects.mentors().delete()
    assert "No mentor is in the programme" in words(scene.client("officer").get(PATH))
    full = mentor("Full", days=None, places=1)
    factories.PairingFactory.create(mentor=full)
    mentor("Free", days=None, places=4)
    text = words(scene.client("officer").get(PATH))
    assert "1 of 2 mentors has room: 4 places free" in text
    assert "No mentor is near the days a year" in text


def test_it_is_narrowed_by_room_region_load_and_words(scene: Scene) -> None:
    full = mentor("Full Hill", days=40, planned=40, places=1)
    mentor("Free Hill", days=40, planned=1, region="North West")
    assert full.school.name == "Full Hill"
    assert names(scene, room="no") == ["Full Hill"]
    assert names(scene, room="yes") == ["Beacon High School", "Free Hill"]
    assert names(scene, region="North West") == ["Free Hill"]
    assert names(scene, load="over") == ["Full Hill"]
    assert names(scene, q="hill", load="nearly") == ["Full Hill"]
    assert names(scene, region="Atlantis") == []


def test_it_is_sorted_and_what_is_not_known_comes_last(scene: Scene) -> None:
    mentor("Ash", days=40, planned=10)
    mentor("Birch", days=40, planned=30, places=5)
    assert names(scene, sort="-used") == ["Birch", "Ash", "Beacon High School"]
    assert names(scene, sort="used") == ["Ash", "Birch", "Beacon High School"]
    assert names(scene, sort="-left_of")[-1] == "Beacon High School"
    assert names(scene, sort="-free")[0] == "Birch"
    assert names(scene, sort="-planned")[0] == "Birch"
    assert names(scene, sort="-school")[0] == "Birch"
    assert names(scene, sort="halves") != []


def test_those_who_left_are_not_on_it(scene: Scene) -> None:
    gone = mentor("Gone", days=40)
    Membership.objects.filter(pk=gone.pk).update(
        state="completed", left=date(2006, 7, 20), since=date(2006, 7, 20)
    )
    assert names(scene) == ["Beacon High School"]


def test_the_files_hold_what_is_listed(scene: Scene) -> None:
    mentor("=Near Hill", days=40, planned=32, places=3)
    client = scene.client("officer")
    answer = client.get(
        reverse("mentor_export", kwargs={"kind": "csv"}), {"load": "nearly"}
    )
    assert 'filename="mentors-2006-11-20.csv"' in answer["Content-Disposition"]
    content = b"".join(answer).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["name"] == "'=Near Hill"
    assert {name: row[name] for name in list(row)[4:]} == {
        "state": "active",
        "places": "3",
        "mentees": "1",
        "places_free": "2",
        "days_a_year": "40",
        "days_planned_a_year": "32",
        "days_given_since_1_september": "0.0",
        "days_left": "40.0",
        "per_cent_of_days": "80.0",
        "load": "nearly full",
    }
    answer = client.get(reverse("mentor_export", kwargs={"kind": "xlsx"}))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    sheet = book.get_sheet_by_name("Mentors").to_python()
    assert [line[1] for line in sheet] == ["name", "=Near Hill", "Beacon High School"]


def test_a_file_of_what_is_not_understood_is_the_page(scene: Scene) -> None:
    answer = scene.client("officer").get(
        reverse("mentor_export", kwargs={"kind": "csv"}), {"room": "x"}
    )
    assert answer["Location"] == f"{PATH}?room=x"
