"""Takes back what an import did."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.mark_stale import mark_stale
from mentoring.imports import undoing
from mentoring.models import Event
from schools.models import ImportRun, User

LONGEST = 200
"""Characters of a reason that are kept."""


@transaction.atomic
def undo_import(
    *, run: ImportRun, why: str, by: User | None, on: date, at: datetime
) -> undoing.Extent:
    """Take out what `run` added, put back what it changed, and keep its report.

    Return how many rows that were. Raises ValidationError with the sentence of what
    bars it: a later import, a change made here since, something that hangs on it.
    """
    # The row is locked first: of two people at once the second finds it undone.
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not why.strip():
        raise ValidationError({"why": "Say why it is undone."})
    if sentence := undoing.obstacle(held):
        raise ValidationError(sentence)
    done = undoing.extent(held)
    undoing.take_back(held)
    held.undone_at, held.undone_by, held.undone_why = at, by, why.strip()[:LONGEST]
    held.validate_constraints()
    held.save(update_fields=["undone_at", "undone_by", "undone_why"])
    Event.record(
        by,
        "undid an import",
        held,
        on=on,
        changes={"removed": [None, done.removed], "restored": [None, done.restored]},
    )
    mark_stale()
    return done
