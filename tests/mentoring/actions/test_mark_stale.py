"""Figures go stale, are worked out once, and never pass for fresh when they are not."""

from datetime import date

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from mentoring.actions import recompute as module
from mentoring.actions.mark_stale import mark_stale
from mentoring.actions.recompute import catch_up, differences, recompute
from mentoring.models import ImpactSummary, Programme
from tests.harness.worker import work

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)


def test_many_changes_make_one_task() -> None:
    for _ in range(3):
        mark_stale()
    assert DBTaskResult.objects.count() == 1
    assert Programme.the().is_stale
    work()
    assert not Programme.the().is_stale
    assert ImpactSummary.objects.exists()
    assert differences(on=Programme.the().today) == []


def test_a_change_while_one_is_being_worked_out_makes_another_task() -> None:
    mark_stale()
    DBTaskResult.objects.get().claim("at it")
    mark_stale()
    assert DBTaskResult.objects.ready().count() == 1


def test_a_change_that_is_taken_back_leaves_no_mark() -> None:
    with transaction.atomic():
        mark_stale()
        transaction.set_rollback(True)
    assert not Programme.the().is_stale
    assert not DBTaskResult.objects.exists()


def test_figures_that_changed_meanwhile_are_worked_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fresh, days = module.fresh, []

    def disturbed(on: date) -> object:
        found = fresh(on)
        days.append(on)
        if len(days) == 1:
            mark_stale()
        return found

    monkeypatch.setattr(module, "fresh", disturbed)
    mark_stale()
    assert catch_up()
    assert len(days) == 2
    assert not Programme.the().is_stale


def test_figures_that_never_hold_still_stay_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fresh = module.fresh

    def disturbed(on: date) -> object:
        mark_stale()
        return fresh(on)

    monkeypatch.setattr(module, "fresh", disturbed)
    mark_stale()
    assert not catch_up()
    assert Programme.the().is_stale
    assert DBTaskResult.objects.ready().exists()


def test_what_was_read_half_changed_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fresh, tries = module.fresh, []

    def torn(on: date) -> object:
        tries.append(on)
        if len(tries) == 1:
            mark_stale()
            raise KeyError("a school that is gone")
        return fresh(on)

    monkeypatch.setattr(module, "fresh", torn)
    mark_stale()
    assert catch_up()

    monkeypatch.setattr(module, "fresh", lambda _on: 1 / 0)
    mark_stale()
    with pytest.raises(ZeroDivisionError):
        catch_up()


def test_a_command_leaves_nothing_to_be_done() -> None:
    mark_stale()
    recompute(on=TODAY)
    at = ImpactSummary.objects.get().computed_at
    work()
    assert ImpactSummary.objects.get().computed_at == at
