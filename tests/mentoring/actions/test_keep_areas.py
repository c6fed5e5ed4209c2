from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.keep_areas import (
    add_area,
    move_area,
    rename_area,
    retire_area,
    take_area_back,
)
from mentoring.models import Area, Event
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)


def names() -> list[str]:
    return [each.name for each in Area.objects.in_use().as_listed()]


@pytest.fixture
def three(db: None) -> list[Area]:
    """Return the only areas beside the lead, all at one place, so by name."""
    Area.objects.special().delete()
    return [factories.AreaFactory.create(name=name) for name in ("Art", "Maths", "PE")]


def move(area: Area, *, is_up: bool) -> bool:
    return move_area(area=area, is_up=is_up, by=None, on=TODAY)


def test_a_new_area_comes_last(three: list[Area]) -> None:
    officer = factories.UserFactory.create()
    area = add_area(name="  Chess   club ", by=officer, on=TODAY)
    assert names() == ["Lead", "Art", "Maths", "PE", "Chess club"]
    event = Event.objects.get()
    assert (event.verb, event.noun_id, event.who) == ("added an area", area.pk, officer)
    assert event.changes == {"name": [None, "Chess club"]}


@pytest.mark.parametrize("name", ["maths", " MATHS ", "lead"])
def test_an_area_is_not_added_twice(three: list[Area], name: str) -> None:
    with pytest.raises(ValidationError, match="an area of this name already"):
        add_area(name=name, by=None, on=TODAY)
    assert not Event.objects.exists()


def test_an_area_has_a_name(three: list[Area]) -> None:
    with pytest.raises(ValidationError):
        add_area(name="  ", by=None, on=TODAY)


def test_the_lead_can_be_renamed(three: list[Area]) -> None:
    assert rename_area(area=Area.lead(), name="Lead mentor", by=None, on=TODAY)
    assert names()[0] == "Lead mentor"
    assert Event.objects.get().changes == {"name": ["Lead", "Lead mentor"]}


def test_the_same_name_is_no_change(three: list[Area]) -> None:
    assert not rename_area(area=three[0], name=" Art", by=None, on=TODAY)
    assert not Event.objects.exists()


def test_an_area_is_not_renamed_to_another(three: list[Area]) -> None:
    with pytest.raises(ValidationError, match="an area of this name already"):
        rename_area(area=three[0], name="pe", by=None, on=TODAY)
    assert names() == ["Lead", "Art", "Maths", "PE"]


def test_areas_change_places(three: list[Area]) -> None:
    assert move(three[2], is_up=True)
    assert names() == ["Lead", "Art", "PE", "Maths"]
    assert Event.objects.get().changes == {"place": [3, 2]}
    assert move(three[0], is_up=False)
    assert names() == ["Lead", "PE", "Art", "Maths"]


def test_the_ends_and_the_lead_stay_where_they_are(three: list[Area]) -> None:
    assert not move(three[0], is_up=True)
    assert not move(three[2], is_up=False)
    assert not move(Area.lead(), is_up=False)
    assert names() == ["Lead", "Art", "Maths", "PE"]
    assert not Event.objects.exists()


def test_a_retired_area_has_no_place_until_it_is_taken_back(three: list[Area]) -> None:
    assert retire_area(area=three[1], by=None, on=TODAY)
    assert names() == ["Lead", "Art", "PE"]
    assert not move(three[1], is_up=True)
    assert not retire_area(area=three[1], by=None, on=TODAY)
    assert take_area_back(area=three[1], by=None, on=TODAY)
    assert not take_area_back(area=three[1], by=None, on=TODAY)
    assert names() == ["Lead", "Art", "Maths", "PE"]
    assert [each.changes for each in Event.objects.order_by("pk")] == [
        {"retired_on": [None, "2006-11-20"]},
        {"retired_on": ["2006-11-20", None]},
    ]


def test_the_lead_is_not_retired(three: list[Area]) -> None:
    with pytest.raises(ValidationError, match="lead area cannot be retired"):
        retire_area(area=Area.lead(), by=None, on=TODAY)
    assert "Lead" in names()
