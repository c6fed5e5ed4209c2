from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.enrol_school import (
    Effect,
    enrol_school,
    enrol_schools,
)
from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.enrolling import Enrolment
from mentoring.models import (
    EligibilityException,
    Event,
    ImpactSummary,
    Membership,
    SchoolSummary,
)
from results.models import Measure
from schools.models import Role, School, User
from tests.harness.worker import work
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)
AUTUMN = date(2018, 9, 1)


@pytest.fixture
def schools(db: None) -> dict[str, School]:
    made = world.build()
    freeze_eligibility(
        measure=Measure.objects.get(pk="P8"), year=world.YEAR, by=None, on=TODAY
    )
    return made


def enrol(
    school: School,
    role: str = "mentee",
    *,
    joined: date = AUTUMN,
    left: date | None = None,
    why: str = "",
    until: date | None = None,
    by: User | None = None,
    on: date = TODAY,
) -> Membership:
    return enrol_school(
        school=school,
        role=role,
        joined=joined,
        left=left,
        why=why,
        until=until,
        by=by,
        on=on,
    )


def test_a_school_in_the_bottom_quarter_joins_as_a_mentee(
    schools: dict[str, School],
) -> None:
    membership = enrol(schools["Ash"])
    held = Membership.objects.get()
    assert held == membership
    assert (held.role, held.joined, held.left) == ("mentee", AUTUMN, None)
    assert not EligibilityException.objects.exists()


@pytest.mark.parametrize("name", ["Elm", "Kiwi", "Larch", "Nettle"])
def test_a_school_outside_it_may_not_and_is_told_how(
    schools: dict[str, School], name: str
) -> None:
    with pytest.raises(ValidationError, match="say why it is let in"):
        enrol(schools[name])
    assert not Membership.objects.exists()


def test_an_exception_lets_in_and_says_who_why_and_until(
    schools: dict[str, School],
) -> None:
    officer = world.a_person(Role.Kind.STAFF)
    until = date(2019, 8, 31)
    enrol(schools["Elm"], why="  Lost its sixth form. ", until=until, by=officer)
    exception = EligibilityException.objects.get()
    assert (exception.school, exception.why) == (schools["Elm"], "Lost its sixth form.")
    assert (exception.granted_by, exception.granted_on) == (officer, TODAY)
    assert exception.until == until
    event = Event.objects.get(verb="enrolled a school")
    assert event.changes["exception"] == [None, exception.pk]
    assert "sixth form" not in str(event.changes)


def test_an_exception_is_recorded_only_where_it_is_needed(
    schools: dict[str, School],
) -> None:
    enrol(schools["Ash"], why="To be sure.")
    enrol(schools["Kiwi"], role="mentor", why="To be sure.")
    assert not EligibilityException.objects.exists()


def test_an_exception_that_holds_lets_the_school_in_again(
    schools: dict[str, School],
) -> None:
    enrol(schools["Elm"], why="A fire.", left=date(2018, 12, 31))
    enrol(schools["Elm"], joined=date(2019, 1, 1))
    assert EligibilityException.objects.count() == 1


def test_an_exception_that_is_over_lets_nobody_in(schools: dict[str, School]) -> None:
    EligibilityException.objects.create(
        school=schools["Elm"],
        why="A fire.",
        granted_on=date(2018, 1, 1),
        until=date(2019, 2, 28),
    )
    with pytest.raises(ValidationError, match="on any frozen list"):
        enrol(schools["Elm"])
    enrol(schools["Elm"], on=date(2019, 2, 28))


def test_an_exception_cannot_end_before_today(schools: dict[str, School]) -> None:
    with pytest.raises(ValidationError, match="cannot end in its past"):
        enrol(schools["Elm"], why="A fire.", until=date(2019, 2, 28))


def test_a_school_is_entitled_under_any_of_its_urns(schools: dict[str, School]) -> None:
    # Birch's line of the register goes on under Kiwi, and with it its place.
    birch, kiwi = schools["Birch"], schools["Kiwi"]
    birch.establishments.update(school=kiwi)
    School.objects.filter(pk=birch.pk).update(continued_by=kiwi)
    enrol(kiwi)
    assert Membership.objects.get().school == kiwi


def test_a_continued_school_is_refused_and_its_successor_named(
    schools: dict[str, School],
) -> None:
    birch = schools["Birch"]
    birch.continued_by = schools["Kiwi"]
    birch.save()
    with pytest.raises(ValidationError, match=r"Kiwi School \(URN 100011\)"):
        enrol(birch, role="mentor")


def test_a_school_can_be_mentee_and_mentor_at_once(schools: dict[str, School]) -> None:
    enrol(schools["Ash"])
    enrol(schools["Ash"], role="mentor")
    assert schools["Ash"].memberships.count() == 2


def test_a_school_cannot_join_twice_in_one_role(schools: dict[str, School]) -> None:
    enrol(schools["Ash"])
    with pytest.raises(ValidationError, match="already in the programme in this role"):
        enrol(schools["Ash"], joined=date(2019, 1, 1))


def test_two_times_in_a_role_share_no_day(schools: dict[str, School]) -> None:
    enrol(schools["Ash"], left=date(2018, 12, 31))
    with pytest.raises(ValidationError, match="on some of those days"):
        enrol(schools["Ash"], joined=date(2018, 12, 31))
    enrol(schools["Ash"], joined=date(2019, 1, 1))


def test_a_school_cannot_leave_before_it_joins(schools: dict[str, School]) -> None:
    with pytest.raises(ValidationError, match="cannot leave before it joins"):
        enrol(schools["Ash"], left=date(2018, 8, 31))


def test_an_unknown_role_is_refused(schools: dict[str, School]) -> None:
    with pytest.raises(ValidationError, match="not a valid choice"):
        enrol(schools["Ash"], role="friend")


def test_enrolling_is_on_the_schools_timeline(schools: dict[str, School]) -> None:
    officer = world.a_person(Role.Kind.STAFF)
    membership = enrol(schools["Ash"], by=officer)
    event = Event.objects.get(verb="enrolled a school")
    assert (event.who, event.school_id) == (officer, schools["Ash"].pk)
    assert (event.noun, event.noun_id) == ("mentoring.membership", membership.pk)
    assert event.happened_on == AUTUMN
    assert event.changes == {
        "role": [None, "mentee"],
        "state": [None, "active"],
        "since": [None, "2018-09-01"],
        "joined": [None, "2018-09-01"],
    }


def test_enrolling_works_the_figures_out(schools: dict[str, School]) -> None:
    enrol(schools["Ash"])
    work()
    assert ImpactSummary.objects.get().impact["joined"] == 1
    assert SchoolSummary.objects.filter(school=schools["Ash"]).exists()


def test_a_file_is_enrolled_once_and_then_unchanged(schools: dict[str, School]) -> None:
    enrolments = [
        Enrolment(schools["Ash"], "mentee", AUTUMN),
        Enrolment(schools["Kiwi"], "mentor", AUTUMN),
    ]
    first = enrol_schools(enrolments=enrolments, by=None, on=TODAY)
    again = enrol_schools(enrolments=enrolments, by=None, on=TODAY)
    assert first.effects == (Effect.ADDED, Effect.ADDED)
    assert again.effects == (Effect.UNCHANGED, Effect.UNCHANGED)
    assert Membership.objects.count() == 2
    assert Event.objects.filter(verb="enrolled a school").count() == 2


def test_one_refused_row_keeps_all_out(schools: dict[str, School]) -> None:
    enrolments = [
        Enrolment(schools["Ash"], "mentee", AUTUMN),
        Enrolment(schools["Elm"], "mentee", AUTUMN),
    ]
    done = enrol_schools(enrolments=enrolments, by=None, on=TODAY)
    assert not done.is_applied
    assert isinstance(done.effects[1], ValidationError)
    assert not Membership.objects.exists()
    assert not Event.objects.filter(verb="enrolled a school").exists()


def test_good_rows_may_be_kept_alone(schools: dict[str, School]) -> None:
    enrolments = [
        Enrolment(schools["Elm"], "mentee", AUTUMN),
        Enrolment(schools["Ash"], "mentee", AUTUMN),
    ]
    done = enrol_schools(enrolments=enrolments, is_partial=True, by=None, on=TODAY)
    assert done.is_applied
    assert Membership.objects.get().school == schools["Ash"]


def test_a_file_may_add_the_last_day_and_say_nothing_of_it_later(
    schools: dict[str, School],
) -> None:
    left = date(2019, 7, 19)
    enrol(schools["Ash"])
    rows = [Enrolment(schools["Ash"], "mentee", AUTUMN, left)]
    assert enrol_schools(enrolments=rows, by=None, on=TODAY).effects == (
        Effect.CHANGED,
    )
    rows = [Enrolment(schools["Ash"], "mentee", AUTUMN)]
    assert enrol_schools(enrolments=rows, by=None, on=TODAY).effects == (
        Effect.UNCHANGED,
    )
    assert Membership.objects.get().left == left
