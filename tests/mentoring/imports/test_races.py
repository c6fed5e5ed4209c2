"""Two people, or two workers, at one upload at once: it is applied once."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring.actions.decide_upload import confirm_upload
from mentoring.imports import job
from mentoring.imports.description import describe
from results.models import Result
from schools.models import ImportRun, Upload
from schools.models.upload import UploadQuerySet
from tests.fixtures import TIDY_HEADER, written
from tests.harness import cast
from tests.harness.cast import TODAY, Scene
from tests.mentoring.imports.sending import Desk

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = ["100101,2018,95EM,end of KS4,final,41,,"]


@pytest.fixture
def shown(transactional_db: None, tmp_path: Path) -> tuple[Scene, Upload]:
    """Return an upload that waits to be confirmed."""
    scene = cast.build()
    return scene, Desk.of(scene).send(written(tmp_path / "a.csv", TIDY_HEADER, ROWS))


def together(act: Callable[[int], Any], count: int = 2) -> list[str]:
    """Let `count` threads act at once; return how each ended."""
    start = threading.Barrier(count)
    outcomes: list[str] = []

    def one(number: int) -> None:
        try:
            start.wait(timeout=10)
            act(number)
            outcomes.append("done")
        except Exception as error:  # noqa: BLE001 -- told to the test
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def confirmed_together(scene: Scene, upload: Upload) -> list[str]:
    """Let two people confirm what both have on their screens."""
    seen = [Upload.objects.get(pk=upload.pk) for _ in range(2)]
    people = [scene.cast["officer"], scene.cast["administrator"]]

    def confirm(number: int) -> None:
        confirm_upload(
            upload=seen[number],
            seen=str(upload.token),
            is_strict=False,
            by=people[number],
            on=TODAY,
            at=timezone.now(),
        )

    return together(confirm)


def waiting() -> int:
    return DBTaskResult.objects.ready().count()


def test_two_people_who_confirm_at_once_make_one_import(
    shown: tuple[Scene, Upload],
) -> None:
    scene, upload = shown
    assert confirmed_together(scene, upload) == ["done", "done"]
    assert waiting() == 1
    job.apply(upload.pk)
    assert ImportRun.objects.filter(upload=upload).count() == 1


def test_without_the_guard_both_would_have_it_applied(
    shown: tuple[Scene, Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: asked of what was read before, both confirmations get through."""

    def unguarded(rows: UploadQuerySet, upload: Upload, seen: str, **new: Any) -> bool:
        if str(upload.token) != seen:
            return False
        rows.model.objects.filter(pk=upload.pk).update(**new)
        return True

    monkeypatch.setattr(UploadQuerySet, "move", unguarded)
    scene, upload = shown
    assert confirmed_together(scene, upload) == ["done", "done"]
    assert waiting() == 2


def test_two_workers_at_one_upload_apply_it_once(shown: tuple[Scene, Upload]) -> None:
    scene, upload = shown
    confirmed_together(scene, upload)
    assert together(lambda _number: job.apply(upload.pk)) == ["done", "done"]
    upload.refresh_from_db()
    assert upload.state == "applied"
    assert ImportRun.objects.filter(upload=upload).count() == 1
    assert Result.objects.filter(year=2018).count() == 1


def test_a_worker_that_was_given_up_applies_nothing(
    shown: tuple[Scene, Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was only slow: while it writes, another has taken the upload over."""
    scene, upload = shown
    confirmed_together(scene, upload)
    plain = describe

    def slow(*given: Any) -> Any:
        # In the transaction of the slow one, as SQLite has one writer at a time.
        Upload.objects.filter(pk=upload.pk).update(
            token="00000000-0000-0000-0000-000000000001"
        )
        return plain(*given)

    monkeypatch.setattr("mentoring.imports.job.describe", slow)
    job.apply(upload.pk)
    assert not ImportRun.objects.filter(upload=upload).exists()
    assert not Result.objects.filter(year=2018).exists()
    monkeypatch.undo()
    job.apply(upload.pk)
    assert ImportRun.objects.filter(upload=upload).count() == 1


def test_progress_is_seen_while_it_is_written(
    shown: tuple[Scene, Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time, so there only that it is being written."""
    scene, upload = shown
    confirmed_together(scene, upload)
    seen: list[tuple[str, int, int]] = []
    plain = describe

    def look(*given: Any) -> Any:
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT phase, done, total FROM schools_upload")
            seen.extend(cursor.fetchall())
        other.close()
        return plain(*given)

    monkeypatch.setattr(job, "EVERY", 0)
    monkeypatch.setattr("mentoring.imports.job.describe", look)
    job.apply(upload.pk)
    told = (1, 1) if connection.vendor == "postgresql" else (0, 0)
    assert seen == [("writing", *told)]
