"""A mentor's head is mailed what is asked, and reminded once after five days."""

from datetime import date

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from mentoring.actions.do_daily import do_daily
from mentoring.models import Event, Pairing
from schools.models import Role
from tests import factories
from tests.mentoring.pairings_world import TODAY, couple, propose, step

pytestmark = pytest.mark.django_db
FIFTH, SIXTH = date(2006, 11, 27), date(2006, 11, 28)


@pytest.fixture
def pairing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Pairing:
    """A proposal of Monday the 20th, of which the head has a mail."""
    mentor, mentee = couple()
    for kind in (Role.Kind.HEAD, Role.Kind.DELEGATE):
        factories.RoleFactory.create(kind=kind, school=mentor.school)
    with django_capture_on_commit_callbacks(execute=True):
        return propose(mentor, mentee, words="They begin a new sixth form.")


def test_the_head_alone_is_mailed_with_the_way_to_the_pairing(pairing: Pairing) -> None:
    (sent,) = mail.outbox
    head = Role.objects.get(kind="head", school=pairing.mentor.school).user
    assert sent.to == [head.email]
    assert sent.subject == "A school asks for your help"
    assert f"http://localhost:8000/pairings/{pairing.pk}/" in sent.body
    assert "They begin a new sixth form." in sent.body
    assert "by 4 December 2006" in sent.body


def remind(
    callbacks: DjangoCaptureOnCommitCallbacks, on: date
) -> tuple[int, list[str]]:
    mail.outbox.clear()
    with callbacks(execute=True):
        done = do_daily(on=on)
    return done.reminded, [str(each.subject) for each in mail.outbox]


def test_the_reminder_comes_once_on_the_fifth_working_day(
    pairing: Pairing,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    callbacks = django_capture_on_commit_callbacks
    assert remind(callbacks, date(2006, 11, 24)) == (0, [])
    assert remind(callbacks, FIFTH) == (1, ["A school still waits for your answer"])
    assert remind(callbacks, SIXTH) == (0, [])
    pairing.refresh_from_db()
    assert pairing.reminded_on == FIFTH
    assert Event.objects.filter(verb="reminded of a proposal").count() == 1


def test_who_was_told_more_is_reminded_anew(
    pairing: Pairing,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    callbacks = django_capture_on_commit_callbacks
    remind(callbacks, FIFTH)
    asked = step(Pairing.objects.get(pk=pairing.pk), "ask", on=FIFTH)
    assert remind(callbacks, SIXTH)[0] == 0  # the time to answer rests
    step(asked, "tell", on=SIXTH)
    assert remind(callbacks, date(2006, 12, 4))[0] == 0
    assert remind(callbacks, date(2006, 12, 5))[0] == 1


def test_what_is_answered_is_not_reminded_of(
    pairing: Pairing,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    step(pairing, "decline", on=TODAY)
    assert remind(django_capture_on_commit_callbacks, FIFTH) == (0, [])


def test_a_step_is_undone_although_a_reminder_came_between(
    pairing: Pairing,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    remind(django_capture_on_commit_callbacks, FIFTH)
    held = step(Pairing.objects.get(pk=pairing.pk), "undo")
    assert held.state == "called off"
