"""Records what an import did to rows, so that it can be shown and undone."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from schools.imports.writing import insert_rows
from schools.models import ImportChange, ImportRun

Change = tuple[Any, Mapping[str, Any] | None, Mapping[str, Any]]
"""The key of a row, what it held (None where it was added), and what it holds."""


def record_changes(
    run: ImportRun, model: type[models.Model], changes: Iterable[Change]
) -> None:
    """Write down what `run` did to rows of `model`.

    Record what others hang on first: undoing goes backwards.
    """
    noun = label(model)
    insert_rows(
        ImportChange,
        ("run", "noun", "key", "before", "after"),
        ((run.pk, noun, str(key), before, after) for key, before, after in changes),
    )


def label(model: type[models.Model]) -> str:
    """Return how the record names a model, as events do."""
    return model._meta.label_lower  # noqa: SLF001 -- Django's public-by-use API


def as_json(values: Mapping[str, Any]) -> Any:
    """Return `values` as JSON gives them back: dates as text."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


class Watch:
    """Remembers some columns of rows, and records which an import added or changed.

    For rows that are written in places that know of no import. `rows` narrows them
    down; columns are by their attribute, such as `school_id`.
    """

    def __init__(
        self, rows: models.QuerySet[Any], names: Sequence[str], *, new: bool = True
    ) -> None:
        self.rows = rows
        self.names = names
        self.takes_new = new
        self.before = dict(self._now())

    def _now(self) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        for row in self.rows.order_by("pk").values_list("pk", *self.names).iterator():
            yield row[0], row[1:]

    def record(self, run: ImportRun) -> None:
        """Record in `run` what differs from what was held at first."""
        record_changes(run, self.rows.model, self.changes())

    def changes(self) -> Iterable[Change]:
        """Yield what differs from what was held at first."""
        for key, now in self._now():
            was = self.before.get(key)
            if was is None and self.takes_new:
                yield key, None, dict(zip(self.names, now, strict=True))
            elif was is not None and was != now:
                yield key, *differing(self.names, was, now)


def differing(
    names: Collection[str], was: Sequence[Any], now: Sequence[Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns `names` that differ: as they were, and as they are."""
    found = [
        (name, one, other)
        for name, one, other in zip(names, was, now, strict=True)
        if one != other
    ]
    return (
        {name: one for name, one, _ in found},
        {name: other for name, _, other in found},
    )
