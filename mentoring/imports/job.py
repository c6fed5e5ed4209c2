"""What the worker does with an upload: reads and shows it, or applies it.

A file is read first, telling how far it has got; then everything is written in one
transaction. On PostgreSQL a second connection tells how that goes. SQLite lets nobody
else write meanwhile, so there the page says only that it is being written.
"""

import gzip
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from mentoring.actions.mark_stale import mark_stale
from mentoring.imports.description import Description, describe
from mentoring.imports.kinds import Kind, sorted_by_kind, work_for
from mentoring.imports.taking import (
    Order,
    Taken,
    Work,
    nothing_good,
    programme_day,
)
from mentoring.models import Event
from results.models.choices import ReleaseStatus
from schools.imports.opening import open_file
from schools.imports.refused_file import write_refused
from schools.imports.table_file import FileRefusedError, TableFile
from schools.models import ImportRun, Upload, UploadFile
from schools.naming import counted

State, Phase = Upload.State, Upload.Phase
SILENT = timedelta(seconds=60)
SILENT_WHILE_WRITING = timedelta(minutes=10)
"""How long a worker may say nothing before it counts as broken off."""

EVERY = 0.5
"""Seconds between two reports of progress."""

BROKEN = (
    "Something went wrong that is no fault of the file. Nothing was applied. Start "
    "again; if it happens again, tell whoever looks after this site."
)


class LateError(Exception):
    """Another worker, or a person, has taken the upload over."""


class Beat:
    """Tells how far the work has got, and that somebody is at it."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.phase = Phase.READING
        self.told = 0.0
        self.second: Any = None

    def enter(self, phase: Upload.Phase) -> None:
        """Say what is done from now on, before a transaction opens."""
        self.phase = phase
        self._tell(0, 0)

    def show(self, done: int, total: int) -> None:
        """Say that `done` of `total` is done, now and then; a total of 0 is unknown."""
        now = time.monotonic()
        if now - self.told < EVERY:
            return
        if self.phase == Phase.READING:
            self._tell(done, total)
        elif connection.vendor == "postgresql":
            self._tell_from_outside(done, total)
        self.told = now

    def _values(self, done: int, total: int) -> dict[str, Any]:
        silent = SILENT if self.phase == Phase.READING else SILENT_WHILE_WRITING
        return {
            "phase": self.phase.value,
            "done": min(done, total) if total else done,
            "total": total,
            "leased_until": timezone.now() + silent,
        }

    def _tell(self, done: int, total: int) -> None:
        mine = Upload.objects.filter(pk=self.upload.pk, token=self.upload.token)
        if not mine.update(**self._values(done, total)):
            raise LateError

    def _tell_from_outside(self, done: int, total: int) -> None:
        """Tell by a connection of its own: ours shows nothing before it commits."""
        if self.second is None:
            self.second = connection.copy()
        with self.second.cursor() as cursor:
            cursor.execute(
                "UPDATE schools_upload SET phase = %s, done = %s, total = %s, "
                "leased_until = %s WHERE id = %s AND token = %s",
                [
                    *self._values(done, total).values(),
                    *(self.upload.pk, self.upload.token),
                ],
            )

    def close(self) -> None:
        """Let the second connection go."""
        if self.second is not None:
            self.second.close()


def preview(pk: int) -> None:
    """Read the files of an upload and keep what they would change; change nothing."""
    with _at_work(pk, State.READING) as upload:
        if upload is None:
            return
        drop_old_content()
        with _description_of(upload) as (found, _taken):
            transaction.set_rollback(True)
        _show(upload, found)


def apply(pk: int) -> None:
    """Apply a confirmed upload, all of it or nothing.

    Where it would no longer do what was confirmed, nothing is applied and the new
    preview is kept to be looked at.
    """
    with _at_work(pk, State.APPLYING) as upload:
        if upload is None:
            return
        with _description_of(upload) as (found, taken):
            obstacle = _obstacle(upload, found, taken)
            if obstacle:
                transaction.set_rollback(True)
            else:
                _keep(upload, found, taken)
        if obstacle:
            _show(upload, found, obstacle)


@contextmanager
def _at_work(pk: int, state: Upload.State) -> Iterator[Upload | None]:
    """Take the upload over while it is in `state`, and say how it ended if badly."""
    upload = Upload.objects.defer("changes").get(pk=pk)
    leased = timezone.now() + SILENT
    if upload.state != state or not Upload.objects.move(
        upload,
        upload.token,
        leased_until=leased,
        phase=Phase.READING.value,
        done=0,
        total=0,
    ):
        yield None
        return
    try:
        yield upload
    except LateError:
        return
    except FileRefusedError as error:
        is_asked = asks(str(error))
        _end(upload, State.ASKING if is_asked else State.REFUSED, sentence=str(error))
    except Exception:
        _end(upload, State.STOPPED, sentence=BROKEN)
        raise


def asks(sentence: str) -> bool:
    """Return whether a refusal is a question that a person can answer."""
    return "Say it with --" in sentence


def _end(upload: Upload, state: Upload.State, **values: Any) -> None:
    """Leave the upload in `state`, and nobody at work on it."""
    values.setdefault("sentence", "")
    Upload.objects.move(
        upload,
        upload.token,
        state=state.value,
        leased_until=None,
        phase=Phase.WAITING.value,
        **values,
    )


@contextmanager
def _description_of(upload: Upload) -> Iterator[tuple[Description, Sequence[Taken]]]:
    """Do the import in a transaction, and give what it did, the transaction open."""
    beat = Beat(upload)
    is_confirmed = upload.state == State.APPLYING
    try:
        with _laid_out() as folder:
            files = [open_file(path) for path in _paths(upload, folder)]
            found = sorted_by_kind(files, upload.kind)
            rows: dict[str, int] = {}
            for (_, file), lines in zip(found, _lines(upload, found), strict=True):
                _count(file, beat, rows, lines)
            work = work_for(found, _order(upload))
            beat.enter(Phase.WRITING if is_confirmed else Phase.CHECKING)
            with transaction.atomic():
                taken = _done(work, beat)
                yield describe(taken, rows), taken
            _keep_refused(upload, taken, folder)
    finally:
        beat.close()


def _done(work: Work, beat: Beat) -> Sequence[Taken]:
    return work(beat.show)


def _order(upload: Upload) -> Order:
    return Order(
        on=programme_day(),
        by=upload.confirmed_by or upload.by,
        year=upload.year,
        release=ReleaseStatus(upload.release) if upload.release else None,
        why=upload.why,
        is_partial=True,
    )


@contextmanager
def _laid_out() -> Iterator[Path]:
    """Give a folder to lay files out in, for as long as they are read."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _paths(upload: Upload, folder: Path) -> Iterator[Path]:
    for file in upload.files.order_by("position"):
        if file.content is None:
            raise FileRefusedError(
                "The file's content is no longer kept. Send the file again."
            )
        content = bytes(file.content)
        own = folder / str(file.position)
        own.mkdir()
        path = own / file.name
        path.write_bytes(gzip.decompress(content) if file.is_packed_here else content)
        yield path


def _lines(upload: Upload, found: Sequence[tuple[Kind, TableFile]]) -> list[int]:
    """Return how many lines each file has, 0 where that is not known."""
    known = dict(upload.files.values_list("sha256", "lines"))
    return [known.get(file.sha256, 0) for _, file in found]


def _count(file: TableFile, beat: Beat, rows: dict[str, int], lines: int) -> None:
    """Let the file's reader tell how far it has got, and how many rows it met."""
    plain = file.rows

    def told(needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        met = 0
        found = plain(needed)
        while True:
            before = len(file.refused)
            row = next(found, None)
            # Those that the file itself refused never get here.
            met += len(file.refused) - before + (row is not None)
            rows[file.sha256] = met
            if row is None:
                return
            if not met % 500:
                beat.show(row[0], lines)
            yield row

    file.rows = told  # type: ignore[method-assign]


def _keep_refused(upload: Upload, taken: Sequence[Taken], folder: Path) -> None:
    """Keep the refused rows of each file, to be mended and sent again."""
    for each in taken:
        packed = None
        if each.outcome.refusals:
            path = write_refused(each.file, each.outcome.refusals, folder)
            packed = gzip.compress(path.read_bytes(), mtime=0)
        mine = UploadFile.objects.filter(upload=upload, sha256=each.file.sha256)
        mine.update(refused=packed)


def _obstacle(upload: Upload, found: Description, taken: Sequence[Taken]) -> str:
    """Return why nothing may be applied, or nothing."""
    if found.fingerprint != upload.fingerprint:
        return (
            "What is held here has changed since you looked, so nothing was applied. "
            "This is what would be done now."
        )
    refused = sum(each.outcome.refused for each in taken)
    if refused and upload.is_strict:
        return (
            f"Nothing was applied: {counted(refused, 'row is', 'rows are')} refused. "
            "Mend what is refused first."
        )
    return nothing_good(taken)


def _keep(upload: Upload, found: Description, taken: Sequence[Taken]) -> None:
    """Finish what was applied, in its own transaction."""
    runs = [each.outcome.run for each in taken if each.outcome.run]
    ImportRun.objects.filter(pk__in=[run.pk for run in runs]).update(upload=upload)
    on = programme_day()
    for run in runs:
        changes = {"added": [None, run.added], "changed": [None, run.changed]}
        Event.record(
            upload.confirmed_by, "imported a file", run, on=on, changes=changes
        )
    if found.preview["moves_figures"]:
        mark_stale()
    # Last of all: until it commits nobody else may need this row.
    if not Upload.objects.move(
        upload,
        upload.token,
        state=State.APPLIED.value,
        leased_until=None,
        phase=Phase.WAITING.value,
        sentence="",
    ):
        raise LateError
    upload.files.update(content=None)


def _show(upload: Upload, found: Description, sentence: str = "") -> None:
    """Keep the preview for somebody to look at."""
    _end(
        upload,
        State.READY,
        preview=found.preview,
        fingerprint=found.fingerprint,
        changes=found.changes,
        sentence=sentence,
        confirmed_at=None,
        confirmed_by=None,
        is_strict=False,
    )


def drop_old_content() -> None:
    """Drop the content of files that have lain for longer than they are kept."""
    before = timezone.now() - timedelta(days=settings.UPLOAD_KEPT_DAYS)
    UploadFile.objects.filter(upload__sent_at__lt=before, content__isnull=False).update(
        content=None
    )
