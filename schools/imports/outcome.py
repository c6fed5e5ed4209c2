"""What an import did: counts, refused rows and notes, and its row in the record."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from schools.imports.table_file import Refusal, TableFile
from schools.models import ImportRun, User

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Report no progress."""


@dataclass(slots=True)
class Outcome:
    """What one file changed.

    `added`, `changed` and `unchanged` count `unit`; `refused` counts rows of the
    file, each once however many of its cells were refused. `moves_figures` says that
    figures shown to people may rest on something that changed. `run` is its row in the
    record, once it is closed.
    """

    kind: ImportRun.Kind
    layout: str
    unit: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    moves_figures: bool = False
    run: ImportRun | None = None

    @property
    def refused(self) -> int:
        """Return how many rows of the file were refused."""
        return len({refusal.row for refusal in self.refusals})

    def summary(self) -> str:
        """Return the counts as one line."""
        return (
            f"added {self.added}, changed {self.changed}, "
            f"unchanged {self.unchanged}, refused {self.refused}"
            f" ({self.unit}; refused counts rows of the file)"
        )


def open_run(
    file: TableFile, kind: ImportRun.Kind, layout: str, *, by: User | None
) -> ImportRun:
    """Record that `file` is being taken in; call it in the import's transaction."""
    now = timezone.now()
    return ImportRun.objects.create(
        kind=kind,
        layout=layout[:100],
        file_name=file.name[:255],
        sha256=file.sha256,
        by=by,
        started_at=now,
        ended_at=now,
    )


def close_run(run: ImportRun, outcome: Outcome, *, at: datetime | None = None) -> None:
    """Record in `run` what the import did."""
    run.ended_at = max(at or timezone.now(), run.started_at)
    run.added = outcome.added
    run.changed = outcome.changed
    run.unchanged = outcome.unchanged
    run.refused = outcome.refused
    run.refused_rows = [_as_json(refusal) for refusal in outcome.refusals]
    run.notes = outcome.notes
    run.save()
    outcome.run = run


def _as_json(refusal: Refusal) -> dict[str, Any]:
    # PostgreSQL's JSON knows no NUL.
    return {
        key: value.replace("\0", "\\0") if isinstance(value, str) else value
        for key, value in asdict(refusal).items()
    }
