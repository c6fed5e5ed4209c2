"""Letting a school in, moving the last day, ending early; and two people at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mentoring import policies
from mentoring.actions.change_exception import change_exception
from mentoring.actions.end_exception import end_exception
from mentoring.actions.enrol_school import enrol_school
from mentoring.actions.grant_exception import grant_exception
from mentoring.models import EligibilityException, Event, Membership
from schools.models import School
from tests import factories

TODAY = date(2006, 11, 20)
NEXT = date(2006, 12, 24)
WHY = "It asked for help after a fire."


def a_school() -> School:
    return factories.EstablishmentFactory.create(school__name="Ash School").school


def granted(school: School, until: date | None = None) -> EligibilityException:
    by = factories.UserFactory.create()
    return grant_exception(school=school, why=WHY, until=until, by=by, on=TODAY)


@pytest.mark.django_db
def test_a_school_that_is_let_in_may_join() -> None:
    school = a_school()
    assert not policies.is_entitled(school, TODAY)
    exception = granted(school, NEXT)
    assert (exception.why, exception.granted_on, exception.until) == (WHY, TODAY, NEXT)
    assert policies.is_entitled(school, TODAY)
    assert policies.is_entitled(school, NEXT)
    assert not policies.is_entitled(school, date(2006, 12, 25))


@pytest.mark.django_db
def test_the_event_holds_the_dates_and_never_the_reason() -> None:
    exception = granted(a_school(), NEXT)
    change_exception(
        exception=exception, until=None, until_why="More time", by=None, on=TODAY
    )
    end_exception(exception=exception, ended_why="Rebuilt", by=None, on=TODAY)
    events = Event.objects.filter(noun_id=exception.pk).order_by("pk")
    assert [(event.verb, event.changes) for event in events] == [
        ("granted an exception", {"until": [None, "2006-12-24"]}),
        ("changed an exception", {"until": ["2006-12-24", None]}),
        ("ended an exception", {"ended_on": [None, "2006-11-20"]}),
    ]
    exception.refresh_from_db()
    assert (exception.until_why, exception.ended_why) == ("More time", "Rebuilt")


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["", "   "])
def test_a_reason_must_be_given(why: str) -> None:
    with pytest.raises(ValidationError):
        grant_exception(school=a_school(), why=why, until=None, by=None, on=TODAY)
    assert not EligibilityException.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_last_day_is_not_in_the_past() -> None:
    school = a_school()
    past = date(2006, 11, 19)
    with pytest.raises(ValidationError, match="cannot be in the past"):
        granted(school, past)
    exception = granted(school, TODAY)
    with pytest.raises(ValidationError, match="cannot be in the past"):
        change_exception(
            exception=exception, until=past, until_why="A slip", by=None, on=TODAY
        )


@pytest.mark.django_db
def test_a_second_live_exception_is_refused() -> None:
    school = a_school()
    granted(school)
    with pytest.raises(ValidationError, match="an exception that still holds"):
        granted(school)
    assert EligibilityException.objects.count() == 1


@pytest.mark.django_db
def test_a_school_may_be_let_in_again_once_an_exception_is_over() -> None:
    school = a_school()
    end_exception(exception=granted(school), ended_why="A slip", by=None, on=TODAY)
    assert not policies.is_entitled(school, TODAY)
    granted(school, TODAY)
    later = date(2006, 11, 21)
    grant_exception(school=school, why=WHY, until=None, by=None, on=later)
    assert policies.is_entitled(school, later)


@pytest.mark.django_db
def test_an_eligible_or_continued_school_needs_no_exception() -> None:
    school = a_school()
    factories.EligibilityEntryFactory.create(school=school)
    with pytest.raises(ValidationError, match="needs no exception"):
        granted(school)
    goes_on = a_school()
    gone = factories.SchoolFactory.create(continued_by=goes_on)
    with pytest.raises(ValidationError, match="Let that school in instead"):
        granted(gone)


@pytest.mark.django_db
def test_what_is_over_is_not_rewritten() -> None:
    exception = granted(a_school())
    end_exception(exception=exception, ended_why="A slip", by=None, on=TODAY)
    with pytest.raises(ValidationError, match="holds no longer"):
        end_exception(exception=exception, ended_why="Again", by=None, on=TODAY)
    with pytest.raises(ValidationError, match="holds no longer"):
        change_exception(
            exception=exception, until=NEXT, until_why="Late", by=None, on=TODAY
        )
    exception.refresh_from_db()
    assert (exception.ended_why, exception.until) == ("A slip", None)


@pytest.mark.django_db
def test_the_same_last_day_again_changes_nothing() -> None:
    exception = granted(a_school(), NEXT)
    change_exception(exception=exception, until=NEXT, until_why="x", by=None, on=TODAY)
    exception.refresh_from_db()
    assert exception.until_why == ""
    assert Event.objects.filter(noun_id=exception.pk).count() == 1


@pytest.mark.django_db
def test_an_exception_that_ends_leaves_the_school_that_joined_in() -> None:
    school = a_school()
    exception = granted(school)
    enrol_school(
        school=school, role=Membership.Role.MENTEE, joined=TODAY, by=None, on=TODAY
    )
    end_exception(exception=exception, ended_why="A slip", by=None, on=TODAY)
    membership = Membership.objects.get(school=school)
    assert membership.left is None
    assert Membership.objects.live_on(NEXT).filter(school=school).exists()


@contextmanager
def without_trigger() -> Iterator[None]:
    """Take the database's own rule away for a while, and put it back."""
    rule = import_module("mentoring.migrations.0009_exceptions_that_end").one_at_a_time
    with connection.schema_editor() as editor:
        rule.database_backwards("mentoring", editor, None, None)
    try:
        yield
    finally:
        EligibilityException.objects.all().delete()
        with connection.schema_editor() as editor:
            rule.database_forwards("mentoring", editor, None, None)


def granted_together(school: School) -> list[str]:
    """Let two people let the school in at once; return how each ended."""
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def one() -> None:
        try:
            start.wait(timeout=10)
            grant_exception(school=school, why=WHY, until=None, by=None, on=TODAY)
            outcomes.append("granted")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_grant_one_exception() -> None:
    school = a_school()
    assert granted_together(school) == ["granted", "refused"]
    assert EligibilityException.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_alone_keeps_it_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    school = a_school()
    monkeypatch.setattr(policies, "check_can_be_let_in", lambda *_: None)
    assert granted_together(school) == ["granted", "refused"]
    assert EligibilityException.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_either_guard_both_would_be_granted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    school = a_school()
    monkeypatch.setattr(policies, "check_can_be_let_in", lambda *_: None)
    with without_trigger():
        assert granted_together(school) == ["granted", "granted"]
