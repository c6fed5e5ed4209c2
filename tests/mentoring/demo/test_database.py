import pytest

from mentoring.demo.database import Held, empty, held
from mentoring.demo.load import load_world
from mentoring.demo.people import set_password
from mentoring.demo.world import World
from mentoring.models import Event, Membership
from results.models import Measure, MeasureBreak, NationalFigure
from schools.models import School, User
from tests.factories import EstablishmentFactory, UserFactory
from tests.harness.database import triggers

pytestmark = pytest.mark.django_db


def test_a_migrated_database_holds_nothing() -> None:
    assert held() is Held.NOTHING


def test_a_school_makes_it_real() -> None:
    EstablishmentFactory.create()
    assert held() is Held.REAL


def test_a_person_makes_it_real() -> None:
    UserFactory.create()
    assert held() is Held.REAL


def test_a_real_database_is_not_emptied() -> None:
    school = EstablishmentFactory.create().school
    with pytest.raises(ValueError, match="Only a demonstration may be emptied"):
        empty()
    assert School.objects.get() == school


def test_a_real_database_gets_no_shared_password() -> None:
    user = UserFactory.create(email="staff@schools.example")
    with pytest.raises(ValueError, match="Only a demonstration"):
        set_password("well known")
    user.refresh_from_db()
    assert not user.has_usable_password() or not user.check_password("well known")


def test_a_demonstration_is_emptied_and_its_guards_stand_again(
    few_schools: World,
) -> None:
    before = triggers()
    measures, breaks = Measure.objects.count(), MeasureBreak.objects.count()
    load_world(few_schools)
    assert held() is Held.DEMONSTRATION
    empty()
    assert held() is Held.NOTHING
    for model in (School, User, Event, Membership, NationalFigure):
        assert not model._default_manager.exists()
    assert (Measure.objects.count(), MeasureBreak.objects.count()) == (measures, breaks)
    assert triggers() == before


def test_an_emptied_database_takes_the_demonstration_again(few_schools: World) -> None:
    load_world(few_schools)
    empty()
    load_world(few_schools)
    assert Membership.objects.joined_ever().count() == 46 + 4
